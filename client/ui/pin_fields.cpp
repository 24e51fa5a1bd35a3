#include "client/ui/pin_fields.h"

#include <wx/checkbox.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/utils.h>

#include "client/flows/pin_words.h"
#include "client/ui/caps_lock.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kFieldWidth = 320;

}  // namespace

PinFields::PinFields(wxWindow* parent) : wxPanel(parent) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  SetSizer(column);
  first_ = AddField("Mã PIN mới");
  strength_ = new wxStaticText(this, wxID_ANY, "");
  column->Add(strength_, wxSizerFlags().Border(wxTOP));
  second_ = AddField("Gõ lại mã PIN");
  same_ = new wxStaticText(this, wxID_ANY, "");
  column->Add(same_, wxSizerFlags().Border(wxTOP));
  show_ = new wxCheckBox(this, wxID_ANY, T("Hiện mã"));
  column->Add(show_, wxSizerFlags().Border(wxTOP));
  caps_ = new wxStaticText(this, wxID_ANY, "");
  column->Add(caps_, wxSizerFlags().Border(wxTOP));
  show_->Bind(wxEVT_CHECKBOX, [this](wxCommandEvent& event) { ShowTyped(event.IsChecked()); });
  ShowWords();
}

PinFields::Field PinFields::AddField(const char* label) {
  GetSizer()->Add(new wxStaticText(this, wxID_ANY, T(label)), wxSizerFlags().Border(wxTOP));
  const auto add = [&](long style) {
    auto* edit = new wxTextCtrl(this, wxID_ANY, "", wxDefaultPosition,
                                FromDIP(wxSize(kFieldWidth, -1)), style | wxTE_PROCESS_ENTER);
    SetAccessibleName(*edit, T(label));
    GetSizer()->Add(edit);
    edit->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { ShowWords(); });
    edit->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) {
      if (enter_) enter_();
    });
    const auto look = [this](wxEvent& event) {
      ShowWords();
      event.Skip();
    };
    edit->Bind(wxEVT_KEY_UP, look);
    edit->Bind(wxEVT_SET_FOCUS, look);
    return edit;
  };
  Field field;
  field.hidden = add(wxTE_PASSWORD);
  field.shown = add(0);
  field.shown->Hide();
  return field;
}

wxString PinFields::Text(const Field& field) const {
  return (show_ != nullptr && show_->GetValue() ? field.shown : field.hidden)->GetValue();
}

std::string PinFields::pin() const {
  return Utf8(Text(first_));
}

bool PinFields::Check() {
  const bool refused = flows::PinInWords(pin()).strength == flows::PinStrength::kRefused;
  if (!refused && Text(first_) == Text(second_)) return true;
  const Field& wrong = refused ? first_ : second_;
  (show_->GetValue() ? wrong.shown : wrong.hidden)->SetFocus();
  wxBell();
  return false;
}

void PinFields::ShowWords() {
  if (caps_ == nullptr) return;
  const bool begun = !Text(first_).empty();
  strength_->SetLabel(begun ? T("Độ mạnh: ") + T(flows::PinInWords(pin()).text.c_str())
                            : T("Ít nhất 4 ký tự; nên từ 6 ký tự, đừng dùng ngày sinh."));
  const char* same = Text(second_).empty()           ? "Gõ lại một lần nữa cho chắc."
                     : Text(first_) == Text(second_) ? "✔ Hai lần gõ giống nhau."
                                                     : "✘ Hai lần gõ chưa giống nhau.";
  same_->SetLabel(T(same));
  // An empty line rather than none: nothing moves under the hand.
  caps_->SetLabel(IsCapsLockOn() ? T("⚠ Phím Caps Lock đang bật: chữ gõ ra là chữ hoa.")
                                 : wxString());
  Layout();
}

void PinFields::ShowTyped(bool show) {
  for (const Field& field : {first_, second_}) {
    wxTextCtrl* from = show ? field.hidden : field.shown;
    wxTextCtrl* to = show ? field.shown : field.hidden;
    to->ChangeValue(from->GetValue());
    from->ChangeValue("");
    from->Hide();
    to->Show();
  }
  Layout();
}

void PinFields::TakeFocus() {
  (show_->GetValue() ? first_.shown : first_.hidden)->SetFocus();
}

}  // namespace hoso::ui
