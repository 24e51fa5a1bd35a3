#include "client/ui/choice_place.h"

#include <wx/dataview.h>
#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/splitter.h>
#include <wx/stattext.h>
#include <wx/wupdlock.h>

#include <algorithm>

#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kListWidth = 340, kLeastPane = 200, kWrap = 700, kScrollStep = 16;

}  // namespace

ChoicePlace::ChoicePlace(wxWindow* parent, const char* title, const std::vector<Column>& columns,
                         const char* none)
    : Place(parent), none_(T(none)) {
  auto* split = new wxSplitterWindow(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                     wxSP_LIVE_UPDATE | wxSP_3DSASH);
  auto* left = new wxPanel(split);
  auto* heading = new wxStaticText(left, wxID_ANY, T(title));
  heading->SetFont(heading->GetFont().Bold());
  count_ = new wxStaticText(left, wxID_ANY, "");
  list_ = new wxDataViewListCtrl(left, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                                 wxDV_ROW_LINES | wxDV_SINGLE);
  SetAccessibleName(*list_, T(title));
  for (const Column& column : columns)
    list_->AppendTextColumn(T(column.title), wxDATAVIEW_CELL_INERT, FromDIP(column.width));
  auto* top = new wxBoxSizer(wxHORIZONTAL);
  top->Add(heading, wxSizerFlags(1).CenterVertical());
  top->Add(count_, wxSizerFlags().CenterVertical());
  auto* side = new wxBoxSizer(wxVERTICAL);
  side->Add(top, wxSizerFlags().Expand().Border());
  side->Add(list_, wxSizerFlags(1).Expand());
  left->SetSizer(side);
  page_ = new wxScrolledWindow(split);
  page_->SetScrollRate(FromDIP(kScrollStep), FromDIP(kScrollStep));
  column_ = new wxBoxSizer(wxVERTICAL);
  auto* margin = new wxBoxSizer(wxVERTICAL);
  margin->Add(column_, wxSizerFlags(1).Expand().DoubleBorder());
  page_->SetSizer(margin);
  split->SetMinimumPaneSize(FromDIP(kLeastPane));
  split->SplitVertically(left, page_, FromDIP(kListWidth));
  auto* all = new wxBoxSizer(wxVERTICAL);
  all->Add(split, wxSizerFlags(1).Expand());
  SetSizer(all);
  list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, &ChoicePlace::Chosen, this);
}

void ChoicePlace::Reload() {
  const bool had_focus = page_->IsDescendant(wxWindow::FindFocus());
  rows_ = Read();
  list_->DeleteAllItems();
  for (const Row& row : rows_.rows) {
    wxVector<wxVariant> cells;
    for (const wxString& cell : row.cells) cells.push_back(cell);
    list_->AppendItem(cells);
  }
  const auto same = std::find_if(rows_.rows.begin(), rows_.rows.end(),
                                 [&](const Row& row) { return row.id == shown_; });
  const auto found = static_cast<std::size_t>(same - rows_.rows.begin());
  if (same == rows_.rows.end()) shown_.clear();
  const std::string before = shown_;
  Choose(same == rows_.rows.end() ? index_ : found);
  // What had the focus is gone; keys must still reach this place.
  if (had_focus && shown_ != before) list_->SetFocus();
}

void ChoicePlace::Choose(std::size_t index) {
  const std::size_t size = rows_.rows.size();
  index_ = size == 0 ? 0 : std::min(index, size - 1);
  wxString count;
  if (size > 0)
    count = wxString::Format("%zu/%lld", index_ + 1, static_cast<long long>(rows_.total));
  if (static_cast<std::int64_t>(size) < rows_.total)
    count += " (" + T("hiện") + wxString::Format(" %zu)", size);
  count_->SetLabel(count);
  count_->GetParent()->Layout();
  if (size == 0) {
    shown_.clear();
    const wxWindowUpdateLocker frozen(page_);
    column_->Clear(true);
    AddLine(none_);
    page_->FitInside();
    page_->Layout();
    return;
  }
  list_->SelectRow(static_cast<unsigned>(index_));
  list_->EnsureVisible(list_->RowToItem(static_cast<int>(index_)));
  const Row& row = rows_.rows[index_];
  const bool changed = Look(row);
  if (!changed && row.id == shown_) return;
  shown_ = row.id;
  page_->Scroll(0, 0);
  ShowAgain();
}

void ChoicePlace::ShowAgain() {
  const wxWindowUpdateLocker frozen(page_);
  column_->Clear(true);
  Fill();
  page_->FitInside();
  page_->Layout();
}

void ChoicePlace::Next() {
  Choose(index_ + 1 < rows_.rows.size() ? index_ + 1 : 0);
  list_->SetFocus();
}

void ChoicePlace::Chosen(wxDataViewEvent&) {
  const int row = list_->GetSelectedRow();
  if (row == wxNOT_FOUND || static_cast<std::size_t>(row) == index_) return;
  Choose(static_cast<std::size_t>(row));
}

void ChoicePlace::TakeFocus() {
  list_->SetFocus();
}

wxStaticText* ChoicePlace::AddLine(const wxString& text, bool strong) {
  auto* line = new wxStaticText(page_, wxID_ANY, text);
  if (strong) line->SetFont(line->GetFont().Bold());
  line->Wrap(FromDIP(kWrap));
  column_->Add(line, wxSizerFlags().Border(wxTOP, strong ? FromDIP(8) : 0));
  return line;
}

}  // namespace hoso::ui
