#include "client/ui/paper_choices.h"

#include <wx/radiobut.h>
#include <wx/sizer.h>
#include <wx/statline.h>
#include <wx/stattext.h>
#include <wx/wupdlock.h>

#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kWrap = 640;
constexpr std::pair<const char*, const char*> kStatuses[] = {
    {"have", "Bản chính"}, {"copy", "Bản sao"}, {"missing", "Chưa có"}};

}  // namespace

PaperChoices::PaperChoices(wxWindow* parent, Chosen chosen)
    : wxScrolledWindow(parent), chosen_(std::move(chosen)) {
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

void PaperChoices::Show(const flows::IntakeForm& form) {
  const wxWindowUpdateLocker frozen(this);
  GetSizer()->Clear(true);
  rows_.clear();
  const catalog::Case* the_case = form.the_case();
  if (the_case == nullptr) {
    GetSizer()->Add(new wxStaticText(this, wxID_ANY, T("Chưa chọn thủ tục ở bước 2.")));
  } else {
    for (const catalog::Component& paper : the_case->components) {
      const std::string status = form.Get("paper." + paper.key);
      AddPaper(paper, status.empty() ? "missing" : status);
    }
  }
  Layout();
  FitInside();
}

void PaperChoices::AddPaper(const catalog::Component& paper, const std::string& status) {
  auto* row = new wxBoxSizer(wxHORIZONTAL);
  Row added{paper.key, {}};
  for (std::size_t i = 0; i < std::size(kStatuses); ++i) {
    const auto& [word, words] = kStatuses[i];
    auto* radio = new wxRadioButton(this, wxID_ANY, T(words), wxDefaultPosition, wxDefaultSize,
                                    i == 0 ? wxRB_GROUP : 0);
    radio->SetValue(status == word);
    SetAccessibleName(*radio, T(words) + ": " + Wx(paper.name));
    row->Add(radio, wxSizerFlags().CentreVertical().DoubleBorder(wxRIGHT));
    radio->Bind(wxEVT_RADIOBUTTON,
                [this, key = paper.key, chosen = word](wxCommandEvent&) { chosen_(key, chosen); });
    added.choices[i] = radio;
  }
  rows_.push_back(added);
  const wxString title = Wx(paper.name) + (paper.optional ? " (" + T("nếu có") + ")" : wxString());
  auto* name = new wxStaticText(this, wxID_ANY, title);
  name->Wrap(FromDIP(kWrap));
  row->Add(name, wxSizerFlags(1).CentreVertical().Border(wxLEFT));
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
