#pragma once

#include <wx/frame.h>
#include <wx/timer.h>

#include <memory>

#include "client/flows/open_desk.h"
#include "client/flows/settings.h"
#include "client/flows/support_info.h"
#include "client/flows/sync_flow.h"
#include "client/ui/deliver.h"
#include "client/ui/idle_lock.h"
#include "common/base/worker.h"

class wxSimplebook;

namespace hoso::ui {

class UnlockPanel;
class WorkPanel;

/// The program's one window: locked, it asks for the PIN; open, it holds the work. Owns the open
/// desk, the worker that unlocks and reconciles, the menus and the status bar in five parts.
class MainFrame : public wxFrame, public Alive {
 public:
  MainFrame(flows::DeskFolder folder, flows::Tools tools);
  ~MainFrame() override;

 private:
  void MakeMenus();
  void Opened(std::unique_ptr<flows::OpenDesk> open);
  void Lock();
  void ShowAside(wxWindow* page);  ///< In place of what is shown, until CloseAside.
  void CloseAside();
  void ShowSettings();
  void ApplySettings(const flows::Settings& settings);
  void KeepName();
  void Intake(bool resume);  // A new one, or the newest that was put aside.
  void CloseIntake(const std::string& id);
  void Sync();
  void Synced(const base::Result<engine::SyncReport>& result);
  void Acted(const base::Status& status);
  void ShowStatus();
  void ShowShortcuts();
  void Tell(const wxString& text);

  flows::DeskFolder folder_;
  flows::Tools tools_;
  flows::Settings settings_;
  wxSimplebook* pages_ = nullptr;
  UnlockPanel* unlock_ = nullptr;
  WorkPanel* work_ = nullptr;
  wxWindow* intake_ = nullptr;
  wxWindow* aside_ = nullptr;
  std::unique_ptr<flows::OpenDesk> open_;
  wxString connection_, saved_;
  IdleLock idle_;
  bool syncing_ = false;
  base::Worker worker_;  // Last: its job may still use what is above.
};

}  // namespace hoso::ui
