#pragma once

#include <wx/panel.h>

namespace hoso::ui {

/// A page of the work area, opened by a line of "my work". Made with the open desk, gone with it.
class Place : public wxPanel {
 public:
  using wxPanel::wxPanel;

  /// Reads again: an act here or an exchange may have changed what it shows. Keeps focus, choice
  /// and typed text.
  virtual void Reload() = 0;
  virtual void TakeFocus() = 0;
};

}  // namespace hoso::ui
