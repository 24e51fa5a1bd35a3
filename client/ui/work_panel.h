#pragma once

#include <wx/panel.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"
#include "client/ui/deliver.h"
#include "client/ui/host.h"
#include "common/base/worker.h"

class wxListBox;
class wxSimplebook;

namespace hoso::ui {

class DossiersPlace;
class Place;

/// What an officer works in: "my work" with counts on the left, the place it opens on the right.
/// The lists of dossiers share one place; the others are made when they are first opened.
class WorkPanel : public wxPanel, public Alive {
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
  void ShowCounts();  // Later: counting a large desk takes longer than a window may be silent.
  void ShowTitles(const std::vector<std::int64_t>& counts);
  Place& Current();

  flows::OpenDesk& open_;
  Host& host_;
  wxListBox* nav_ = nullptr;
  wxSimplebook* pages_ = nullptr;
  DossiersPlace* dossiers_ = nullptr;
  std::size_t list_line_ = 0;                  // Whose view the lists show.
  std::vector<Place*> places_;                 // A line's; null until it is opened.
  std::shared_ptr<flows::OpenDesk> counting_;  // The worker's own connection.
  bool counts_run_ = false, counts_due_ = false;
  base::Worker worker_;  // Last: its job may still use what is above.
};

}  // namespace hoso::ui
