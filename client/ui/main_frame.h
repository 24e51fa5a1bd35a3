#pragma once

#include <wx/frame.h>

#include <memory>
#include <string>

#include "client/flows/open_desk.h"
#include "client/flows/settings.h"
#include "client/flows/support_info.h"
#include "client/flows/sync_flow.h"
#include "client/ui/deliver.h"
#include "client/ui/host.h"
#include "client/ui/idle_lock.h"
#include "common/base/worker.h"

class wxSimplebook;

namespace hoso::ui {

class NoticeBar;
class StatusLine;
class UnlockPanel;
class WorkPanel;

/// The program's one window: locked, it asks for the PIN; open, it holds the work. Owns the open
/// desk, the worker that unlocks and reconciles, the menus, the notice bar and the status bar.
class MainFrame : public wxFrame, public Alive, public Host {
 public:
  MainFrame(flows::DeskFolder folder, flows::Tools tools);
  ~MainFrame() override;

  void Acted(const base::Status& status) override;
  void Kept(const base::Status& status) override;
  void Tell(const flows::Message& message, const Offer& offer) override;
  void ShowDossier(const std::string& id) override;
  void Receive(const std::string& draft_key) override;
  void Synchronise() override;
  void Open(const char* place) override;

 private:
  void MakeCommands();
  void Opened(std::unique_ptr<flows::OpenDesk> open);
  void KeepName();
  void Refused(const base::Error& error, const Offer& offer);  ///< Also for supporters.
  void Lock();
  void ShowAside(wxWindow* page);  ///< In place of what is shown, until CloseAside.
  void CloseAside();
  void ShowSettings();
  void ShowAbout();
  void Apply(const flows::Settings& settings);
  void CloseIntake(const std::string& id);
  void Synced(const base::Result<engine::SyncReport>& result);
  void ShowShortcuts();

  flows::DeskFolder folder_;
  flows::Tools tools_;
  flows::Settings settings_;
  flows::RecentErrors errors_;
  NoticeBar* notice_ = nullptr;
  StatusLine* status_ = nullptr;
  wxSimplebook* pages_ = nullptr;
  UnlockPanel* unlock_ = nullptr;
  WorkPanel* work_ = nullptr;
  wxWindow* intake_ = nullptr;
  wxWindow* aside_ = nullptr;
  std::unique_ptr<flows::OpenDesk> open_;
  IdleLock idle_;
  bool syncing_ = false;
  base::Worker worker_;  // Last: its job may still use what is above.
};

}  // namespace hoso::ui
