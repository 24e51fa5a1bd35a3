#include <wx/button.h>
#include <wx/sizer.h>

#include <vector>

#include "client/flows/explain.h"
#include "client/flows/step_words.h"
#include "client/ui/section.h"
#include "client/ui/text_lines.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr std::size_t kShown = 20;

wxString Line(const flows::ChangeView& change) {
  wxString line = ScreenTime(change.at) + "  " +
                  Wx(change.author_name.empty() ? change.author : change.author_name) + ": " +
                  T(flows::KindText(change.kind).c_str());
  for (const auto& [key, value] : change.body)
    if (key == "step" || key == "decision")
      line += wxString::FromUTF8(" – ") + T(flows::StepText(value).c_str());
  line += wxString::FromUTF8(" · ") + T(flows::StandingText(change.standing).c_str());
  const std::string& reason = change.standing.reason;
  if (!reason.empty()) line += ": " + T(flows::ReasonText(reason).c_str());
  if (change.exhibit) line += " (" + T("của người xử lý trước") + ")";
  return line;
}

/// What happened to the dossier, the newest first; of a long history the rest on demand.
class HistorySection : public Section {
 public:
  HistorySection(wxWindow* parent, DossierWork& work)
      : Section(parent, work, "Nhật ký"),
        lines_(new TextLines(this, Width())),
        more_(new wxButton(this, wxID_ANY, "")) {
    column()->Add(lines_);
    column()->Add(more_);
    more_->Bind(wxEVT_BUTTON, [this](wxCommandEvent&) {
      CallAfter([this] {
        all_ = true;
        work_.again();
      });
    });
  }

  void Display(const flows::DossierView& view) override {
    if (view.id != shown_) all_ = false;
    shown_ = view.id;
    const std::size_t count = view.changes.size();
    const std::size_t skipped = all_ || count <= kShown ? 0 : count - kShown;
    std::vector<TextLine> lines;
    for (std::size_t i = count; i-- > skipped;) lines.push_back({Line(view.changes[i])});
    lines_->Show(lines);
    more_->Show(skipped > 0);
    if (skipped > 0) more_->SetLabel(wxString::Format(T("Xem thêm %zu dòng cũ hơn"), skipped));
  }

 private:
  TextLines* lines_;
  wxButton* more_;
  std::string shown_;
  bool all_ = false;
};

}  // namespace

Section* MakeHistory(wxWindow* parent, DossierWork& work) {
  return new HistorySection(parent, work);
}

}  // namespace hoso::ui
