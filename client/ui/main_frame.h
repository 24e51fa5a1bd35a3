#pragma once

#include <wx/frame.h>
#include <wx/timer.h>

#include <memory>

#include "client/flows/open_desk.h"
#include "client/flows/sync_flow.h"
#include "client/ui/deliver.h"
#include "client/ui/host.h"
#include "common/base/worker.h"

class wxSimplebook;

namespace hoso::ui {

class IntakePanel;
class ReceiptPanel;
class UnlockPanel;
class WorkPanel;

/// The program's one window: locked, it asks for the PIN; open, it holds the work. Owns the open
/// desk, the worker that unlocks and reconciles, the menus and the status bar in five parts.
class MainFrame : public wxFrame, public Alive, public Host {
 public:
  MainFrame(flows::DeskFolder folder, flows::Tools tools);
  ~MainFrame() override;

 private:
  void MakeMenus();
  void Opened(std::unique_ptr<flows::OpenDesk> open);
  void Lock();
  void Intake(bool resume);  // A new one, or the newest that was put aside.
  void CloseIntake(const std::string& id);
  void PrintReceipt();  // Of the dossier in sight; in the receipt's own page, to the printer.
  void OpenReceipt(const std::string& dossier);
  void CloseReceipt();
  void Sync();
  void Synced(const base::Result<engine::SyncReport>& result);
  void Acted(const base::Status& status) override;
  void Tell(const flows::Message& message) override;
  void ShowDossier(const std::string& id) override;
  void Synchronise() override { Sync(); }
  void ShowStatus();
  void ShowShortcuts();
  void Tell(const wxString& text);

  flows::DeskFolder folder_;
  flows::Tools tools_;
  wxSimplebook* pages_ = nullptr;
  UnlockPanel* unlock_ = nullptr;
  WorkPanel* work_ = nullptr;
  IntakePanel* intake_ = nullptr;
  ReceiptPanel* receipt_ = nullptr;
  std::unique_ptr<flows::OpenDesk> open_;
  wxString connection_, saved_;
  bool syncing_ = false;
  base::Worker worker_;  // Last: its job may still use what is above.
};

}  // namespace hoso::ui
