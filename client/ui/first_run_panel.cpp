#include "client/ui/first_run_panel.h"

#include <wx/button.h>
#include <wx/filedlg.h>
#include <wx/gauge.h>
#include <wx/simplebook.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "client/flows/enrol_flow.h"
#include "client/flows/explain.h"
#include "client/flows/sync_words.h"
#include "client/ui/pin_fields.h"
#include "client/ui/sync_job.h"
#include "client/ui/words.h"
#include "common/base/program.h"

namespace hoso::ui {
namespace {

enum Step { kFile, kPin, kLoad };
constexpr const char* kTitles[] = {"Bước 1/3: Tệp ghi danh", "Bước 2/3: Đặt mã PIN",
                                   "Bước 3/3: Ghi danh và tải dữ liệu"};
constexpr int kWidth = 680, kWhole = 100, kTickMs = 1000;
constexpr float kTitleScale = 1.6f;

}  // namespace

/// What the worker brings: how far it came, and why not further.
struct FirstRunPanel::Begun {
  std::string user;
  std::unique_ptr<flows::OpenDesk> open;
  base::Status status;
};

FirstRunPanel::FirstRunPanel(wxWindow* parent, FirstRunWorld world)
    : wxPanel(parent), world_(std::move(world)) {
  title_ = new wxStaticText(this, wxID_ANY, T(kTitles[kFile]));
  title_->SetFont(title_->GetFont().Bold().Scaled(kTitleScale));
  steps_ = new wxSimplebook(this, wxID_ANY, wxDefaultPosition, FromDIP(wxSize(kWidth, -1)));
  steps_->SetFitToCurrentPage(true);
  AddFile();
  auto* page = AddStep();
  pin_ = new PinFields(page);
  page->GetSizer()->Add(pin_, wxSizerFlags().Expand());
  AddLoad();
  message_ = AddText(this);
  back_ = new wxButton(this, wxID_ANY, T("Quay lại"));
  next_ = new wxButton(this, wxID_ANY, T("Tiếp tục"));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->Add(back_);
  buttons->AddStretchSpacer();
  buttons->Add(next_);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(title_, wxSizerFlags().Border(wxBOTTOM));
  column->Add(steps_, wxSizerFlags(1).Expand());
  column->Add(message_, wxSizerFlags().Border(wxTOP));
  column->Add(buttons, wxSizerFlags().Expand().DoubleBorder(wxTOP));
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->AddStretchSpacer();
  outer->Add(column, wxSizerFlags().Center());
  outer->AddStretchSpacer();
  SetSizer(outer);

  back_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (steps_->GetSelection() > kFile)
      GoTo(steps_->GetSelection() - 1);
    else
      world_.back();
  });
  next_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Next(); });
  pin_->OnEnter([this] { Next(); });
  tick_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { ShowLoad(); });
  world_.job.Watch(*this, [this] {
    ShowLoad();
    const SyncJob::Result* result = world_.job.result();
    if (open_ != nullptr && result != nullptr && !*result) SayError(result->error());
  });
  GoTo(kFile);
}

FirstRunPanel::~FirstRunPanel() {
  stop_.request_stop();
}

wxPanel* FirstRunPanel::AddStep() {
  auto* page = new wxPanel(steps_);
  page->SetSizer(new wxBoxSizer(wxVERTICAL));
  steps_->AddPage(page, "");
  return page;
}

wxStaticText* FirstRunPanel::AddText(wxWindow* page) {
  auto* text = new wxStaticText(page, wxID_ANY, "");
  if (page->GetSizer() != nullptr) page->GetSizer()->Add(text, wxSizerFlags().Border(wxTOP));
  return text;
}

