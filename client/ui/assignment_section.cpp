#include <wx/choice.h>
#include <wx/sizer.h>

#include <vector>

#include "client/flows/casework_flow.h"
#include "client/ui/section.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

/// Who works on the dossier, for those who give it out; not there for others.
class AssignmentSection : public Section {
 public:
  AssignmentSection(wxWindow* parent, DossierWork& work) : Section(parent, work, "Giao việc") {
    choice_ = new wxChoice(this, wxID_ANY);
    SetAccessibleName(*choice_, T("Giao cho"));
    column()->Add(choice_, wxSizerFlags().Expand());
    choice_->Bind(wxEVT_CHOICE, [this](wxCommandEvent& event) {
      if (event.GetSelection() == 0) return;
      CallAfter([this, user = people_[static_cast<std::size_t>(event.GetSelection() - 1)]] {
        const base::Status given = flows::CaseworkFlow(work_.open).Assign(work_.id, user);
        work_.acted(given);
        if (given) work_.host.OfferUndo();
      });
    });
  }

  void Display(const flows::DossierView& view) override {
    const auto people = flows::CaseworkFlow(work_.open).Assignees(view.id);
    Show(people && !people->empty());
    if (!IsShown()) return;
    people_.clear();
    choice_->Clear();
    choice_->Append(T("Chưa giao cho ai"));
    choice_->SetSelection(0);
    for (const auto& person : *people) {
      people_.push_back(person.id);
      choice_->Append(Wx(person.name));
      if (person.id == view.assignee)
        choice_->SetSelection(static_cast<int>(choice_->GetCount()) - 1);
    }
  }

 private:
  wxChoice* choice_ = nullptr;
  std::vector<std::string> people_;
};

}  // namespace

Section* MakeAssignment(wxWindow* parent, DossierWork& work) {
  return new AssignmentSection(parent, work);
}

}  // namespace hoso::ui
