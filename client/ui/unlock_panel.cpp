#include "client/ui/unlock_panel.h"

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "client/flows/explain.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kFieldWidth = 320;
constexpr int kTitleScale = 2;

wxStaticText* AddLabel(wxWindow* parent, wxSizer* sizer, const char* text) {
  auto* label = new wxStaticText(parent, wxID_ANY, T(text));
  sizer->Add(label, wxSizerFlags().Border(wxTOP));
  return label;
}

}  // namespace

UnlockPanel::UnlockPanel(wxWindow* parent, const flows::DeskFolder& folder,
                         const flows::Tools& tools, base::Worker& worker, Opened opened,
                         std::function<void()> enrol)
    : wxPanel(parent), folder_(folder), tools_(tools), worker_(worker), opened_(std::move(opened)) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  auto* title = new wxStaticText(this, wxID_ANY, T("Mở khóa"));
  title->SetFont(title->GetFont().Scaled(kTitleScale));
  column->Add(title, wxSizerFlags().Border(wxBOTTOM));
  const wxSize width(FromDIP(kFieldWidth), -1);
  AddLabel(this, column, "Cán bộ");
  officer_ = new wxChoice(this, wxID_ANY, wxDefaultPosition, width);
  SetAccessibleName(*officer_, T("Cán bộ"));
  column->Add(officer_);
  AddLabel(this, column, "Mã PIN");
  pin_ = new wxTextCtrl(this, wxID_ANY, "", wxDefaultPosition, width,
                        wxTE_PASSWORD | wxTE_PROCESS_ENTER);
  SetAccessibleName(*pin_, T("Mã PIN"));
  column->Add(pin_);
  open_ = new wxButton(this, wxID_ANY, T("Mở máy"), wxDefaultPosition, width);
  column->Add(open_, wxSizerFlags().Border(wxTOP));
  auto* join = new wxButton(this, wxID_ANY, T("Thêm cán bộ hoặc đặt lại mã PIN"));
  column->Add(join, wxSizerFlags().DoubleBorder(wxTOP));
  join->Bind(wxEVT_BUTTON, [enrol = std::move(enrol)](wxCommandEvent&) { enrol(); });
  message_ = new wxStaticText(this, wxID_ANY, "");
  column->Add(message_, wxSizerFlags().Border(wxTOP));
  auto* outer = new wxBoxSizer(wxVERTICAL);
  outer->AddStretchSpacer();
  outer->Add(column, wxSizerFlags().Center());
  outer->AddStretchSpacer();
  SetSizer(outer);

  open_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Try(); });
  pin_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { Try(); });
  Reset();
}

void UnlockPanel::Reset() {
  if (auto officers = flows::OpenDesk::Officers(folder_)) {
    officers_ = std::move(*officers);
    officer_->Clear();
    for (const std::string& id : officers_) officer_->Append(Wx(id));
    if (!officers_.empty()) officer_->SetSelection(0);
  } else {
    Show(officers.error());
  }
  pin_->Clear();
  SetBusy(false);
  pin_->SetFocus();
}

void UnlockPanel::SetBusy(bool busy) {
  open_->Enable(!busy);
  pin_->Enable(!busy);
  if (busy) message_->SetLabel(T("Đang mở…"));
}

void UnlockPanel::Try() {
  const int chosen = officer_->GetSelection();
  if (chosen == wxNOT_FOUND || !open_->IsEnabled()) return;
  SetBusy(true);
  using Result = base::Result<std::unique_ptr<flows::OpenDesk>>;
  const auto done = Deliver(*this, [this](const std::shared_ptr<Result>& result) {
    SetBusy(false);
    if (*result) {
      message_->SetLabel("");
      opened_(std::move(**result));
      return;
    }
    Show(result->error());
  });
  worker_.Post([done, folder = folder_, officer = officers_[static_cast<std::size_t>(chosen)],
                pin = Utf8(pin_->GetValue()), tools = tools_] {
    done(std::make_shared<Result>(flows::OpenDesk::Unlock(folder, officer, pin, tools)));
  });
}

void UnlockPanel::Show(const base::Error& error) {
  const flows::Message message = flows::Explain(error);
  message_->SetLabel(T(message.what.c_str()) + "\n" + T("Vì: ") + T(message.why.c_str()) + ".\n" +
                     T(message.todo.c_str()));
  Layout();
  pin_->Clear();
  pin_->SetFocus();
}

}  // namespace hoso::ui
