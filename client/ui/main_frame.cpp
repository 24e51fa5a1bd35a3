#include "client/ui/main_frame.h"

#include <wx/simplebook.h>
#include <wx/sizer.h>

#include <utility>

#include "client/flows/backup_flow.h"
#include "client/flows/draft_flow.h"
#include "client/flows/list_flow.h"
#include "client/flows/tell.h"
#include "client/flows/undo_flow.h"
#include "client/ui/about_panel.h"
#include "client/ui/first_run_panel.h"
#include "client/ui/intake_panel.h"
#include "client/ui/language.h"
#include "client/ui/menus.h"
#include "client/ui/notice_bar.h"
#include "client/ui/receipt_panel.h"
#include "client/ui/settings_panel.h"
#include "client/ui/status_line.h"
#include "client/ui/text_size.h"
#include "client/ui/unlock_panel.h"
#include "client/ui/words.h"
#include "client/ui/work_panel.h"

namespace hoso::ui {
namespace {

using config::Key;

constexpr int kWidth = 1280, kHeight = 720;

}  // namespace

MainFrame::MainFrame(flows::DeskFolder folder, flows::Tools tools)
    : wxFrame(nullptr, wxID_ANY, T("HoSoXa")),
      folder_(std::move(folder)),
      tools_(std::move(tools)),
      settings_(flows::LoadSettings(folder_)),
      in_force_(flows::InForce(settings_, tools_)),
      idle_(*this, tools_.clock, [this] { Lock(); }) {
  // Nothing here waits for idle time or asks what it should look like: the toolkit would ask every
  // window after every event, a fifth of what a keystroke costs.
  wxIdleEvent::SetMode(wxIDLE_PROCESS_SPECIFIED);
  wxUpdateUIEvent::SetMode(wxUPDATE_UI_PROCESS_SPECIFIED);
  const std::string& language = in_force_.Text(Key::kUiLanguage);
  SpeakInToolkit(language);
  SpeakInProgram(language, tools_.locale_folder);
  ScaleText(*this, in_force_.Number(Key::kUiTextPercent));
  MeasureWhatIsMade(*this);
  SetSize(FromDIP(wxSize(kWidth, kHeight)));
  notice_ = new NoticeBar(this);
  pages_ = new wxSimplebook(this);
  unlock_ = new UnlockPanel(
      pages_, {folder_, tools_, settings_, worker_, [this](auto open) { Opened(std::move(open)); },
               [this] { FirstRun(); }});
  pages_->AddPage(unlock_, "");
  auto* all = new wxBoxSizer(wxVERTICAL);
  all->Add(notice_, wxSizerFlags().Expand());
  all->Add(pages_, wxSizerFlags(1).Expand());
  SetSizer(all);
  status_ = new StatusLine(this, [this](const char* place) { Open(place); });
  SetStatusBar(status_);
  status_->ShowLocked(settings_.last_sync);
  MakeCommands();
  sync_.Watch(*this, [this] { ShowSync(); });
  if (!folder_.IsEnrolled()) FirstRun();
  Maximize();
}

MainFrame::~MainFrame() {
  sync_.Cancel();  // The worker is waited for.
}

void MainFrame::MakeCommands() {
  const auto work = [this](void (WorkPanel::*act)()) {
    return [this, act] {
      if (work_ != nullptr) (work_->*act)();
    };
  };
  commands_ = {{"Hồ sơ", "Tiếp nhận hồ sơ mới", "Ctrl+N", [this] { Receive(""); }},
               {"Hồ sơ", "Nhập tiếp hồ sơ đang dở", "Ctrl+D", [this] { Open("Đang nhập dở"); }},
               {"Hồ sơ", "In giấy tiếp nhận", "Ctrl+P", [this] { PrintReceipt(); }},
               {"Hồ sơ", "", "", {}},
               {"Hồ sơ", "Khóa máy", "Ctrl+L", [this] { Lock(); }},
               {"Hồ sơ", "Thoát", "Ctrl+Q", [this] { Close(); }},
               {"Sửa", "Hoàn tác việc vừa làm", "", [this] { OfferUndo(); }},
               {"Xem", "Lọc nhanh", "Ctrl+F", work(&WorkPanel::FocusFilter)},
               {"Xem", "Sang khung khác", "F6", work(&WorkPanel::NextPane)},
               {"Xem", "Đọc lại", "F5", work(&WorkPanel::Reload)},
               {"Công cụ", "Đối chiếu với tỉnh", "F9", [this] { Synchronise(); }},
               {"Công cụ", "Cài đặt", "Ctrl+,", [this] { ShowSettings(); }},
               {"Trợ giúp", "Phím tắt", "Ctrl+/", [this] { ShowShortcuts(); }},
               {"Trợ giúp", "Thông tin chương trình", "", [this] { ShowAbout(); }}};
  MakeMenus(*this, commands_);
}

void MainFrame::Opened(std::unique_ptr<flows::OpenDesk> open) {
  open_ = std::move(open);
  work_ = new WorkPanel(pages_, *open_, *this);
  pages_->AddPage(work_, "", true);
  status_->ShowConnection(T("Ngoại tuyến"));
  ShowStatus();
  idle_.Start(in_force_.Number(Key::kSecurityLockMinutes));
  // In a turn of its own: the focus opens the first dossier.
  CallAfter([this] {
    if (work_ != nullptr && pages_->GetCurrentPage() == work_) work_->FocusRows();
  });
  // The day's copy may take a while on a large desk; it needs a connection of its own.
  if (auto again = open_->Again())
    worker_.Post([again = std::shared_ptr<flows::OpenDesk>(std::move(*again))] {
      (void)flows::BackUpDaily(*again).has_value();
    });
}

void MainFrame::FirstRun() {
  if (open_ != nullptr || first_run_ != nullptr) return;
  // Whoever asks for the end of a page is still on it.
  const auto later = [this](std::function<void()> run) {
    CallAfter([this, run = std::move(run)] {
      EndFirstRun();
      run();
    });
  };
  std::function<void()> back;
  if (folder_.IsEnrolled()) back = [this, later] { later([this] { unlock_->Reset(); }); };
  first_run_ = new FirstRunPanel(
      pages_,
      {folder_, tools_, worker_, sync_,
       [this, later](std::unique_ptr<flows::OpenDesk> open) {
         later([this, desk = std::make_shared<std::unique_ptr<flows::OpenDesk>>(std::move(open))] {
           Opened(std::move(*desk));
           if (sync_.result() != nullptr) ShowSync();
         });
       },
       std::move(back)});
  pages_->AddPage(first_run_, "", true);
}

void MainFrame::EndFirstRun() {
  if (first_run_ == nullptr) return;
  pages_->SetSelection(0);
  pages_->DeletePage(1);
  first_run_ = nullptr;
}

void MainFrame::Open(const char* place) {
  if (work_ != nullptr && pages_->GetCurrentPage() == work_) work_->Open(place);
}

void MainFrame::Receive(const std::string& draft_key) {
  if (work_ == nullptr || pages_->GetCurrentPage() != work_) return;
  auto form = flows::IntakeForm::Open(
      *open_, draft_key.empty() ? flows::DraftFlow(*open_).NewIntakeKey() : draft_key);
  if (!form) {
    Fail(form.error());
    return;
  }
  notice_->Clear();
  intake_ = new IntakePanel(
      pages_, std::move(*form), [this](const std::string& id) { CloseIntake(id); },
      [this](const std::string& id) {
        CloseIntake(id);
        CallAfter([this, id] { OpenReceipt(id); });
      },
      [this](const base::Error& error) { Fail(error); });
  CloseAside();
  pages_->AddPage(intake_, "", true);
}

void MainFrame::CloseIntake(const std::string& id) {
  pages_->SetSelection(1);
  pages_->DeletePage(static_cast<std::size_t>(pages_->FindPage(intake_)));
  intake_ = nullptr;
  if (id.empty()) {
    work_->ReloadLists();
    work_->FocusRows();
    return;
  }
  Acted(base::Status());
  work_->ShowDossier(id);
}

void MainFrame::PrintReceipt() {
  if (work_ == nullptr) return;
  if (receipt_ != nullptr) return receipt_->Print();
  const std::string id = intake_ == nullptr ? work_->Dossier() : intake_->accepted();
  if (id.empty()) return;
  if (intake_ != nullptr) CloseIntake(id);
  CallAfter([this, id] { OpenReceipt(id); });
}

void MainFrame::OpenReceipt(const std::string& dossier) {
  if (open_ == nullptr || receipt_ != nullptr) return;
  const auto made = ReceiptPanel::Make(pages_, *open_, *this, dossier, [this] {
    CloseAside();
    work_->FocusRows();
  });
  if (!made) {
    Fail(made.error());
    return;
  }
  notice_->Clear();
  ShowAside(*made);
  receipt_ = *made;
  receipt_->TakeFocus();
}

void MainFrame::Lock() {
  if (work_ == nullptr) return;
  Leave().reset();  // The keys go with it.
  SetTitle(T("HoSoXa"));
  status_->ShowLocked(settings_.last_sync);
  unlock_->Reset();
}

std::unique_ptr<flows::OpenDesk> MainFrame::Leave() {
  sync_.Cancel();
  notice_->Clear();
  idle_.Stop();
  pages_->SetSelection(0);
  while (pages_->GetPageCount() > 1) pages_->DeletePage(1);
  work_ = nullptr;
  intake_ = nullptr;
  aside_ = nullptr;
  receipt_ = nullptr;
  return std::move(open_);
}

void MainFrame::ShowStatus() {
  const auto status = flows::StatusOf(*open_);
  if (!status) return;
  SetTitle(T("HoSoXa") + wxString::FromUTF8(" – ") + Wx(status->unit_name) +
           wxString::FromUTF8(" – ") + Wx(status->officer_name));
  status_->ShowCounts(*status);
  Remember(*status);
}

void MainFrame::Remember(const flows::DeskStatus& status) {
  std::string& name = settings_.names[status.officer];
  if (name == status.officer_name && settings_.last_sync == status.last_sync) return;
  if (!status.officer_name.empty()) name = status.officer_name;
  settings_.last_sync = status.last_sync;
  (void)KeepSettings().has_value();  // The id is shown until it works.
}

base::Status MainFrame::KeepSettings() {
  settings_.layouts = flows::LoadSettings(folder_).layouts;  // Lists keep theirs themselves.
  return flows::SaveSettings(folder_, settings_);
}

void MainFrame::ShowAside(wxWindow* page) {
  CloseAside();
  aside_ = page;
  pages_->AddPage(aside_, "", true);
}

void MainFrame::CloseAside() {
  if (aside_ == nullptr) return;
  // What it stood before: an intake, the work, or the lock.
  wxWindow* below = intake_;
  if (below == nullptr) below = work_;
  if (below == nullptr) below = unlock_;
  pages_->SetSelection(static_cast<std::size_t>(pages_->FindPage(below)));
  pages_->DeletePage(static_cast<std::size_t>(pages_->FindPage(aside_)));
  aside_ = nullptr;
  receipt_ = nullptr;
}

void MainFrame::ShowSettings() {
  if (open_ == nullptr) return;
  ShowAside(new SettingsPanel(
      pages_, folder_, tools_, settings_,
      [this](const flows::Settings& settings) { Apply(settings); },
      [this] { CallAfter([this] { CloseAside(); }); }));
}

void MainFrame::ShowAbout() {
  if (open_ == nullptr) return;
  ShowAside(new AboutPanel(pages_, {folder_, tools_, open_.get(), errors_}, *this,
                           [this] { CallAfter([this] { CloseAside(); }); }));
}

void MainFrame::Apply(const flows::Settings& settings) {
  settings_ = settings;
  Kept(KeepSettings());
  const config::Config before = std::exchange(in_force_, flows::InForce(settings_, tools_));
  idle_.Start(in_force_.Number(Key::kSecurityLockMinutes));
  const auto other = [&](Key key) { return before.Text(key) != in_force_.Text(key); };
  const bool looks_other = other(Key::kUiLanguage) || other(Key::kUiTextPercent);
  if (looks_other) CallAfter([this] { StartAnew(); });  // The page that asked is still at work.
}

void MainFrame::StartAnew() {
  if (open_ == nullptr) return;
  // Every text was made in the old language and measured in the old size: another window takes
  // this one's place, with the desk still open.
  auto desk = Leave();
  auto* again = new MainFrame(folder_, tools_);
  again->Show();
  again->Opened(std::move(desk));
  again->ShowSettings();
  Close(true);
}

void MainFrame::Synchronise() {
  if (open_ == nullptr) return;
  notice_->Clear();
  if (const auto begun = sync_.Start(*open_); !begun) Fail(begun.error());
}

void MainFrame::ShowSync() {
  if (open_ == nullptr || (sync_.Running() && syncing_)) return;
  syncing_ = sync_.Running();
  if (syncing_) {
    status_->ShowConnection(T("Đang đối chiếu…"));
    return;
  }
  const SyncJob::Result& result = *sync_.result();
  status_->ShowConnection(result ? T("Đã nối với tỉnh") : T("Ngoại tuyến"));
  ShowStatus();
  work_->Reload();
  if (result || result.error().reason == "sync.stopped") return;
  // The page of the exchange says it itself, calmly.
  if (intake_ == nullptr && aside_ == nullptr && work_->Shows("Đối chiếu với tỉnh"))
    errors_.Add(result.error(), tools_.clock.NowMs());
  else
    Fail(result.error(), {T("Thử lại"), [this] { Synchronise(); }});
}

void MainFrame::Acted(const base::Status& status) {
  Kept(status);
  if (!status) return;
  notice_->Clear();
  work_->ReloadLists();
  ShowStatus();
}

void MainFrame::OfferUndo() {
  if (open_ == nullptr) return;
  const auto last = flows::UndoFlow(*open_).Last();
  if (!last) {
    Fail(last.error());
  } else if (!*last) {
    Tell({"Chưa có việc nào của bạn để hoàn tác.", "", ""}, {});
  } else if ((*last)->way.empty()) {
    Tell({(*last)->words, flows::ReasonText((*last)->why_not), ""}, {});
  } else {
    Tell({(*last)->words, "", "Hoàn tác sẽ ghi: " + (*last)->way + "."},
         {T("Hoàn tác"), [this, change = (*last)->change] {
            const base::Status undone = flows::UndoFlow(*open_).Undo(change);
            Acted(undone);
            if (undone) work_->Reload();
          }});
  }
}

void MainFrame::Kept(const base::Status& status) {
  if (status)
    status_->ShowSaved(tools_.clock.NowMs());
  else
    Fail(status.error());
}

void MainFrame::Fail(const base::Error& error, const Offer& offer) {
  errors_.Add(error, tools_.clock.NowMs());
  flows::TellFailure(tools_, folder_, error);
  Tell(flows::Explain(error), offer);
}

void MainFrame::Tell(const flows::Message& message, const Offer& offer) {
  notice_->Tell(message, offer);
}

void MainFrame::ShowDossier(const std::string& id) {
  if (work_ != nullptr) work_->ShowDossier(id);
}

void MainFrame::ShowShortcuts() {
  wxString keys;
  for (const Command& command : commands_)
    if (*command.keys != '\0')
      keys += (keys.empty() ? "" : wxString::FromUTF8(" · ")) + wxString::FromUTF8(command.keys) +
              ": " + T(command.title);
  Tell({"Phím tắt", "", Utf8(keys)}, {});
}

}  // namespace hoso::ui
