#include <wx/sizer.h>

#include "client/flows/casework_flow.h"
#include "client/ui/paper_choices.h"
#include "client/ui/section.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

/// The checklist of the case: what of it has been handed in.
class PapersSection : public Section {
 public:
  PapersSection(wxWindow* parent, DossierWork& work) : Section(parent, work, "Giấy tờ") {
    const auto chosen = [this](const std::string& key, const std::string& status) {
      // Later: the control is still handling its event.
      CallAfter([this, key, status] {
        work_.acted(flows::CaseworkFlow(work_.open).Check(work_.id, {{key, status}}));
      });
    };
    papers_ = new PaperChoices(this, Width(), true, chosen);
    column()->Add(papers_, wxSizerFlags().Expand());
  }

  void Display(const flows::DossierView& view) override {
    papers_->Show(view.components, view.locked);
    papers_->SetMinSize(papers_->GetSizer()->GetMinSize());  // The pane around it scrolls.
  }

 private:
  PaperChoices* papers_ = nullptr;
};

}  // namespace

Section* MakePapers(wxWindow* parent, DossierWork& work) {
  return new PapersSection(parent, work);
}

}  // namespace hoso::ui
