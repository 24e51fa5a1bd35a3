#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include <utility>
#include <vector>

#include "client/flows/casework_flow.h"
#include "client/flows/step_words.h"
#include "client/ui/section.h"
#include "client/ui/text_field.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

using NextStep = flows::CaseworkFlow::NextStep;
constexpr int kBigHeight = 44;
constexpr int kReasonLines = 3;

/// What this officer can do now: the usual next step as one big button, the others below it. A
/// step that needs a reason asks for it in place.
class StepsSection : public Section {
 public:
  StepsSection(wxWindow* parent, DossierWork& work) : Section(parent, work, "Việc cần làm tiếp") {}

  void Display(const flows::DossierView& view) override {
    const bool same_dossier = view.id == shown_;
    const bool had_focus = IsDescendant(wxWindow::FindFocus());
    shown_ = view.id;
    if (same_dossier && asking_) return;  // A reason is being typed.
    if (ShowButtons() && had_focus && first_ != nullptr) first_->SetFocus();
  }

 private:
  /// Whether they are others than those that stood there.
  bool ShowButtons() {
    auto next = flows::CaseworkFlow(work_.open).Next(work_.id);
    // Decisions have their own card, with what they are taken on.
    const bool decides =
        next && std::erase_if(*next, [](const NextStep& step) { return step.is_decision; }) > 0;
    const auto typed = work_.draft->Typed(flows::EditDraft::kReason);
    // Those of the last dossier serve where they are the same.
    std::string steps = (decides ? "+" : "-") + typed.value_or("");
    if (next)
      for (const NextStep& step : *next) steps += "\n" + step.name + (step.needs_reason ? "?" : "");
    asking_ = false;
    if (std::exchange(steps_, steps) == steps) return false;
    column()->Clear(true);
    first_ = nullptr;
    if (!next || next->empty()) {
      AddLine(decides ? T("Quyết định ở khung phía trên.")
                      : T("Chưa có việc của bạn ở hồ sơ này."));
      return true;
    }
    for (const NextStep& step : *next) AddButton(step);
    if (typed) AddLine(T("Có lý do đang gõ dở: ") + Wx(*typed));
    return true;
  }

  void AddButton(const NextStep& step) {
    const wxString title = T(flows::StepText(step.name).c_str());
    auto* button = new wxButton(this, wxID_ANY, title);
    if (first_ == nullptr) first_ = button;
    // What needs a reason is the exception, not the way on.
    if (first_ == button && !step.needs_reason) {
      button->SetMinSize(wxSize(-1, FromDIP(kBigHeight)));
      button->SetFont(button->GetFont().Bold());
    }
    column()->Add(button, wxSizerFlags().Expand().Border(wxTOP));
    button->Bind(wxEVT_BUTTON, [this, step](wxCommandEvent&) {
      CallAfter([this, step] {
        if (step.needs_reason)
          AskReason(step);
        else
          Take(step, "");
      });
    });
  }

  void AskReason(const NextStep& step) {
    asking_ = true;
    steps_.clear();
    column()->Clear(true);
    const wxString title = T(flows::StepText(step.name).c_str());
    AddLine(title + ": " + T("nêu lý do"), true);
    auto* reason = MakeTextField(
        this, T("Lý do"), work_.draft->Typed(flows::EditDraft::kReason).value_or(""), kReasonLines);
    column()->Add(reason, wxSizerFlags().Expand().Border(wxTOP));
    auto* row = new wxBoxSizer(wxHORIZONTAL);
    auto* confirm = new wxButton(this, wxID_ANY, title);
    auto* cancel = new wxButton(this, wxID_ANY, T("Thôi"));
    row->Add(confirm, wxSizerFlags().Border(wxRIGHT));
    row->Add(cancel);
    column()->Add(row, wxSizerFlags().Border(wxTOP));
    reason->Bind(wxEVT_TEXT, [this, reason](wxCommandEvent& event) {
      event.Skip();
      work_.host.Kept(work_.draft->Type(flows::EditDraft::kReason, Utf8(reason->GetValue())));
    });
    confirm->Bind(wxEVT_BUTTON, [this, step, reason](wxCommandEvent&) {
      CallAfter([this, step, text = Utf8(reason->GetValue())] { Take(step, text); });
    });
    cancel->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) { CallAfter([this] { StopAsking(); }); });
    work_.grown();
    reason->SetFocus();
  }

  void StopAsking() {
    ShowButtons();
    work_.grown();
    if (first_ != nullptr) first_->SetFocus();
  }

  void Take(const NextStep& step, const std::string& reason) {
    flows::CaseworkFlow casework(work_.open);
    const base::Status taken = casework.Step(work_.id, step.name, reason);
    if (taken) {
      asking_ = false;
      work_.host.Kept(work_.draft->Drop(flows::EditDraft::kReason));
    }
    work_.acted(taken);
    if (taken) work_.host.OfferUndo();
  }

  std::string shown_, steps_;
  bool asking_ = false;
  wxButton* first_ = nullptr;
};

}  // namespace

Section* MakeSteps(wxWindow* parent, DossierWork& work) {
  return new StepsSection(parent, work);
}

}  // namespace hoso::ui
