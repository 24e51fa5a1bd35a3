#include "client/ui/main_frame.h"

#include <wx/menu.h>
#include <wx/msgdlg.h>
#include <wx/simplebook.h>
#include <wx/sizer.h>

#include "client/flows/backup_flow.h"
#include "client/flows/draft_flow.h"
#include "client/flows/explain.h"
#include "client/flows/list_flow.h"
#include "client/ui/intake_panel.h"
#include "client/ui/receipt_panel.h"
#include "client/ui/unlock_panel.h"
#include "client/ui/words.h"
#include "client/ui/work_panel.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

enum Field { kConnection, kLastSync, kWaiting, kAttention, kSaved, kFields };
constexpr int kWidth = 1280, kHeight = 720;

wxString Sentence(const flows::Message& message) {
  return T(message.what.c_str()) + "\n" + T("Vì: ") + T(message.why.c_str()) + ".\n" +
         T(message.todo.c_str());
}

wxString Sentence(const base::Error& error) {
  return Sentence(flows::Explain(error));
}

wxString ClockText(const std::string& iso) {
  constexpr std::size_t kDay = 10;
  if (iso.size() <= kDay) return T("chưa lần nào");
  return Wx(iso.substr(kDay + 1) + " " + text::DateToScreen(iso.substr(0, kDay)));
}

/// "10:41:07" in Việt Nam, whatever the machine's own zone is.
wxString ClockWithSeconds(std::int64_t utc_ms) {
  constexpr std::int64_t kMinuteS = 60;
  const int minute = domain::LocalFromUtcMs(utc_ms).minute;
  return wxString::Format("%02d:%02d:%02d", minute / 60, minute % 60,
                          static_cast<int>(utc_ms / 1000 % kMinuteS));
}

}  // namespace

MainFrame::MainFrame(flows::DeskFolder folder, flows::Tools tools)
    : wxFrame(nullptr, wxID_ANY, T("HoSoXa")),
      folder_(std::move(folder)),
      tools_(std::move(tools)) {
  SetSize(FromDIP(wxSize(kWidth, kHeight)));
  pages_ = new wxSimplebook(this);
  unlock_ = new UnlockPanel(pages_, folder_, tools_, worker_,
                            [this](auto open) { Opened(std::move(open)); });
  pages_->AddPage(unlock_, T("Mở khóa"));
  auto* all = new wxBoxSizer(wxVERTICAL);
  all->Add(pages_, wxSizerFlags(1).Expand());
  SetSizer(all);
  CreateStatusBar(kFields);
  // GTK's list takes Ctrl+N for itself before the menu sees it.
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetModifiers() == wxMOD_CONTROL && event.GetKeyCode() == 'N')
      Intake(false);
    else
      event.Skip();
  });
  MakeMenus();
  ShowStatus();
}

MainFrame::~MainFrame() = default;

void MainFrame::MakeMenus() {
  const auto add = [this](wxMenu* menu, const char* title, std::function<void()> run) {
    const auto* item = menu->Append(wxID_ANY, T(title));
    Bind(
        wxEVT_MENU, [run = std::move(run)](wxCommandEvent&) { run(); }, item->GetId());
  };
  const auto work = [this](void (WorkPanel::*act)()) {
    return [this, act] {
      if (work_ != nullptr) (work_->*act)();
    };
  };
  auto* file = new wxMenu;
  add(file, "Tiếp nhận hồ sơ mới\tCtrl+N", [this] { Intake(false); });
  add(file, "Nhập tiếp hồ sơ đang dở\tCtrl+D", [this] { Intake(true); });
  add(file, "In giấy tiếp nhận\tCtrl+P", [this] { PrintReceipt(); });
  file->AppendSeparator();
  add(file, "Khóa máy\tCtrl+L", [this] { Lock(); });
  add(file, "Thoát\tCtrl+Q", [this] { Close(); });
  auto* look = new wxMenu;
  add(look, "Lọc nhanh\tCtrl+F", work(&WorkPanel::FocusFilter));
  add(look, "Sang khung khác\tF6", work(&WorkPanel::NextPane));
  add(look, "Đọc lại\tF5", work(&WorkPanel::Reload));
  auto* tools = new wxMenu;
  add(tools, "Đối chiếu với tỉnh\tF9", [this] { Sync(); });
  auto* help = new wxMenu;
  add(help, "Phím tắt\tCtrl+/", [this] { ShowShortcuts(); });
  auto* bar = new wxMenuBar;
  bar->Append(file, T("&Hồ sơ"));
  bar->Append(look, T("&Xem"));
  bar->Append(tools, T("&Công cụ"));
  bar->Append(help, T("&Trợ giúp"));
  SetMenuBar(bar);
}

