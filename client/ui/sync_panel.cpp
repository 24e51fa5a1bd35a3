#include "client/ui/sync_panel.h"

#include <wx/button.h>
#include <wx/gauge.h>
#include <wx/scrolwin.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include "client/flows/list_flow.h"
#include "client/flows/sync_outcome.h"
#include "client/flows/sync_words.h"
#include "client/ui/sync_job.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kWrap = 760, kBigWidth = 220, kBigHeight = 44;
constexpr int kTickMs = 1000, kWhole = 100;
constexpr std::size_t kShown = 8;
constexpr float kTitleScale = 1.4f;
constexpr double kCalm = 0.7;  // Of the text's own strength: grey, and still easy to read.

wxColour CalmGrey() {
  const wxColour ink = wxSystemSettings::GetColour(wxSYS_COLOUR_WINDOWTEXT);
  const wxColour paper = wxSystemSettings::GetColour(wxSYS_COLOUR_BTNFACE);
  const auto mix = [](unsigned char over, unsigned char under) {
    return wxColour::AlphaBlend(over, under, kCalm);
  };
  return {mix(ink.Red(), paper.Red()), mix(ink.Green(), paper.Green()),
          mix(ink.Blue(), paper.Blue())};
}

}  // namespace

SyncPanel::SyncPanel(wxWindow* parent, flows::OpenDesk& open, Host& host)
    : Place(parent), open_(open), host_(host) {
  page_ = new wxScrolledWindow(this);
  page_->SetScrollRate(0, FromDIP(16));
  auto* column = new wxBoxSizer(wxVERTICAL);
  page_->SetSizer(column);
  auto* title = AddText(true);
  title->SetFont(title->GetFont().Scaled(kTitleScale));
  Say(title, T("Đối chiếu với tỉnh"));

  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  start_ = new wxButton(page_, wxID_ANY, T("Đối chiếu ngay (F9)"), wxDefaultPosition,
                        FromDIP(wxSize(kBigWidth, kBigHeight)));
  start_->SetFont(start_->GetFont().Bold());
  stop_ =
      new wxButton(page_, wxID_ANY, T("Dừng"), wxDefaultPosition, FromDIP(wxSize(-1, kBigHeight)));
  buttons->Add(start_, wxSizerFlags().Border(wxRIGHT));
  buttons->Add(stop_);
  column->Add(buttons, wxSizerFlags().Border(wxTOP));
  gauge_ = new wxGauge(page_, wxID_ANY, kWhole, wxDefaultPosition, FromDIP(wxSize(kWrap, -1)));
  SetAccessibleName(*gauge_, T("Tiến độ đối chiếu"));
  column->Add(gauge_, wxSizerFlags().Border(wxTOP));
  run_ = AddText();
  result_ = AddText();
  again_ = new wxButton(page_, wxID_ANY, T("Thử lại"));
  column->Add(again_, wxSizerFlags().Border(wxTOP));

  waiting_title_ = AddText(true);
  waiting_ = AddText();
  test_ = new wxButton(page_, wxID_ANY, T("Kiểm tra đường truyền"));
  column->Add(test_, wxSizerFlags().DoubleBorder(wxTOP));
  for (wxStaticText*& step : steps_) step = AddText();
  auto* all = new wxBoxSizer(wxVERTICAL);
  all->Add(page_, wxSizerFlags(1).Expand().DoubleBorder());
  SetSizer(all);

  for (wxButton* button : {start_, again_})
    button->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { host_.Synchronise(); });
  stop_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    stop_->Disable();
    host_.Exchange().Cancel();
  });
  test_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { TestLine(); });
  tick_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { ShowRun(); });
  host_.Exchange().Watch(*this, [this] {
    ShowRun();
    if (!host_.Exchange().Running()) Reload();
  });
  Reload();
}

wxStaticText* SyncPanel::AddText(bool strong) {
  auto* text = new wxStaticText(page_, wxID_ANY, "");
  if (strong) text->SetFont(text->GetFont().Bold());
  page_->GetSizer()->Add(text, wxSizerFlags().Border(wxTOP));
  text->Hide();
  return text;
}

void SyncPanel::Say(wxStaticText* label, const wxString& text) {
  label->SetLabel(wxControl::EscapeMnemonics(text));
  label->Wrap(FromDIP(kWrap));
  label->Show(!text.empty());
}

void SyncPanel::Reload() {
  ShowRun();
  ShowResult();
  ShowWaiting();
  page_->FitInside();
  Layout();
}

void SyncPanel::TakeFocus() {
  (start_->IsEnabled() ? start_ : stop_)->SetFocus();
}

