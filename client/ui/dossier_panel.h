#pragma once

#include <wx/scrolwin.h>

#include <string>
#include <vector>

#include "client/ui/section.h"

class wxStaticText;

namespace hoso::ui {

/// The right side of the main window: one dossier from top to bottom. Every act is durable before
/// the panel shows it; showing again after an act moves neither the focus nor the scroll position.
class DossierPanel : public wxScrolledWindow {
 public:
  DossierPanel(wxWindow* parent, flows::OpenDesk& open, Host& host);

  void ShowDossier(const std::string& id);  // "" for none.
  void Reload();
  const std::string& shown() const { return work_.id; }

 private:
  void Display(const flows::DossierView& view, std::size_t from, std::size_t to);
  void Say(const wxString& text);  // In the place of a dossier; "" shows the dossier.

  DossierWork work_;
  wxStaticText* message_ = nullptr;
  std::vector<Section*> sections_;
  int reading_ = 0;  // Counts, so that what follows a reading is not shown over a newer one.
};

}  // namespace hoso::ui