void MainFrame::Opened(std::unique_ptr<flows::OpenDesk> open) {
  open_ = std::move(open);
  work_ = new WorkPanel(pages_, *open_, [this](const base::Status& status) { Acted(status); });
  pages_->AddPage(work_, T("Việc của tôi"), true);
  if (const auto status = flows::StatusOf(*open_))
    SetTitle(T("HoSoXa") + wxString::FromUTF8(" – ") + Wx(status->unit_name) +
             wxString::FromUTF8(" – ") + Wx(status->officer_name));
  connection_ = T("Ngoại tuyến");
  ShowStatus();
  work_->FocusRows();
  // The day's copy may take a while on a large desk; it needs a connection of its own.
  if (auto again = open_->Again())
    worker_.Post([again = std::shared_ptr<flows::OpenDesk>(std::move(*again))] {
      (void)flows::BackUpDaily(*again).has_value();
    });
}

void MainFrame::Intake(bool resume) {
  if (open_ == nullptr || intake_ != nullptr || receipt_ != nullptr) return;
  flows::DraftFlow drafts(*open_);
  std::string key = drafts.NewIntakeKey();
  if (resume) {
    key.clear();
    if (const auto all = drafts.All())
      for (const flows::Draft& draft : *all)
        if (key.empty() && draft.IsIntake()) key = draft.key;
    if (key.empty()) {
      Tell(T("Không có hồ sơ nào đang nhập dở."));
      return;
    }
  }
  auto form = flows::IntakeForm::Open(*open_, key);
  if (!form) {
    Tell(Sentence(form.error()));
    return;
  }
  intake_ = new IntakePanel(
      pages_, std::move(*form), [this](const std::string& id) { CloseIntake(id); },
      [this](const std::string& id) {
        CloseIntake(id);
        OpenReceipt(id);
      },
      [this](const base::Error& error) { Tell(Sentence(error)); });
  pages_->AddPage(intake_, T("Tiếp nhận"), true);
}

void MainFrame::CloseIntake(const std::string& id) {
  pages_->SetSelection(1);
  pages_->DeletePage(2);
  intake_ = nullptr;
  if (!id.empty()) Acted(base::Status());
  work_->ShowDossier(id);
}

void MainFrame::PrintReceipt() {
  if (work_ == nullptr) return;
  if (receipt_ != nullptr) return receipt_->Print();
  const std::string id = intake_ == nullptr ? work_->Dossier() : intake_->accepted();
  if (id.empty()) return;
  if (intake_ != nullptr) CloseIntake(id);
  OpenReceipt(id);
}

void MainFrame::OpenReceipt(const std::string& dossier) {
  const auto made = ReceiptPanel::Make(pages_, *open_, *this, dossier, [this] { CloseReceipt(); });
  if (!made) return Tell(flows::Explain(made.error()));
  receipt_ = *made;
  pages_->AddPage(receipt_, T("Giấy tiếp nhận"), true);
  receipt_->TakeFocus();
}

