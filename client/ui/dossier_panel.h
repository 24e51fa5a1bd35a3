#pragma once

#include <wx/scrolwin.h>
#include <wx/timer.h>

#include <string>
#include <vector>

#include "client/ui/section.h"

class wxStaticText;

namespace hoso::ui {

/// The right side of the main window: one dossier from top to bottom. Every act is durable before
/// the panel shows it; showing again after an act moves neither the focus nor the scroll position.
/// A dossier that is new here is shown in as many turns of the main loop as it takes, its beginning
/// first.
class DossierPanel : public wxScrolledWindow {
 public:
  DossierPanel(wxWindow* parent, flows::OpenDesk& open, Host& host);

  void ShowDossier(const std::string& id);  // "" for none.
  void Reload();
  const std::string& shown() const { return work_.id; }

 private:
  /// Shows sections until the turn that began then has become long; `at_least` the first ones.
  void DisplayMore(std::size_t at_least, std::int64_t began_ms);
  std::int64_t Now() const;        // Monotonic milliseconds.
  void Say(const wxString& text);  // In the place of a dossier.

  DossierWork work_;
  wxStaticText* message_ = nullptr;
  std::vector<Section*> sections_;  // Those that were ever shown; each is made when it first is.
  flows::DossierView view_;
  std::size_t next_ = 0;   // The section that is to show `view_` next.
  std::string displayed_;  // The dossier that stands there whole.
  wxTimer rest_;
};

}  // namespace hoso::ui
