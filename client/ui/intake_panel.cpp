#include "client/ui/intake_panel.h"

#include <wx/button.h>
#include <wx/choice.h>
#include <wx/listbox.h>
#include <wx/scrolwin.h>
#include <wx/simplebook.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/wupdlock.h>

#include "client/flows/explain.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

constexpr const char* kSteps[] = {"Bước 1/4: Người nộp", "Bước 2/4: Thủ tục", "Bước 3/4: Giấy tờ",
                                  "Bước 4/4: Kiểm tra và tiếp nhận"};
constexpr int kLast = 3;
constexpr int kFieldWidth = 420, kWrap = 760;
constexpr float kTitleScale = 1.4f;
constexpr const char* kStatuses[] = {"have", "copy", "missing"};

}  // namespace

IntakePanel::IntakePanel(wxWindow* parent, flows::IntakeForm form, Closed closed, Failed failed)
    : wxPanel(parent),
      form_(std::move(form)),
      closed_(std::move(closed)),
      failed_(std::move(failed)) {
  title_ = new wxStaticText(this, wxID_ANY, T(kSteps[0]));
  title_->SetFont(title_->GetFont().Bold().Scaled(kTitleScale));
  steps_ = new wxSimplebook(this);
  AddApplicant();
  AddProcedure();
  AddPapers();
  AddCheck();
  auto* later = new wxButton(this, wxID_ANY, T("Để dở, làm sau"));
  back_ = new wxButton(this, wxID_ANY, T("Quay lại"));
  next_ = new wxButton(this, wxID_ANY, T("Tiếp tục"));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->Add(later);
  buttons->AddStretchSpacer();
  buttons->Add(back_, wxSizerFlags().Border(wxRIGHT));
  buttons->Add(next_);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(title_, wxSizerFlags().DoubleBorder());
  column->Add(steps_, wxSizerFlags(1).Expand().DoubleBorder(wxLEFT | wxRIGHT));
  column->Add(buttons, wxSizerFlags().Expand().DoubleBorder());
  SetSizer(column);
  later->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { closed_(""); }); });
  back_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { GoTo(steps_->GetSelection() - 1); });
  next_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (steps_->GetSelection() == kLast)
      CallAfter([this] { Accept(); });
    else
      GoTo(steps_->GetSelection() + 1);
  });
  GoTo(0);
}

wxScrolledWindow* IntakePanel::AddStep() {
  auto* page = new wxScrolledWindow(steps_);
  page->SetScrollRate(0, FromDIP(16));
  page->SetSizer(new wxBoxSizer(wxVERTICAL));
  steps_->AddPage(page, "");
  return page;
}

void IntakePanel::AddField(wxWindow* page, wxSizer* sizer, const std::string& key,
                           const char* label) {
  sizer->Add(new wxStaticText(page, wxID_ANY, T(label)), wxSizerFlags().Border(wxTOP));
  auto* edit = new wxTextCtrl(page, wxID_ANY, Wx(form_.Get(key)), wxDefaultPosition,
                              FromDIP(wxSize(kFieldWidth, -1)));
  SetAccessibleName(*edit, T(label));
  sizer->Add(edit);
  edit->Bind(wxEVT_TEXT, [this, key, edit](wxCommandEvent&) { Keep(key, Utf8(edit->GetValue())); });
}

void IntakePanel::AddApplicant() {
  wxScrolledWindow* page = AddStep();
  wxSizer* sizer = page->GetSizer();
  AddField(page, sizer, "applicant.name", "Họ tên hoặc tên tổ chức");
  AddField(page, sizer, "applicant.id_number", "Số định danh hoặc mã số thuế");
  AddField(page, sizer, "applicant.phone", "Số điện thoại");
  AddField(page, sizer, "applicant.address", "Địa chỉ");
  AddField(page, sizer, "parcel.sheet", "Tờ bản đồ số");
  AddField(page, sizer, "parcel.number", "Thửa đất số");
  AddField(page, sizer, "summary", "Trích yếu");
  warnings_ = new wxStaticText(page, wxID_ANY, "");
  sizer->Add(warnings_, wxSizerFlags().Border(wxTOP));
}

void IntakePanel::AddProcedure() {
  wxScrolledWindow* page = AddStep();
  wxSizer* sizer = page->GetSizer();
  sizer->Add(new wxStaticText(page, wxID_ANY, T("Người dân cần gì? Gõ vài từ, có dấu hay không")));
  search_ = new wxTextCtrl(page, wxID_ANY);
  SetAccessibleName(*search_, T("Tìm thủ tục"));
  sizer->Add(search_, wxSizerFlags().Expand());
  procedures_ = new wxListBox(page, wxID_ANY);
  procedures_->SetMinSize(FromDIP(wxSize(kFieldWidth, -1)));
  SetAccessibleName(*procedures_, T("Danh sách thủ tục"));
  sizer->Add(procedures_, wxSizerFlags(1).Expand().Border(wxTOP));
  sizer->Add(new wxStaticText(page, wxID_ANY, T("Trường hợp")), wxSizerFlags().Border(wxTOP));
  case_ = new wxChoice(page, wxID_ANY);
  case_->SetMinSize(
      FromDIP(wxSize(kFieldWidth, -1)));  // Its longest line may be wider than the page.
  SetAccessibleName(*case_, T("Trường hợp"));
  sizer->Add(case_, wxSizerFlags().Expand());
  search_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { ShowProcedures(); });
  procedures_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent& event) {
    Keep("procedure", found_[static_cast<std::size_t>(event.GetSelection())]->code);
    ShowCases();
  });
  case_->Bind(wxEVT_CHOICE, [this](wxCommandEvent& event) {
    if (const auto* chosen = form_.procedure())
      Keep("case", chosen->cases[static_cast<std::size_t>(event.GetSelection())].key);
  });
}

