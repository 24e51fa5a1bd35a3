#pragma once

#include <wx/frame.h>

#include <memory>
#include <string>
#include <vector>

#include "client/flows/list_flow.h"
#include "client/flows/settings.h"
#include "client/flows/support_info.h"
#include "client/flows/sync_flow.h"
#include "client/ui/deliver.h"
#include "client/ui/host.h"
#include "client/ui/idle_lock.h"
#include "client/ui/menus.h"
#include "client/ui/sync_job.h"
#include "common/base/worker.h"

class wxSimplebook;

namespace hoso::ui {

class IntakePanel;
class NoticeBar;
class ReceiptPanel;
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
  void OfferUndo() override;
  void Kept(const base::Status& status) override;
  void Tell(const flows::Message& message, const Offer& offer) override;
  void ShowDossier(const std::string& id) override;
  void Receive(const std::string& draft_key) override;
  void Synchronise() override;
  SyncJob& Exchange() override { return sync_; }
  void Open(const char* place) override;

 private:
  void MakeCommands();
  void Opened(std::unique_ptr<flows::OpenDesk> open);
  void Lock();
  std::unique_ptr<flows::OpenDesk> Leave();  // Without its pages; what was typed is durable.
  void StartAnew();
  void ShowAside(wxWindow* page);  // In place of what is shown, until CloseAside.
  void CloseAside();
  void ShowSettings();
  void ShowAbout();
  void Apply(const flows::Settings& settings);
  void ShowStatus();
  void Remember(const flows::DeskStatus& status);  // For the page of who has not unlocked yet.
  base::Status KeepSettings();
  void CloseIntake(const std::string& id);
  void PrintReceipt();  // Of the dossier in sight; on the receipt's own page, to the printer.
  void OpenReceipt(const std::string& dossier);
  void FirstRun();  // Where there is no desk yet, or another officer comes to it.
  void EndFirstRun();
  void ShowSync();
  void ShowShortcuts();
  void Fail(const base::Error& error, const Offer& offer = {});

  flows::DeskFolder folder_;
  flows::Tools tools_;
  std::vector<Command> commands_;
  NoticeBar* notice_ = nullptr;
  StatusLine* status_ = nullptr;
  flows::Settings settings_;
  config::Config in_force_;
  flows::RecentErrors errors_;
  wxSimplebook* pages_ = nullptr;
  UnlockPanel* unlock_ = nullptr;
  WorkPanel* work_ = nullptr;
  wxWindow* aside_ = nullptr;  // Settings, about, a receipt.
  IntakePanel* intake_ = nullptr;
  ReceiptPanel* receipt_ = nullptr;  // If that is what stands aside.
  wxWindow* first_run_ = nullptr;
  std::unique_ptr<flows::OpenDesk> open_;
  IdleLock idle_;
  SyncJob sync_{worker_};
  bool syncing_ = false;  // As it was last shown.
  base::Worker worker_;   // Last: its job may still use what is above.
};

}  // namespace hoso::ui
