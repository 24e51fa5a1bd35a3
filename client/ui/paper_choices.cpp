#include "client/ui/paper_choices.h"

#include <wx/radiobut.h>
#include <wx/sizer.h>
#include <wx/statline.h>
#include <wx/stattext.h>
#include <wx/wupdlock.h>

#include <algorithm>

#include "client/ui/text_lines.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr std::pair<const char*, const char*> kStatuses[] = {
    {"have", "Bản chính"}, {"copy", "Bản sao"}, {"missing", "Chưa có"}};

}  // namespace

PaperChoices::PaperChoices(wxWindow* parent, int wrap, bool above, Chosen chosen)
    : wxScrolledWindow(parent), wrap_(wrap), above_(above), chosen_(std::move(chosen)) {
  SetScrollRate(0, FromDIP(16));
  DisableKeyboardScrolling();  // Arrows choose.
  SetSizer(new wxBoxSizer(wxVERTICAL));
  Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    int key = event.GetKeyCode();
    if (key == WXK_TAB) key = event.ShiftDown() ? WXK_UP : WXK_DOWN;
    const bool plain = (event.GetModifiers() & ~wxMOD_SHIFT) == 0;
    if (!plain || !Move(key)) event.Skip();
  });
}

bool PaperChoices::IsSame(const std::vector<flows::ComponentView>& papers) const {
  return std::equal(papers.begin(), papers.end(), rows_.begin(), rows_.end(),
                    [](const auto& paper, const Row& row) { return paper.key == row.key; });
}

void PaperChoices::Show(const std::vector<flows::ComponentView>& papers, bool locked) {
  const wxWindowUpdateLocker frozen(this);
  if (!IsSame(papers) || GetSizer()->IsEmpty()) {
    GetSizer()->Clear(true);
    rows_.clear();
    if (papers.empty())
      GetSizer()->Add(new wxStaticText(this, wxID_ANY, T("Chưa có danh mục giấy tờ nào.")));
    for (const flows::ComponentView& paper : papers) AddPaper(paper);
  }
  for (std::size_t row = 0; row < rows_.size(); ++row)
    for (std::size_t i = 0; i < std::size(kStatuses); ++i) {
      rows_[row].choices[i]->Enable(!locked);
      if (papers[row].status == kStatuses[i].first) rows_[row].choices[i]->SetValue(true);
    }
  Layout();
  FitInside();
}

void PaperChoices::AddPaper(const flows::ComponentView& paper) {
  auto* choices = new wxBoxSizer(wxHORIZONTAL);
  Row added{paper.key, {}};
  for (std::size_t i = 0; i < std::size(kStatuses); ++i) {
    const auto& [word, words] = kStatuses[i];
    auto* radio = new wxRadioButton(this, wxID_ANY, T(words), wxDefaultPosition, wxDefaultSize,
                                    i == 0 ? wxRB_GROUP : 0);
    SetAccessibleName(*radio, T(words) + ": " + Wx(paper.name));
    choices->Add(radio, wxSizerFlags().CentreVertical().DoubleBorder(wxRIGHT));
    radio->Bind(wxEVT_RADIOBUTTON,
                [this, key = paper.key, chosen = word](wxCommandEvent&) { chosen_(key, chosen); });
    added.choices[i] = radio;
  }
  rows_.push_back(added);
  const wxString title = Wx(paper.name) + (paper.optional ? " (" + T("nếu có") + ")" : wxString());
  auto* name = new wxStaticText(this, wxID_ANY, "");
  name->SetLabelText(Wrapped(*this, GetFont(), title, wrap_));
  auto* row = new wxBoxSizer(above_ ? wxVERTICAL : wxHORIZONTAL);
  if (above_) row->Add(name);
  row->Add(choices);
  if (!above_) row->Add(name, wxSizerFlags(1).CentreVertical().Border(wxLEFT));
  GetSizer()->Add(row, wxSizerFlags().Expand().Border(wxTOP | wxBOTTOM));
  GetSizer()->Add(new wxStaticLine(this), wxSizerFlags().Expand());
}

void PaperChoices::TakeFocus() {
  if (!rows_.empty()) FocusRow(rows_.front());
}

void PaperChoices::FocusRow(const Row& row) {
  for (wxRadioButton* radio : row.choices)
    if (radio->GetValue()) radio->SetFocus();
}

/// Done here, since GTK passes over all groups but the first and moves in none.
bool PaperChoices::Move(int key) {
  const int across = key == WXK_LEFT ? -1 : key == WXK_RIGHT ? 1 : 0;
  const int down = key == WXK_UP ? -1 : key == WXK_DOWN ? 1 : 0;
  if (across == 0 && down == 0) return false;
  for (std::size_t row = 0; row < rows_.size(); ++row)
    for (std::size_t i = 0; i < std::size(kStatuses); ++i) {
      if (!rows_[row].choices[i]->HasFocus()) continue;
      const std::size_t to = row + static_cast<std::size_t>(down);
      const std::size_t choice = i + static_cast<std::size_t>(across);
      if (across != 0 && choice < std::size(kStatuses)) Choose(rows_[row], choice);
      if (down != 0 && to >= rows_.size()) return false;  // Tab leaves.
      if (down != 0) FocusRow(rows_[to]);
      return true;
    }
  return false;
}

void PaperChoices::Choose(const Row& row, std::size_t choice) {
  row.choices[choice]->SetValue(true);
  row.choices[choice]->SetFocus();
  chosen_(row.key, kStatuses[choice].first);
}

}  // namespace hoso::ui
