#pragma once

#include <wx/panel.h>

#include <functional>
#include <vector>

#include "client/flows/open_desk.h"

class wxListBox;

namespace hoso::ui {

class DossierList;
class DossierPanel;

/// Three panes: "my work" with counts, the list, the dossier.
class WorkPanel : public wxPanel {
 public:
  using Acted = std::function<void(const base::Status&)>;
  WorkPanel(wxWindow* parent, flows::OpenDesk& open, Acted acted);

  void Reload();      ///< All three panes: others' changes have come.
  void ReloadList();  ///< The dossier itself is up to date already.
  void ShowDossier(
      const std::string& id);          ///< One dossier, for instance a new one; "" changes nothing.
  const std::string& Dossier() const;  ///< The one in sight; "" if none is.
  void FocusFilter();
  void FocusRows();
  void NextPane();

 private:
  void ShowCounts();

  flows::OpenDesk& open_;
  std::vector<store::View> views_;
  wxListBox* nav_ = nullptr;
  DossierList* list_ = nullptr;
  DossierPanel* dossier_ = nullptr;
};

}  // namespace hoso::ui
