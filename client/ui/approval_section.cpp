#include <wx/sizer.h>

#include "client/ui/approval_card.h"
#include "client/ui/section.h"

namespace hoso::ui {
namespace {

/// The card of an officer who decides on this dossier; nothing for others. What the card showed
/// counts as seen once another dossier is shown.
class ApprovalSection : public Section {
 public:
  ApprovalSection(wxWindow* parent, DossierWork& work) : Section(parent, work, "") {}

  void Display(const flows::DossierView& view) override {
    flows::ApprovalFlow approval(work_.open);
    if (card_ != nullptr && card_->view().dossier != view.id)
      work_.host.Kept(approval.Looked(card_->view()));
    auto fresh = approval.View(view.id);
    const bool waits = fresh && *fresh;
    if (waits && card_ != nullptr && Same(card_->view(), **fresh)) return;
    const bool had_focus = IsDescendant(wxWindow::FindFocus());
    column()->Clear(true);
    card_ = waits ? new ApprovalCard(this, work_.open, work_.host, **fresh) : nullptr;
    if (card_ == nullptr) return;
    column()->Add(card_, wxSizerFlags().Expand());
    if (had_focus) card_->SetFocus();
  }

 private:
  static bool Same(const flows::ApprovalView& a, const flows::ApprovalView& b) {
    return a.dossier == b.dossier && a.shown == b.shown && a.since == b.since &&
           a.warnings == b.warnings && a.steps == b.steps;
  }

  ApprovalCard* card_ = nullptr;
};

}  // namespace

Section* MakeApproval(wxWindow* parent, DossierWork& work) {
  return new ApprovalSection(parent, work);
}

}  // namespace hoso::ui