void SyncPanel::ShowRun() {
  const SyncJob& job = host_.Exchange();
  const bool running = job.Running();
  if (running != tick_.IsRunning()) {
    if (running)
      tick_.Start(kTickMs);
    else
      tick_.Stop();
    const bool had_focus = start_->HasFocus() || again_->HasFocus() || stop_->HasFocus();
    start_->Enable(!running);
    stop_->Enable(running);
    test_->Enable(!running && !testing_);
    if (had_focus) TakeFocus();
  }
  stop_->Show(running);
  gauge_->Show(running);
  if (running) {
    result_->Hide();
    again_->Hide();
    if (const auto percent = flows::ProgressPercent(job.progress()))
      gauge_->SetValue(*percent);
    else
      gauge_->Pulse();
    Say(run_, T(flows::ProgressText(job.progress()).c_str()) + "\n" + T("Đã chạy ") +
                  Wx(flows::DurationText(job.ElapsedMs())));
  } else {
    Say(run_, "");
  }
  page_->Layout();
}

void SyncPanel::ShowResult() {
  again_->Hide();
  result_->SetForegroundColour(wxNullColour);
  if (host_.Exchange().Running()) return;
  const auto status = flows::StatusOf(open_);
  wxString text;
  if (status && status->last_sync.empty())
    text =
        T("Chưa tải xong dữ liệu lần đầu. Vẫn làm việc được; bấm «Đối chiếu ngay» để tải tiếp.") +
        "\n";
  const auto kept = flows::LastOutcome(open_);
  if (kept && *kept) {
    const flows::SyncOutcome& last = **kept;
    text += T("Lần gần nhất: ") + ScreenTime(last.at) + "\n";
    if (!last.error) {
      for (const std::string& line : flows::ReportLines(last.report))
        text += T(line.c_str()) + "\n";
      if (host_.Exchange().result() != nullptr)
        text += T("Mất ") + Wx(flows::DurationText(host_.Exchange().ElapsedMs())) + "\n";
    } else {
      const flows::Message message = flows::Explain(*last.error);
      const bool stopped = last.error->reason == "sync.stopped";
      text +=
          (stopped ? T("Đã dừng theo yêu cầu của bạn.")
                   : T(message.what.c_str()) + "\n" + T("Vì: ") + T(message.why.c_str()) + ".") +
          "\n" + T(message.todo.c_str());
      // Work goes on without the line: nothing is wrong, so nothing is red.
      result_->SetForegroundColour(CalmGrey());
      again_->Show();
    }
  } else if (text.empty()) {
    text = T("Máy này chưa đối chiếu lần nào.");
  }
  Say(result_, text.Trim());
}

void SyncPanel::ShowWaiting() {
  const auto waiting = flows::Waiting(open_, kShown);
  if (!waiting) return;
  const auto count = static_cast<std::int64_t>(waiting->lines.size()) + waiting->more;
  Say(waiting_title_, count == 0 ? T("Không có việc nào chờ gửi")
                                 : T("Chờ gửi: ") + Wx(flows::CountText(count)) + T(" việc"));
  wxString text;
  for (const std::string& line : waiting->lines)
    text += wxString::FromUTF8("· ") + T(line.c_str()) + "\n";
  if (waiting->more > 0)
    text += T("và còn ") + Wx(flows::CountText(waiting->more)) + T(" việc nữa");
  Say(waiting_, text.Trim());
}

void SyncPanel::TestLine() {
  if (testing_) return;
  testing_ = true;
  test_->Disable();
  for (wxStaticText* step : steps_) Say(step, "");
  Say(steps_[0], T("Đang thử…"));
  page_->FitInside();
  const auto told = Deliver(*this, [this](const std::shared_ptr<engine::LineFacts>& facts) {
    testing_ = false;
    test_->Enable(!host_.Exchange().Running());
    ShowLine(*facts);
    test_->SetFocus();
  });
  if (const auto begun = host_.Exchange().TestLine(open_, told); !begun) {
    testing_ = false;
    test_->Enable();
    host_.Tell(flows::Explain(begun.error()));
  }
}

void SyncPanel::ShowLine(const engine::LineFacts& facts) {
  using State = flows::LineStepView::State;
  const flows::LineView view = flows::LineInWords(facts);
  for (std::size_t i = 0; i < view.size(); ++i) {
    const flows::LineStepView& step = view[i];
    const char* sign = step.state == State::kFine     ? "✔ "
                       : step.state == State::kFailed ? "✘ "
                                                      : "– ";
    wxString text =
        wxString::FromUTF8(sign) + T(step.title.c_str()) + ": " + T(step.sentence.c_str());
    if (!step.todo.empty()) text += "\n" + T(step.todo.c_str());
    Say(steps_[i], text);
  }
  page_->FitInside();
  page_->Layout();
}

}  // namespace hoso::ui
