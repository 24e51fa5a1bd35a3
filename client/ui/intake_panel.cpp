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
#include "client/ui/intake_field.h"
#include "client/ui/paper_choices.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

constexpr const char* kSteps[] = {"Bước 1/4: Người nộp", "Bước 2/4: Thủ tục", "Bước 3/4: Giấy tờ",
                                  "Bước 4/4: Kiểm tra và tiếp nhận"};
constexpr int kProcedure = 1, kPapers = 2, kLast = 3;
constexpr int kWrap = 900, kListHeight = 160, kCaseWidth = 420, kPaperWrap = 640;
constexpr float kTitleScale = 1.4f;

wxSizer* AddColumn(wxWindow* page, wxSizer* columns, const char* heading) {
  auto* column = new wxBoxSizer(wxVERTICAL);
  auto* title = new wxStaticText(page, wxID_ANY, T(heading));
  title->SetFont(title->GetFont().Bold());
  column->Add(title, wxSizerFlags().Border(wxBOTTOM));
  columns->Add(column, wxSizerFlags(1).Expand().DoubleBorder(wxRIGHT));
  return column;
}

}  // namespace

IntakePanel::IntakePanel(wxWindow* parent, flows::IntakeForm form, Closed closed, Closed print,
                         Failed failed)
    : wxPanel(parent),
      form_(std::move(form)),
      closed_(std::move(closed)),
      print_(std::move(print)),
      failed_(std::move(failed)) {
  title_ = new wxStaticText(this, wxID_ANY, T(kSteps[0]));
  title_->SetFont(title_->GetFont().Bold().Scaled(kTitleScale));
  steps_ = new wxSimplebook(this);
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(title_, wxSizerFlags().DoubleBorder());
  column->Add(steps_, wxSizerFlags(1).Expand().DoubleBorder(wxLEFT | wxRIGHT));
  SetSizer(column);
  AddApplicant();
  AddProcedure();
  papers_ = new PaperChoices(
      steps_, FromDIP(kPaperWrap), false,
      [this](const std::string& key, const std::string& status) { Keep("paper." + key, status); });
  steps_->AddPage(papers_, "");
  AddCheck();
  AddButtons();
  Bind(wxEVT_CHAR_HOOK, &IntakePanel::OnKey, this);
  GoTo(0);
}

wxScrolledWindow* IntakePanel::AddStep() {
  auto* page = new wxScrolledWindow(steps_);
  page->SetScrollRate(0, FromDIP(16));
  page->SetSizer(new wxBoxSizer(wxVERTICAL));
  steps_->AddPage(page, "");
  return page;
}

wxTextCtrl* IntakePanel::AddField(wxWindow* page, wxSizer* sizer, const std::string& key,
                                  const char* label) {
  auto* field =
      new IntakeField(page, T(label), form_.Get(key), [this, key](const std::string& text) {
        Keep(key, text);
        return Remarks(key);
      });
  sizer->Add(field, wxSizerFlags().Expand().Border(wxBOTTOM));
  return field->edit();
}

void IntakePanel::AddApplicant() {
  wxScrolledWindow* page = AddStep();
  auto* columns = new wxBoxSizer(wxHORIZONTAL);
  page->GetSizer()->Add(columns, wxSizerFlags().Expand());
  wxSizer* left = AddColumn(page, columns, "Người nộp hồ sơ");
  name_ = AddField(page, left, "applicant.name", "Họ tên hoặc tên tổ chức");
  AddField(page, left, "applicant.id_number", "Số định danh hoặc mã số thuế");
  AddField(page, left, "applicant.phone", "Số điện thoại");
  AddField(page, left, "applicant.address", "Địa chỉ");
  wxSizer* right = AddColumn(page, columns, "Thửa đất và nội dung");
  AddField(page, right, "parcel.sheet", "Tờ bản đồ số");
  AddField(page, right, "parcel.number", "Thửa đất số");
  AddField(page, right, "summary", "Trích yếu");
}

void IntakePanel::AddProcedure() {
  wxScrolledWindow* page = AddStep();
  wxSizer* sizer = page->GetSizer();
  sizer->Add(new wxStaticText(page, wxID_ANY, T("Người dân cần gì? Gõ vài từ, có dấu hay không")));
  search_ = new wxTextCtrl(page, wxID_ANY);
  SetAccessibleName(*search_, T("Tìm thủ tục"));
  sizer->Add(search_, wxSizerFlags().Expand());
  procedures_ = new wxListBox(page, wxID_ANY, wxDefaultPosition, FromDIP(wxSize(-1, kListHeight)));
  procedures_->SetMinSize(FromDIP(wxSize(kListHeight, kListHeight)));
  SetAccessibleName(*procedures_, T("Danh sách thủ tục"));
  sizer->Add(procedures_, wxSizerFlags(1).Expand().Border(wxTOP));
  sizer->Add(new wxStaticText(page, wxID_ANY, T("Trường hợp")), wxSizerFlags().Border(wxTOP));
  case_ = new wxChoice(page, wxID_ANY);
  case_->SetMinSize(
      FromDIP(wxSize(kCaseWidth, -1)));  // Its longest line may be wider than the page.
  SetAccessibleName(*case_, T("Trường hợp"));
  sizer->Add(case_, wxSizerFlags().Expand());
  search_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { ShowProcedures(); });
  procedures_->Bind(wxEVT_LISTBOX, [this](wxCommandEvent& event) { Choose(event.GetSelection()); });
  // GTK's list keeps Enter for itself and says that the row was activated.
  procedures_->Bind(wxEVT_LISTBOX_DCLICK, [this](wxCommandEvent&) { GoTo(kPapers); });
  case_->Bind(wxEVT_CHOICE, [this](wxCommandEvent& event) {
    if (const auto* chosen = form_.procedure())
      Keep("case", chosen->cases[static_cast<std::size_t>(event.GetSelection())].key);
  });
}