void MainFrame::CloseReceipt() {
  pages_->SetSelection(1);
  pages_->DeletePage(2);
  receipt_ = nullptr;
  work_->FocusRows();
}

void MainFrame::ShowDossier(const std::string& id) {
  if (work_ != nullptr) work_->ShowDossier(id);
}

void MainFrame::Tell(const flows::Message& message) {
  Tell(Sentence(message));
}

void MainFrame::Lock() {
  if (work_ == nullptr) return;
  pages_->SetSelection(0);
  while (pages_->GetPageCount() > 1) pages_->DeletePage(1);
  work_ = nullptr;
  intake_ = nullptr;
  receipt_ = nullptr;
  open_.reset();  // The keys go with it.
  SetTitle(T("HoSoXa"));
  ShowStatus();
  unlock_->Reset();
}

void MainFrame::Sync() {
  if (open_ == nullptr || syncing_) return;
  auto again = open_->Again();
  if (!again) {
    Tell(Sentence(again.error()));
    return;
  }
  syncing_ = true;
  connection_ = T("Đang đối chiếu…");
  ShowStatus();
  using Report = base::Result<engine::SyncReport>;
  const auto done =
      Deliver(*this, [this](const std::shared_ptr<Report>& report) { Synced(*report); });
  worker_.Post([done, desk = std::shared_ptr<flows::OpenDesk>(std::move(*again))] {
    done(std::make_shared<Report>(flows::Synchronise(*desk)));
  });
}

void MainFrame::Synced(const base::Result<engine::SyncReport>& result) {
  syncing_ = false;
  if (open_ == nullptr) return;
  connection_ = result ? T("Đã nối với tỉnh") : T("Ngoại tuyến");
  work_->Reload();
  ShowStatus();
  if (!result) Tell(Sentence(result.error()));
}

void MainFrame::Acted(const base::Status& status) {
  if (status) {
    saved_ = T("Đã lưu") + " " + ClockWithSeconds(tools_.clock.NowMs());
    work_->ReloadList();
  } else {
    Tell(Sentence(status.error()));
  }
  ShowStatus();
}

void MainFrame::ShowStatus() {
  wxStatusBar* bar = GetStatusBar();
  if (open_ == nullptr) {
    bar->SetStatusText(T("Máy đang khóa"), kConnection);
    for (int field = kLastSync; field < kFields; ++field) bar->SetStatusText("", field);
    return;
  }
  bar->SetStatusText(connection_, kConnection);
  bar->SetStatusText(saved_, kSaved);
  const auto status = flows::StatusOf(*open_);
  if (!status) return;
  bar->SetStatusText(T("Đối chiếu lần cuối") + " " + ClockText(status->last_sync), kLastSync);
  bar->SetStatusText(
      wxString::Format("%lld ", static_cast<long long>(status->waiting)) + T("việc chờ gửi"),
      kWaiting);
  bar->SetStatusText(
      wxString::Format("%lld ", static_cast<long long>(status->conflicts)) + T("xung đột") +
          wxString::Format(", %lld ", static_cast<long long>(status->set_aside)) + T("để riêng"),
      kAttention);
}

void MainFrame::ShowShortcuts() {
  Tell(
      T("Ctrl+N tiếp nhận hồ sơ mới · Ctrl+D nhập tiếp hồ sơ dở\nF9 đối chiếu với tỉnh · Ctrl+F "
        "lọc nhanh · F6 sang khung khác · F5 đọc lại\n"
        "Ctrl+P in giấy tiếp nhận · "
        "Ctrl+L khóa máy · Ctrl+/ phím tắt · Ctrl+Q thoát"));
}

void MainFrame::Tell(const wxString& text) {
  auto* dialog = new wxMessageDialog(this, text, T("HoSoXa"), wxOK);
  dialog->SetOKLabel(T("Đã hiểu"));
  dialog->ShowWindowModalThenDo([dialog](int) { dialog->Destroy(); });
}

}  // namespace hoso::ui