void FirstRunPanel::AddFile() {
  auto* page = AddStep();
  Say(AddText(page), T("Quản trị tỉnh cấp cho mỗi cán bộ một tệp ghi danh, dùng một lần trong 72 "
                       "giờ. Chọn tệp đó, hoặc gõ đường dẫn."));
  const wxString offered = Wx(flows::OfferedEnrolment(world_.folder, world_.tools, base::PcName()));
  path_ =
      new wxTextCtrl(page, wxID_ANY, offered, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  SetAccessibleName(*path_, T("Đường dẫn tệp ghi danh"));
  auto* choose = new wxButton(page, wxID_ANY, T("Chọn tệp…"));
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  row->Add(path_, wxSizerFlags(1).Expand().Border(wxRIGHT));
  row->Add(choose, wxSizerFlags().CenterVertical());
  page->GetSizer()->Add(row, wxSizerFlags().Expand().Border(wxTOP));
  facts_ = AddText(page);
  choose->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { ChooseFile(); });
  path_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) {
    Say(facts_, "");
    Say(message_, "");
  });
  path_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { Next(); });
}

void FirstRunPanel::AddLoad() {
  auto* page = AddStep();
  gauge_ = new wxGauge(page, wxID_ANY, kWhole);
  SetAccessibleName(*gauge_, T("Tiến độ tải dữ liệu"));
  page->GetSizer()->Add(gauge_, wxSizerFlags().Expand().Border(wxTOP));
  load_ = AddText(page);
  pause_ = new wxButton(page, wxID_ANY, T("Tạm dừng"));
  page->GetSizer()->Add(pause_, wxSizerFlags().Border(wxTOP));
  pause_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (!Busy()) {
      Load();
      return;
    }
    pause_->Disable();
    stop_.request_stop();
    world_.job.Cancel();
  });
}

void FirstRunPanel::Say(wxStaticText* label, const wxString& text) {
  label->SetLabel(wxControl::EscapeMnemonics(text));
  label->Wrap(FromDIP(kWidth));
  Fit();
}

void FirstRunPanel::Fit() {
  steps_->InvalidateBestSize();  // It keeps the size of the page before.
  Layout();
  if (wxWindow* page = steps_->GetCurrentPage()) page->Layout();
}

void FirstRunPanel::SayError(const base::Error& error) {
  flows::Message message = flows::Explain(error);
  // Without a desk there is nothing yet that work could go on with.
  if (error.kind == base::ErrorKind::kUnreachable && open_ == nullptr)
    message.todo = "Kiểm tra mạng rồi thử lại; tệp ghi danh vẫn dùng được.";
  if (error.reason == "sync.stopped")
    Say(message_, T("Đã tạm dừng.") + " " + T(message.todo.c_str()));
  else
    Say(message_, T(message.what.c_str()) + "\n" + T("Vì: ") + T(message.why.c_str()) + ".\n" +
                      T(message.todo.c_str()));
}

void FirstRunPanel::GoTo(int step) {
  Say(message_, "");
  title_->SetLabel(T(kTitles[step]));
  steps_->SetSelection(static_cast<std::size_t>(step));
  next_->SetLabel(step == kLoad ? T("Bắt đầu làm việc") : T("Tiếp tục"));
  next_->Enable();
  back_->Show(step > kFile || world_.back != nullptr);
  back_->Enable();
  if (step == kFile) path_->SetFocus();
  if (step == kPin) pin_->TakeFocus();
  if (step == kLoad) Load();
  Fit();
}

void FirstRunPanel::Next() {
  switch (steps_->GetSelection()) {
    case kFile:
      if (CheckFile()) GoTo(kPin);
      break;
    case kPin:
      if (pin_->Check()) GoTo(kLoad);
      break;
    default:
      if (open_ != nullptr) world_.opened(std::move(open_));
  }
}

void FirstRunPanel::ChooseFile() {
  auto* dialog = new wxFileDialog(this, T("Chọn tệp ghi danh"), "", "",
                                  T("Tệp ghi danh") + " (*.hsx)|*.hsx|" + T("Mọi tệp") + "|*",
                                  wxFD_OPEN | wxFD_FILE_MUST_EXIST);
  dialog->ShowWindowModalThenDo([this, dialog](int answer) {
    if (answer == wxID_OK) {
      path_->SetValue(dialog->GetPath());
      CheckFile();
    }
    dialog->Destroy();
  });
}