void IntakePanel::AddCheck() {
  wxScrolledWindow* page = AddStep();
  summary_ = new wxStaticText(page, wxID_ANY, "");
  page->GetSizer()->Add(summary_);
}

void IntakePanel::AddButtons() {
  later_ = new wxButton(this, wxID_ANY, T("Để dở, làm sau"));
  back_ = new wxButton(this, wxID_ANY, T("Quay lại"));
  print_button_ = new wxButton(this, wxID_ANY, T("In giấy tiếp nhận"));
  print_button_->Hide();
  next_ = new wxButton(this, wxID_ANY, T("Tiếp tục"));
  auto* buttons = new wxBoxSizer(wxHORIZONTAL);
  buttons->Add(later_);
  buttons->AddStretchSpacer();
  buttons->Add(back_, wxSizerFlags().Border(wxRIGHT));
  buttons->Add(print_button_, wxSizerFlags().Border(wxRIGHT));
  buttons->Add(next_);
  GetSizer()->Add(buttons, wxSizerFlags().Expand().DoubleBorder());
  later_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Leave(closed_); });
  back_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { GoTo(steps_->GetSelection() - 1); });
  print_button_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { Leave(print_); });
  next_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
    if (!accepted_.empty())
      Leave(closed_);
    else if (steps_->GetSelection() == kLast)
      CallAfter([this] { Accept(); });
    else
      GoTo(steps_->GetSelection() + 1);
  });
}

void IntakePanel::Keep(const std::string& key, const std::string& value) {
  if (const auto kept = form_.Set(key, value); !kept) failed_(kept.error());
}

wxString IntakePanel::Remarks(const std::string& key) const {
  wxString words;
  for (const std::string& warning : form_.WarningsAt(key))
    words += (words.empty() ? "" : "\n") + T("Lưu ý: ") + T(flows::ReasonText(warning).c_str());
  return words;
}

void IntakePanel::OnKey(wxKeyEvent& event) {
  const int key = event.GetKeyCode();
  const int step = steps_->GetSelection();
  if (key == WXK_ESCAPE)
    Leave(closed_);
  else if (event.GetModifiers() == wxMOD_ALT && key == WXK_LEFT && accepted_.empty())
    GoTo(step - 1);
  else if (event.GetModifiers() == wxMOD_ALT && key == WXK_RIGHT && accepted_.empty())
    GoTo(step + 1);
  else if (key == WXK_DOWN && search_->HasFocus())
    FocusFirst(-1);
  else if ((key != WXK_RETURN && key != WXK_NUMPAD_ENTER) || event.HasAnyModifiers() || !Enter())
    event.Skip();
}

/// False where Enter has its own meaning: on a button.
bool IntakePanel::Enter() {
  if (wxDynamicCast(FindFocus(), wxButton) != nullptr) return false;
  if (search_->HasFocus() && procedures_->GetCount() > 0)
    FocusFirst(-1);
  else
    GoTo(steps_->GetSelection() + 1);
  return true;
}

void IntakePanel::GoTo(int step) {
  if (step < 0 || step > kLast) return;
  if (step == kProcedure) ShowProcedures();
  if (step == kPapers) papers_->Show(form_.Papers(), false);
  if (step == kLast) {
    summary_->SetLabel(Summary());
    summary_->Wrap(FromDIP(kWrap));
  }
  title_->SetLabel(T(kSteps[step]));
  steps_->SetSelection(static_cast<std::size_t>(step));
  back_->Enable(step > 0);
  next_->SetLabel(step == kLast ? T("Tiếp nhận") : T("Tiếp tục"));
  next_->Enable(step < kLast || form_.Missing().empty());
  Layout();
  FocusFirst(step);
}

/// Of a step; -1: the list of procedures, with a row chosen.
void IntakePanel::FocusFirst(int step) {
  if (step == 0) {
    name_->SetFocus();
  } else if (step == kProcedure) {
    search_->SetFocus();
  } else if (step == kPapers && form_.the_case() != nullptr) {
    papers_->TakeFocus();
  } else if (step >= 0) {
    (next_->IsEnabled() ? next_ : back_)->SetFocus();
  } else if (procedures_->GetCount() > 0) {
    if (procedures_->GetSelection() == wxNOT_FOUND) {
      procedures_->SetSelection(0);
      Choose(0);
    }
    procedures_->SetFocus();
  }
}

void IntakePanel::Choose(int row) {
  if (row < 0 || row >= static_cast<int>(found_.size())) return;
  Keep("procedure", found_[static_cast<std::size_t>(row)]->code);
  ShowCases();
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

wxString IntakePanel::Summary() const {
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
  return text;
}

void IntakePanel::Accept() {
  const auto received = form_.Accept();
  if (!received) return failed_(received.error());
  accepted_ = received->id;
  title_->SetLabel(T("Đã tiếp nhận hồ sơ"));
  if (!received->provisional_code.empty())
    summary_->SetLabel(T("Mã tạm") + ": " + Wx(received->provisional_code) + "\n" +
                       summary_->GetLabel());
  later_->Hide();
  back_->Hide();
  print_button_->Show();
  next_->SetLabel(T("Xong"));
  Layout();
  print_button_->SetFocus();
}

/// Copies: the panel does not outlive the call.
void IntakePanel::Leave(const Closed& by) {
  CallAfter([by, id = accepted_] { by(id); });
}

}  // namespace hoso::ui
