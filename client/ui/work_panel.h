#pragma once

#include <wx/panel.h>

#include <string>
#include <vector>

#include "client/flows/open_desk.h"
#include "client/ui/host.h"

class wxListBox;
class wxSimplebook;

namespace hoso::ui {

class DossiersPlace;
class Place;

/// What an officer works in: "my work" with counts on the left, the place it opens on the right.
/// The lists of dossiers share one place; the others are made when they are first opened.
class WorkPanel : public wxPanel {
 public:
  WorkPanel(wxWindow* parent, flows::OpenDesk& open, Host& host);

  void Reload();       ///< Others' changes have come.
  void ReloadLists();  ///< After an act: counts and lists, not the dossier, which knows already.
  void Open(const char* title);  ///< The line of that title.
  bool Shows(const char* title) const;
  void ShowDossier(const std::string& id);
  const std::string& Dossier() const;  ///< The one in sight; "" if none is.
  void FocusFilter();
  void FocusRows();
  void NextPane();

 private:
  void OpenLine(std::size_t line);
  void ShowCounts();
  Place& Current();

  flows::OpenDesk& open_;
  Host& host_;
  wxListBox* nav_ = nullptr;
  wxSimplebook* pages_ = nullptr;
  DossiersPlace* dossiers_ = nullptr;
  std::size_t list_line_ = 0;   // Whose view the lists show.
  std::vector<Place*> places_;  // A line's; null until it is opened.
};

}  // namespace hoso::ui
