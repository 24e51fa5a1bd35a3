#include <wx/sizer.h>
#include <wx/stattext.h>

#include "client/flows/due_words.h"
#include "client/flows/explain.h"
#include "client/flows/step_words.h"
#include "client/ui/due_sign.h"
#include "client/ui/section.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr float kCodeScale = 1.25f;

/// Which dossier this is, where it stands and when it is due.
class SummarySection : public Section {
 public:
  SummarySection(wxWindow* parent, DossierWork& work) : Section(parent, work, "") {}

  void Display(const flows::DossierView& view) override {
    column()->Clear(true);
    auto* code = AddLine(Wx(view.code.empty() ? view.provisional_code : view.code), true);
    code->SetFont(code->GetFont().Scaled(kCodeScale));
    if (view.code.empty()) AddLine(T("Mã tạm; mã chính thức có sau khi đối chiếu"));
    AddLine(Wx(view.procedure_name) + " (" + Wx(view.case_name) + ")");
    wxString state = T("Trạng thái") + ": " + Wx(view.state_name);
    if (!view.stage.empty()) state += ", " + T(flows::StageText(view.stage).c_str());
    AddLine(state);
    AddDue(view);
    if (!view.assignee.empty())
      AddLine(T("Người xử lý") + ": " +
              Wx(view.assignee_name.empty() ? view.assignee : view.assignee_name));
  }

 private:
  void AddDue(const flows::DossierView& view) {
    const auto due = flows::DueInWords(work_.open.catalogue().WorkingCalendar(), view.due.due,
                                       view.state, work_.open.Now().day);
    if (view.due.due.empty()) return;
    AddLine(T("Hẹn trả") + ": " + ScreenTime(view.due.due));
    if (due.level != flows::DueLevel::kNone) {
      auto* sign = AddLine(DueSign(due), true);
      sign->SetForegroundColour(DueColour(due.level, *this));
    }
    if (!view.due.certain) AddLine(T(flows::ReasonText(view.due.reason).c_str()));
  }
};

}  // namespace

Section* MakeSummary(wxWindow* parent, DossierWork& work) {
  return new SummarySection(parent, work);
}

}  // namespace hoso::ui
