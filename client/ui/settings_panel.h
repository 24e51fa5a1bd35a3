#pragma once

#include <wx/scrolwin.h>

#include <functional>
#include <string>

#include "client/config/config.h"
#include "client/flows/settings.h"

class wxFlexGridSizer;
class wxSizer;

namespace hoso::ui {

/// What may be chosen at this desk, as the schema has it; each choice is told at once, one that is
/// no good is named beside it and not taken. What the PC's keeper set is shown and can't be
/// changed. Below, the backups this desk has.
class SettingsPanel : public wxScrolledWindow {
 public:
  using Changed = std::function<void(const flows::Settings&)>;
  SettingsPanel(wxWindow* parent, const flows::DeskFolder& folder, const flows::Tools& tools,
                flows::Settings settings, Changed changed, std::function<void()> closed);

 private:
  void AddRow(wxFlexGridSizer* grid, const config::Entry& entry, const config::Config& in_force);
  wxWindow* MakeControl(const config::Entry& entry, const std::string& value,
                        std::function<void(std::string)> chosen);
  void AddPassword(wxSizer* column, const flows::DeskFolder& folder);
  void AddBackups(wxSizer* column, const flows::DeskFolder& folder);

  flows::Settings settings_;
  std::string language_;
  Changed changed_;
};

}  // namespace hoso::ui
