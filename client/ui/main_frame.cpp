#include "client/ui/main_frame.h"

#include <wx/simplebook.h>
#include <wx/sizer.h>

#include "client/flows/backup_flow.h"
#include "client/flows/draft_flow.h"
#include "client/flows/list_flow.h"
#include "client/ui/intake_panel.h"
#include "client/ui/menus.h"
#include "client/ui/notice_bar.h"
#include "client/ui/receipt_panel.h"
#include "client/ui/status_line.h"
#include "client/ui/unlock_panel.h"
#include "client/ui/words.h"
#include "client/ui/work_panel.h"

namespace hoso::ui {
namespace {

constexpr int kWidth = 1280, kHeight = 720;

}  // namespace

MainFrame::MainFrame(flows::DeskFolder folder, flows::Tools tools)
    : wxFrame(nullptr, wxID_ANY, T("HoSoXa")),
      folder_(std::move(folder)),
      tools_(std::move(tools)) {
  SetSize(FromDIP(wxSize(kWidth, kHeight)));
  notice_ = new NoticeBar(this);
  pages_ = new wxSimplebook(this);
  unlock_ = new UnlockPanel(pages_, folder_, tools_, worker_,
                            [this](auto open) { Opened(std::move(open)); });
  pages_->AddPage(unlock_, "");
  auto* all = new wxBoxSizer(wxVERTICAL);
  all->Add(notice_, wxSizerFlags().Expand());
  all->Add(pages_, wxSizerFlags(1).Expand());
  SetSizer(all);
  status_ = new StatusLine(this);
  SetStatusBar(status_);
  MakeCommands();
  Maximize();
}

MainFrame::~MainFrame() = default;

void MainFrame::MakeCommands() {
  const auto work = [this](void (WorkPanel::*act)()) {
    return [this, act] {
      if (work_ != nullptr) (work_->*act)();
    };
  };
  MakeMenus(*this,
            {{"Hồ sơ", "Tiếp nhận hồ sơ mới", "Ctrl+N", [this] { Receive(""); }},
             {"Hồ sơ", "Nhập tiếp hồ sơ đang dở", "Ctrl+D", [this] { Open("Đang nhập dở"); }},
             {"Hồ sơ", "In giấy tiếp nhận", "Ctrl+P", [this] { PrintReceipt(); }},
             {"Hồ sơ", "", "", {}},
             {"Hồ sơ", "Khóa máy", "Ctrl+L", [this] { Lock(); }},
             {"Hồ sơ", "Thoát", "Ctrl+Q", [this] { Close(); }},
             {"Xem", "Lọc nhanh", "Ctrl+F", work(&WorkPanel::FocusFilter)},
             {"Xem", "Sang khung khác", "F6", work(&WorkPanel::NextPane)},
             {"Xem", "Đọc lại", "F5", work(&WorkPanel::Reload)},
             {"Công cụ", "Đối chiếu với tỉnh", "F9", [this] { Synchronise(); }},
             {"Trợ giúp", "Phím tắt", "Ctrl+/", [this] { ShowShortcuts(); }}});
}

void MainFrame::Opened(std::unique_ptr<flows::OpenDesk> open) {
  open_ = std::move(open);
  work_ = new WorkPanel(pages_, *open_, *this);
  pages_->AddPage(work_, "", true);
  if (const auto status = flows::StatusOf(*open_))
    SetTitle(T("HoSoXa") + wxString::FromUTF8(" – ") + Wx(status->unit_name) +
             wxString::FromUTF8(" – ") + Wx(status->officer_name));
  status_->ShowConnection(T("Ngoại tuyến"));
  status_->ShowCounts(*open_);
  work_->FocusRows();
  // The day's copy may take a while on a large desk; it needs a connection of its own.
  if (auto again = open_->Again())
    worker_.Post([again = std::shared_ptr<flows::OpenDesk>(std::move(*again))] {
      (void)flows::BackUpDaily(*again).has_value();
    });
}

void MainFrame::Open(const char* place) {
  if (work_ != nullptr && pages_->GetCurrentPage() == work_) work_->Open(place);
}

void MainFrame::Receive(const std::string& draft_key) {
  if (work_ == nullptr || pages_->GetCurrentPage() != work_) return;
  auto form = flows::IntakeForm::Open(
      *open_, draft_key.empty() ? flows::DraftFlow(*open_).NewIntakeKey() : draft_key);
  if (!form) {
    Tell(flows::Explain(form.error()), {});
    return;
  }
  notice_->Clear();
  intake_ = new IntakePanel(
      pages_, std::move(*form), [this](const std::string& id) { CloseIntake(id); },
      [this](const std::string& id) {
        CloseIntake(id);
        OpenReceipt(id);
      },
      [this](const base::Error& error) { Tell(flows::Explain(error), {}); });
  pages_->AddPage(intake_, "", true);
}

void MainFrame::CloseIntake(const std::string& id) {
  pages_->SetSelection(1);
  pages_->DeletePage(2);
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
  OpenReceipt(id);
}

void MainFrame::OpenReceipt(const std::string& dossier) {
  const auto made = ReceiptPanel::Make(pages_, *open_, *this, dossier, [this] { CloseReceipt(); });
  if (!made) {
    Tell(flows::Explain(made.error()), {});
    return;
  }
  notice_->Clear();
  receipt_ = *made;
  pages_->AddPage(receipt_, "", true);
  receipt_->TakeFocus();
}

void MainFrame::CloseReceipt() {
  pages_->SetSelection(1);
  pages_->DeletePage(2);
  receipt_ = nullptr;
  work_->FocusRows();
}

void MainFrame::Lock() {
  if (work_ == nullptr) return;
  notice_->Clear();
  pages_->SetSelection(0);
  while (pages_->GetPageCount() > 1) pages_->DeletePage(1);
  work_ = nullptr;
  intake_ = nullptr;
  receipt_ = nullptr;
  open_.reset();  // The keys go with it.
  SetTitle(T("HoSoXa"));
  status_->ShowLocked();
  unlock_->Reset();
}

void MainFrame::Synchronise() {
  if (open_ == nullptr || syncing_) return;
  auto again = open_->Again();
  if (!again) {
    Tell(flows::Explain(again.error()), {});
    return;
  }
  syncing_ = true;
  status_->ShowConnection(T("Đang đối chiếu…"));
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
  status_->ShowConnection(result ? T("Đã nối với tỉnh") : T("Ngoại tuyến"));
  status_->ShowCounts(*open_);
  work_->Reload();
  if (!result) Tell(flows::Explain(result.error()), {T("Thử lại"), [this] { Synchronise(); }});
}

void MainFrame::Acted(const base::Status& status) {
  Kept(status);
  if (!status) return;
  notice_->Clear();
  work_->ReloadLists();
  status_->ShowCounts(*open_);
}

void MainFrame::Kept(const base::Status& status) {
  if (status)
    status_->ShowSaved(tools_.clock.NowMs());
  else
    Tell(flows::Explain(status.error()), {});
}

void MainFrame::Tell(const flows::Message& message, const Offer& offer) {
  notice_->Tell(message, offer);
}

void MainFrame::ShowDossier(const std::string& id) {
  if (work_ != nullptr) work_->ShowDossier(id);
}

void MainFrame::ShowShortcuts() {
  Tell({"Ctrl+N tiếp nhận hồ sơ mới · Ctrl+D nhập tiếp hồ sơ dở\nF9 đối chiếu với tỉnh · Ctrl+F "
        "lọc nhanh · F6 sang khung khác · F5 đọc lại\n"
        "Ctrl+L khóa máy · Ctrl+P in giấy tiếp nhận · Ctrl+/ phím tắt · Ctrl+Q thoát",
        "", ""},
       {});
}

}  // namespace hoso::ui