void IntakePanel::AddPapers() {
  papers_ = AddStep();
}

void IntakePanel::AddCheck() {
  wxScrolledWindow* page = AddStep();
  summary_ = new wxStaticText(page, wxID_ANY, "");
  page->GetSizer()->Add(summary_);
}

void IntakePanel::Keep(const std::string& key, const std::string& value) {
  if (const auto kept = form_.Set(key, value); !kept) failed_(kept.error());
  wxString text;
  for (const std::string& warning : form_.Warnings())
    text += T("Lưu ý: ") + T(flows::ReasonText(warning).c_str()) + "\n";
  if (warnings_->GetLabel() != text) warnings_->SetLabel(text);
}

void IntakePanel::GoTo(int step) {
  if (step < 0 || step > kLast) return;
  if (step == 1) ShowProcedures();
  if (step == 2) ShowPapers();
  if (step == kLast) ShowCheck();
  title_->SetLabel(T(kSteps[step]));
  steps_->SetSelection(static_cast<std::size_t>(step));
  back_->Enable(step > 0);
  next_->SetLabel(step == kLast ? T("Tiếp nhận") : T("Tiếp tục"));
  next_->Enable(step < kLast || form_.Missing().empty());
  Layout();
  steps_->GetCurrentPage()->SetFocus();
}

void IntakePanel::ShowProcedures() {
  const wxWindowUpdateLocker frozen(procedures_);
  found_ = form_.Find(Utf8(search_->GetValue()));
  procedures_->Clear();
  for (std::size_t i = 0; i < found_.size(); ++i) {
    procedures_->Append(Wx(found_[i]->code + "  " + found_[i]->name));
    if (found_[i]->code == form_.Get("procedure")) procedures_->SetSelection(static_cast<int>(i));
  }
  ShowCases();
}

void IntakePanel::ShowCases() {
  case_->Clear();
  const catalog::Procedure* chosen = form_.procedure();
  if (chosen == nullptr) return;
  for (std::size_t i = 0; i < chosen->cases.size(); ++i) {
    case_->Append(Wx(chosen->cases[i].name));
    if (form_.the_case() == &chosen->cases[i]) case_->SetSelection(static_cast<int>(i));
  }
}

void IntakePanel::ShowPapers() {
  const wxWindowUpdateLocker frozen(papers_);
  wxSizer* sizer = papers_->GetSizer();
  sizer->Clear(true);
  const catalog::Case* the_case = form_.the_case();
  if (the_case == nullptr) {
    sizer->Add(new wxStaticText(papers_, wxID_ANY, T("Chưa chọn thủ tục ở bước 2.")));
    return;
  }
  for (const catalog::Component& paper : the_case->components) {
    auto* name = new wxStaticText(
        papers_, wxID_ANY, Wx(paper.name) + (paper.optional ? " (" + T("nếu có") + ")" : ""));
    name->Wrap(FromDIP(kWrap));
    sizer->Add(name, wxSizerFlags().Border(wxTOP));
    auto* choice = new wxChoice(papers_, wxID_ANY);
    SetAccessibleName(*choice, Wx(paper.name));
    const std::string key = "paper." + paper.key;
    const std::string status = form_.Get(key).empty() ? "missing" : form_.Get(key);
    for (const char* title : {"Bản chính", "Bản sao", "Chưa có"}) choice->Append(T(title));
    for (int i = 0; i < 3; ++i)
      if (status == kStatuses[i]) choice->SetSelection(i);
    sizer->Add(choice);
    choice->Bind(wxEVT_CHOICE, [this, key](wxCommandEvent& event) {
      Keep(key, kStatuses[event.GetSelection()]);
    });
  }
  papers_->FitInside();
}

void IntakePanel::ShowCheck() {
  wxString text = T("Người nộp") + ": " + Wx(form_.Get("applicant.name")) + "\n";
  if (const auto* procedure = form_.procedure())
    text += T("Thủ tục") + ": " + Wx(procedure->name) + "\n";
  if (const auto* the_case = form_.the_case())
    text += T("Trường hợp") + ": " + Wx(the_case->name) + "\n";
  const flows::DueView due = form_.Due();
  if (!due.due.empty()) {
    text += T("Hẹn trả") + ": " + Wx(text::DateToScreen(due.due.substr(0, 10))) + "\n";
    if (!due.certain)
      text += T("Chưa chắc") + ": " + T(flows::ReasonText(due.reason).c_str()) + "\n";
  }
  for (const std::string& reason : form_.Missing())
    text += T("Còn thiếu: ") + T(flows::ReasonText(reason).c_str()) + "\n";
  for (const std::string& reason : form_.Warnings())
    text += T("Lưu ý: ") + T(flows::ReasonText(reason).c_str()) + "\n";
  summary_->SetLabel(text);
  summary_->Wrap(FromDIP(kWrap));
}

void IntakePanel::Accept() {
  const auto received = form_.Accept();
  if (received)
    closed_(received->id);
  else
    failed_(received.error());
}

}  // namespace hoso::ui
