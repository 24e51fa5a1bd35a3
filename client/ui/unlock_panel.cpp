#include "client/ui/unlock_panel.h"

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "client/flows/explain.h"
#include "client/flows/list_flow.h"
#include "client/ui/caps_lock.h"
#include "client/ui/words.h"
#include "common/base/number.h"

namespace hoso::ui {
namespace {

constexpr int kFieldWidth = 400;
constexpr int kTitleScale = 2;
constexpr int kSecondMs = 1000;

wxStaticText* AddLabel(wxWindow* parent, wxSizer* sizer, const char* text) {
  auto* label = new wxStaticText(parent, wxID_ANY, T(text));
  sizer->Add(label, wxSizerFlags().Border(wxTOP));
  return label;
}

}  // namespace

UnlockPanel::UnlockPanel(wxWindow* parent, Needs needs)
    : wxPanel(parent), needs_(std::move(needs)) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  auto* title = new wxStaticText(this, wxID_ANY, T("Mở khóa"));
  title->SetFont(title->GetFont().Scaled(kTitleScale));
  column->Add(title, wxSizerFlags().Border(wxBOTTOM));
  AddLabel(this, column, "Cán bộ");
  officer_ = new wxChoice(this, wxID_ANY);
  SetAccessibleName(*officer_, T("Cán bộ"));
  column->Add(officer_, wxSizerFlags().Expand());
  AddLabel(this, column, "Mã PIN");
  pin_ = new wxTextCtrl(this, wxID_ANY, "", wxDefaultPosition, wxDefaultSize,
                        wxTE_PASSWORD | wxTE_PROCESS_ENTER);
  SetAccessibleName(*pin_, T("Mã PIN"));
  column->Add(pin_, wxSizerFlags().Expand());
  caps_ = AddLabel(this, column, "⚠ Phím Caps Lock đang bật: chữ gõ ra là chữ hoa.");
  AddButtons(column);
  message_ = new wxStaticText(this, wxID_ANY, "");
  column->Add(message_, wxSizerFlags().Expand().Border(wxTOP));
  column->SetMinSize(FromDIP(kFieldWidth), -1);
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->AddStretchSpacer();
  outer->Add(column, wxSizerFlags().Center());
  outer->AddStretchSpacer();
  SetSizer(outer);

  const auto caps = [this](wxEvent& event) {
    event.Skip();
    if (caps_->IsShown() == IsCapsLockOn()) return;
    caps_->Show(IsCapsLockOn());
    Layout();
  };
  pin_->Bind(wxEVT_KEY_UP, caps);
  pin_->Bind(wxEVT_SET_FOCUS, caps);
  pin_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { Try(); });
  officer_->Bind(wxEVT_CHOICE, [this](wxCommandEvent&) { Wait(0); });  // Tries are each one's own.
  tick_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { ShowWait(); });
  Reset();
}

void UnlockPanel::AddButtons(wxSizer* column) {
  const auto add = [&](const char* title, std::function<void()> run) {
    auto* button = new wxButton(this, wxID_ANY, T(title));
    button->Bind(wxEVT_BUTTON, [run = std::move(run)](wxCommandEvent&) { run(); });
    column->Add(button, wxSizerFlags().Expand().Border(wxTOP));
    return button;
  };
  open_ = add("Mở máy", [this] { Try(); });
  add("Quên mã PIN?", [this] {
    Tell(
        T("Xin quản trị tỉnh một tệp ghi danh mới cho bạn, rồi ghi danh lại bằng tệp đó và chọn "
          "mã PIN mới. Không ai xem được mã cũ. Dữ liệu trên máy không bị mất."));
  });
  if (needs_.add_officer) add("Thêm cán bộ hoặc đặt lại mã PIN", needs_.add_officer);
}

void UnlockPanel::Reset() {
  caps_->Show(IsCapsLockOn());
  SetBusy(false);
  Wait(0);
  pin_->Clear();
  if (auto officers = flows::OpenDesk::Officers(needs_.folder)) {
    const int chosen = officer_->GetSelection();
    officers_ = std::move(*officers);
    officer_->Clear();
    for (const std::string& id : officers_) {
      const auto name = needs_.settings.names.find(id);
      officer_->Append(Wx(name == needs_.settings.names.end() ? id : name->second));
    }
    if (!officers_.empty()) officer_->SetSelection(chosen == wxNOT_FOUND ? 0 : chosen);
  } else {
    Show(officers.error());
  }
  pin_->SetFocus();
}

void UnlockPanel::SetBusy(bool busy) {
  open_->Enable(!busy);
  pin_->Enable(!busy);
  officer_->Enable(!busy);
  if (busy) Tell(T("Đang mở…"));
}

void UnlockPanel::Try() {
  const int chosen = officer_->GetSelection();
  if (chosen == wxNOT_FOUND || !open_->IsEnabled()) return;
  SetBusy(true);
  using Result = base::Result<std::unique_ptr<flows::OpenDesk>>;
  const auto done = Deliver(*this, [this](const std::shared_ptr<Result>& result) {
    SetBusy(false);
    if (*result) {
      Tell("");
      pin_->Clear();
      needs_.opened(std::move(**result));
      return;
    }
    Show(result->error());
  });
  needs_.worker.Post([done, folder = needs_.folder,
                      officer = officers_[static_cast<std::size_t>(chosen)],
                      pin = Utf8(pin_->GetValue()), tools = needs_.tools] {
    auto open = std::make_shared<Result>(flows::OpenDesk::Unlock(folder, officer, pin, tools));
    if (*open) flows::ReadAhead(***open);
    done(open);
  });
}

void UnlockPanel::Show(const base::Error& error) {
  const flows::Message message = flows::Explain(error);
  const auto seconds = error.reason == "pin.delay" ? base::ToNumber(error.detail) : std::nullopt;
  if (seconds && *seconds > 0)
    Wait(static_cast<int>(*seconds));
  else
    Tell(T(message.what.c_str()) + "\n" + T("Vì: ") + T(message.why.c_str()) + ".\n" +
         T(message.todo.c_str()));
  pin_->Clear();
  pin_->SetFocus();
}

void UnlockPanel::Tell(const wxString& text) {
  message_->SetLabel(text);
  message_->Wrap(open_->GetSize().x > 0 ? open_->GetSize().x : FromDIP(kFieldWidth));
  Layout();
}

void UnlockPanel::Wait(int seconds) {
  wait_until_ms_ = seconds == 0 ? 0
                                : needs_.tools.clock.MonotonicMs() +
                                      static_cast<std::int64_t>(seconds) * kSecondMs;
  ShowWait();
}

void UnlockPanel::ShowWait() {
  const std::int64_t left_ms = wait_until_ms_ - needs_.tools.clock.MonotonicMs();
  const bool waits = wait_until_ms_ != 0 && left_ms > 0;
  if (waits) {
    Tell(T("Đã sai nhiều lần nên phải đợi.") + "\n" +
         wxString::Format(T("Chờ %d giây rồi thử lại; dữ liệu không bị mất."),
                          static_cast<int>((left_ms + kSecondMs - 1) / kSecondMs)));
    if (!tick_.IsRunning()) tick_.Start(kSecondMs / 2);
  } else {
    tick_.Stop();
    Tell(wait_until_ms_ == 0 ? wxString() : T("Nhập lại mã PIN."));
    wait_until_ms_ = 0;
  }
  open_->Enable(!waits);
}

}  // namespace hoso::ui
