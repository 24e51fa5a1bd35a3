#pragma once

#include <wx/panel.h>

#include <functional>

#include "client/flows/settings.h"

class wxChoice;
class wxSizer;
class wxSpinCtrl;

namespace hoso::ui {

/// Text size, language and time until the desk locks itself; each choice is told at once. Below,
/// the backups this desk has.
class SettingsPanel : public wxPanel {
 public:
  using Changed = std::function<void(const flows::Settings&)>;
  SettingsPanel(wxWindow* parent, const flows::DeskFolder& folder, flows::Settings settings,
                Changed changed, std::function<void()> closed);

 private:
  void AddBackups(wxSizer* column, const flows::DeskFolder& folder);
  void Read();

  flows::Settings settings_;
  Changed changed_;
  wxChoice* size_ = nullptr;
  wxChoice* language_ = nullptr;
  wxSpinCtrl* minutes_ = nullptr;
};

}  // namespace hoso::ui
