#include <vector>

#include "client/flows/due_words.h"
#include "client/flows/explain.h"
#include "client/flows/step_words.h"
#include "client/ui/due_sign.h"
#include "client/ui/section.h"
#include "client/ui/text_lines.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr float kCodeScale = 1.25f;

/// Which dossier this is, where it stands and when it is due.
class SummarySection : public Section {
 public:
  SummarySection(wxWindow* parent, DossierWork& work)
      : Section(parent, work, ""), lines_(new TextLines(this, Width())) {
    column()->Add(lines_);
  }

  void Display(const flows::DossierView& view) override {
    std::vector<TextLine> lines;
    lines.push_back({Wx(view.code.empty() ? view.provisional_code : view.code), true, kCodeScale});
    if (view.code.empty()) lines.push_back({T("Mã tạm; mã chính thức có sau khi đối chiếu")});
    lines.push_back({Wx(view.procedure_name) + " (" + Wx(view.case_name) + ")"});
    wxString state = T("Trạng thái") + ": " + Wx(view.state_name);
    if (!view.stage.empty()) state += ", " + T(flows::StageText(view.stage).c_str());
    lines.push_back({state});
    AddDue(view, lines);
    if (!view.assignee.empty())
      lines.push_back({T("Người xử lý") + ": " +
                       Wx(view.assignee_name.empty() ? view.assignee : view.assignee_name)});
    lines_->Show(lines);
  }

 private:
  void AddDue(const flows::DossierView& view, std::vector<TextLine>& lines) const {
    const auto due = flows::DueInWords(work_.open.catalogue().WorkingCalendar(), view.due.due,
                                       view.state, work_.open.Now().day);
    if (view.due.due.empty()) return;
    lines.push_back({T("Hẹn trả") + ": " + ScreenTime(view.due.due)});
    if (due.level != flows::DueLevel::kNone)
      lines.push_back({DueSign(due), true, 1, DueColour(due.level, *this)});
    if (!view.due.certain) lines.push_back({T(flows::ReasonText(view.due.reason).c_str())});
  }

  TextLines* lines_;
};

}  // namespace

Section* MakeSummary(wxWindow* parent, DossierWork& work) {
  return new SummarySection(parent, work);
}

}  // namespace hoso::ui
