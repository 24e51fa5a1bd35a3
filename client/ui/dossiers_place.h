#pragma once

#include <string>

#include "client/flows/open_desk.h"
#include "client/ui/host.h"
#include "client/ui/place.h"

namespace hoso::ui {

class DossierList;
class DossierPanel;

/// List and detail: the rows of a view, and the chosen dossier beside them.
class DossiersPlace : public Place {
 public:
  DossiersPlace(wxWindow* parent, flows::OpenDesk& open, Host& host);

  void ShowView(store::View view);
  void ShowDossier(const std::string& id);
  const std::string& shown() const;  ///< The dossier beside the list; "" if none is.
  void ReloadList();
  void Reload() override;
  void TakeFocus() override;
  void FocusFilter();
  /// From the list to the dossier; false when the focus was in the dossier already.
  bool FocusNextPane();

 private:
  DossierList* list_ = nullptr;
  DossierPanel* dossier_ = nullptr;
};

}  // namespace hoso::ui