bool FirstRunPanel::CheckFile() {
  const auto facts = flows::LookAtEnrolment(Utf8(path_->GetValue()));
  if (!facts) {
    Say(facts_, "");
    SayError(facts.error());
    path_->SetFocus();
    return false;
  }
  const std::string& unit = facts->unit_name.empty() ? facts->unit : facts->unit_name;
  Say(message_, "");
  Say(facts_, T("Máy này thuộc: ") + Wx(unit) + "\n" + T("Mã cán bộ: ") + Wx(facts->user) + "\n" +
                  T("Máy chủ tỉnh: ") + Wx(facts->server));
  return true;
}

bool FirstRunPanel::Busy() const {
  return enrolling_ || world_.job.Running();
}

void FirstRunPanel::Load() {
  Say(message_, "");
  if (open_ == nullptr) {
    Enrol();
  } else if (const auto begun = world_.job.Start(*open_); !begun) {
    SayError(begun.error());
  }
  ShowLoad();
}

void FirstRunPanel::Enrol() {
  enrolling_ = true;
  stop_ = std::stop_source();
  const auto done = Deliver(*this, [this](const std::shared_ptr<Begun>& begun) {
    enrolling_ = false;
    Enrolled(*begun);
  });
  world_.worker.Post([done, folder = world_.folder, tools = world_.tools, stop = stop_.get_token(),
                      file = Utf8(path_->GetValue()), pin = pin_->pin(), user = user_] {
    const auto begun = std::make_shared<Begun>();
    begun->status = [&]() -> base::Status {
      begun->user = user;
      if (user.empty()) {
        HOSO_TRY_ASSIGN(const flows::Enrolled enrolled,
                        flows::Enrol(folder, file, pin, tools, stop));
        begun->user = enrolled.user;
      }
      HOSO_TRY_ASSIGN(begun->open, flows::OpenDesk::Unlock(folder, begun->user, pin, tools));
      return {};
    }();
    done(begun);
  });
}

void FirstRunPanel::Enrolled(Begun& begun) {
  user_ = begun.user;
  if (begun.status) {
    open_ = std::move(begun.open);
    Load();
    return;
  }
  ShowLoad();
  SayError(begun.status.error());
}

void FirstRunPanel::ShowLoad() {
  if (steps_->GetSelection() != kLoad) return;
  const bool busy = Busy();
  if (busy && !tick_.IsRunning()) tick_.Start(kTickMs);
  if (!busy) tick_.Stop();
  const SyncJob::Result* result = world_.job.result();
  const bool loaded = !busy && open_ != nullptr && result != nullptr && *result;
  wxString text;
  if (enrolling_) {
    gauge_->Pulse();
    text = T("Đang ghi danh máy với tỉnh…");
  } else if (open_ != nullptr) {
    const auto percent = flows::ProgressPercent(world_.job.progress());
    if (loaded)
      gauge_->SetValue(kWhole);
    else if (percent)
      gauge_->SetValue(*percent);
    else
      gauge_->Pulse();
    text = (loaded ? T("Đã tải xong dữ liệu của đơn vị.") : T("Đang tải dữ liệu của đơn vị.")) +
           "\n" + Wx(flows::ProgressText(world_.job.progress())) + "\n" + T("Đã chạy ") +
           Wx(flows::DurationText(world_.job.ElapsedMs()));
    if (!busy && !loaded)
      text = T("Máy đã ghi danh; dữ liệu chưa tải xong. Có thể làm việc ngay và tải tiếp sau.");
  }
  Say(load_, text);
  if (!busy && !loaded) gauge_->SetValue(0);
  pause_->SetLabel(busy ? T("Tạm dừng") : open_ != nullptr ? T("Tiếp tục tải") : T("Thử lại"));
  pause_->Enable(!enrolling_ || !stop_.stop_requested());
  pause_->Show(!loaded);
  back_->Enable(!busy && user_.empty());
  next_->Enable(open_ != nullptr && !busy);
  if (loaded) next_->SetFocus();
  Fit();
}

}  // namespace hoso::ui
