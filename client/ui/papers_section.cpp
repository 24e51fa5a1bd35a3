#include <wx/choice.h>
#include <wx/sizer.h>
#include <wx/stattext.h>

#include <map>

#include "client/flows/casework_flow.h"
#include "client/ui/section.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr std::pair<const char*, const char*> kStatuses[] = {
    {"have", "Bản chính"}, {"copy", "Bản sao"}, {"missing", "Chưa có"}};

/// The checklist of the case: what of it has been handed in.
class PapersSection : public Section {
 public:
  PapersSection(wxWindow* parent, DossierWork& work) : Section(parent, work, "Giấy tờ") {}

  void Display(const flows::DossierView& view) override {
    if (!IsSame(view)) Build(view);
    for (const flows::ComponentView& paper : view.components) {
      wxChoice* choice = choices_.at(paper.key);
      choice->Enable(!view.locked);
      for (int i = 0; i < static_cast<int>(std::size(kStatuses)); ++i)
        if (paper.status == kStatuses[i].first) choice->SetSelection(i);
    }
  }

 private:
  bool IsSame(const flows::DossierView& view) const {
    if (view.id != shown_ || view.components.size() != choices_.size()) return false;
    for (const flows::ComponentView& paper : view.components)
      if (!choices_.contains(paper.key)) return false;
    return true;
  }

  void Build(const flows::DossierView& view) {
    shown_ = view.id;
    column()->Clear(true);
    choices_.clear();
    for (const flows::ComponentView& paper : view.components) {
      AddLine(Wx(paper.name) + (paper.optional ? " (" + T("nếu có") + ")" : wxString()));
      auto* choice = new wxChoice(this, wxID_ANY);
      SetAccessibleName(*choice, Wx(paper.name));
      for (const auto& [word, title] : kStatuses) choice->Append(T(title));
      column()->Add(choice, wxSizerFlags().Border(wxBOTTOM));
      choices_[paper.key] = choice;
      choice->Bind(wxEVT_CHOICE, [this, key = paper.key](wxCommandEvent& event) {
        const std::string word = kStatuses[event.GetSelection()].first;
        CallAfter([this, key, word] {
          work_.acted(flows::CaseworkFlow(work_.open).Check(work_.id, {{key, word}}));
        });
      });
    }
  }

  std::string shown_;
  std::map<std::string, wxChoice*> choices_;
};

}  // namespace

Section* MakePapers(wxWindow* parent, DossierWork& work) {
  return new PapersSection(parent, work);
}

}  // namespace hoso::ui
