#include "client/ui/approval_card.h"

#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/toplevel.h>

#include <algorithm>

#include "client/flows/explain.h"
#include "client/flows/step_words.h"
#include "client/ui/due_sign.h"
#include "client/ui/text_field.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kWrap = 380, kReasonLines = 2, kBigHeight = 40;
// Text at both sides of a screen's limits stays in reach: the rest is in the dossier's history.
constexpr std::size_t kMostDifferences = 30;

wxString Title(const std::string& decision) {
  if (decision == "approve") return T("Duyệt");
  return decision == "return" ? T("Trả lại") : T("Từ chối");
}

wxString Said(const std::string& who, const std::string& at) {
  return wxString::FromUTF8(" – ") + Wx(who) + ", " + ScreenTime(at);
}

}  // namespace

ApprovalCard::ApprovalCard(wxWindow* parent, flows::OpenDesk& open, Host& host,
                           const flows::ApprovalView& view)
    : wxPanel(parent), open_(open), host_(host), view_(view) {
  auto* margin = new wxBoxSizer(wxVERTICAL);
  column_ = new wxBoxSizer(wxVERTICAL);
  margin->Add(column_, wxSizerFlags(1).Expand());
  SetSizer(margin);
  AddProposal();
  AddSince();
  AddDecision();
  wxGetTopLevelParent(this)->Bind(wxEVT_CHAR_HOOK, &ApprovalCard::Key, this);
}

void ApprovalCard::AddLine(const wxString& text, bool strong) {
  auto* line = new wxStaticText(this, wxID_ANY, text);
  if (strong) line->SetFont(line->GetFont().Bold());
  line->Wrap(FromDIP(kWrap));
  column_->Add(line, wxSizerFlags().Border(wxTOP, strong ? FromDIP(6) : 0));
}

void ApprovalCard::AddProposal() {
  AddLine(T("Chờ bạn quyết định"), true);
  if (!view_.proposer.empty()) {
    AddLine(T("Trình") + Said(view_.proposer, view_.proposed_at));
    if (!view_.proposer_note.empty())
      AddLine(wxString::FromUTF8("«") + Wx(view_.proposer_note) + wxString::FromUTF8("»"));
  }
  if (!view_.reviewer.empty()) {
    AddLine(T("Trưởng phòng đã duyệt") + Said(view_.reviewer, view_.reviewed_at));
    if (!view_.review_note.empty())
      AddLine(wxString::FromUTF8("«") + Wx(view_.review_note) + wxString::FromUTF8("»"));
  }
  for (const std::string& warning : view_.warnings) AddLine(wxString::FromUTF8("▲ ") + Wx(warning));
}

void ApprovalCard::AddSince() {
  if (view_.first_look) {
    AddLine(T("Bạn chưa xem hồ sơ này"), true);
    return;
  }
  if (view_.since.empty()) {
    AddLine(T("Không có thay đổi từ lần bạn xem") + " " + ScreenTime(view_.looked_at), true);
    return;
  }
  AddLine(T("Thay đổi từ lần bạn xem") + " " + ScreenTime(view_.looked_at), true);
  for (std::size_t i = 0; i < std::min(view_.since.size(), kMostDifferences); ++i) {
    const flows::Difference& one = view_.since[i];
    wxString text = wxString::FromUTF8("• ") + T(one.label.c_str()) + ": ";
    if (!one.before.empty()) text += Wx(one.before) + wxString::FromUTF8(" → ");
    AddLine(text + Wx(one.after) + Said(one.who, one.at));
  }
  if (view_.since.size() > kMostDifferences)
    AddLine(wxString::Format("… %zu ", view_.since.size() - kMostDifferences) +
            T("thay đổi nữa ở nhật ký của hồ sơ"));
}

void ApprovalCard::AddDecision() {
  AddLabel(this, column_, T("Lý do (bắt buộc khi trả lại hoặc từ chối)"));
  const auto kept = flows::ApprovalFlow(open_).Reason(view_.dossier);
  reason_ = MakeTextField(this, T("Lý do quyết định"), kept ? *kept : "", kReasonLines);
  column_->Add(reason_, wxSizerFlags().Expand());
  reason_->Bind(wxEVT_TEXT, [this](wxCommandEvent& event) {
    event.Skip();
    host_.Kept(flows::ApprovalFlow(open_).KeepReason(view_.dossier, Utf8(reason_->GetValue())));
  });
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  column_->Add(row, wxSizerFlags().Expand().Border(wxTOP));
  std::vector<std::string> why;
  for (const auto& choice : view_.choices) {
    auto* button = new wxButton(this, wxID_ANY, Title(choice.name));
    if (choice.name == "approve") {
      button->SetFont(button->GetFont().Bold());
      button->SetToolTip("Ctrl+Enter");
    }
    button->SetMinSize(wxSize(-1, FromDIP(kBigHeight)));
    button->Enable(choice.why_not.empty());
    row->Add(button, wxSizerFlags(1).Border(wxRIGHT));
    button->Bind(wxEVT_BUTTON, [this, name = choice.name](wxCommandEvent&) {
      CallAfter([this, name] { Decide(name); });
    });
    if (!choice.why_not.empty() && std::find(why.begin(), why.end(), choice.why_not) == why.end())
      why.push_back(choice.why_not);
  }
  for (const std::string& reason : why)
    AddLine(T("Chưa quyết định được: ") + T(flows::ReasonText(reason).c_str()));
  AddLine(T("Ctrl+Enter: duyệt và sang hồ sơ tiếp theo"));
}

void ApprovalCard::Decide(const std::string& decision) {
  // The window may make the card anew while it shows what became of the dossier.
  Host& host = host_;
  const std::string dossier = view_.dossier;
  const auto next = flows::ApprovalFlow(open_).Decide(view_, decision, Utf8(reason_->GetValue()));
  if (!next && next.error().reason == "decide.reason_missing") reason_->SetFocus();
  host.Acted(next ? base::Status() : base::Status(next.error()));
  if (next) {
    host.ShowDossier(next->empty() ? dossier : *next);
    host.OfferUndo();
  } else if (next.error().reason == "decide.changed_meanwhile") {
    host.ShowDossier(dossier);
  }
}

bool ApprovalCard::MayApprove() const {
  return std::any_of(view_.choices.begin(), view_.choices.end(), [](const auto& choice) {
    return choice.name == "approve" && choice.why_not.empty();
  });
}

void ApprovalCard::Key(wxKeyEvent& event) {
  const bool enter = event.GetKeyCode() == WXK_RETURN || event.GetKeyCode() == WXK_NUMPAD_ENTER;
  wxWindow* focus = wxWindow::FindFocus();
  const bool elsewhere = dynamic_cast<wxTextEntry*>(focus) != nullptr && !IsDescendant(focus);
  if (!enter || event.GetModifiers() != wxMOD_CONTROL || elsewhere || !IsShownOnScreen() ||
      !MayApprove()) {
    event.Skip();
    return;
  }
  CallAfter([this] { Decide("approve"); });
}

}  // namespace hoso::ui
