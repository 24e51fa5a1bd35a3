#include "client/ui/dossier_list.h"

#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include <atomic>
#include <optional>
#include <utility>

#include "client/flows/explain.h"
#include "client/ui/dossier_rows.h"
#include "client/ui/list_columns.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

constexpr int kSeenMs = 50;  // Whoever unlocks sees the list before its first dossier opens.

wxString Number(std::size_t n) {
  return Wx(text::NumberToScreen(std::to_string(n)));
}

}  // namespace

struct DossierList::Reader {
  explicit Reader(std::unique_ptr<flows::OpenDesk> own) : open(std::move(own)), finder(*open) {}

  std::unique_ptr<flows::OpenDesk> open;
  flows::ListFinder finder;
  std::atomic<int> asked = 0;  // The last of what was asked for; earlier ones are not wanted now.
};

DossierList::DossierList(wxWindow* parent, flows::OpenDesk& open, LayoutKeeper keeper,
                         Chosen chosen)
    : wxPanel(parent), open_(open), keeper_(std::move(keeper)), chosen_(std::move(chosen)) {
  MakeControls();
  rows_ = wxObjectDataPtr<DossierRows>(new DossierRows(open_, *list_));
  list_->AssociateModel(rows_.get());
  columns_ = std::make_unique<ListColumns>(
      *list_, [this] { Sort(); },
      [this] {
        KeepLayout();
        Sort();
      });
  BindFilter();
  first_seen_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
    if (chosen_id_.empty()) OpenFirst();
  });
  if (auto again = open_.Again()) reader_ = std::make_shared<Reader>(std::move(*again));
  choose_->Bind(wxEVT_BUTTON,
                [this](wxCommandEvent&) { CallAfter([this] { columns_->Choose(*choose_); }); });
  list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent& event) {
    // Rows that are read again lose their selection; the dossier being worked on stays in sight.
    if (event.GetItem().IsOk()) Choose(rows_->GetRow(event.GetItem()));
  });
}

DossierList::~DossierList() {
  KeepLayout();
  if (reader_ == nullptr) return;
  ++reader_->asked;
  reader_->open->store().database().Interrupt();  // The worker is waited for.
}

void DossierList::MakeControls() {
  filter_ =
      new wxTextCtrl(this, wxID_ANY, "", wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
  filter_->SetHint(T("Lọc nhanh: tên, mã, số định danh, thửa đất…"));
  SetAccessibleName(*filter_, T("Lọc nhanh"));
  count_ = new wxStaticText(this, wxID_ANY, "");
  choose_ = new wxButton(this, wxID_ANY, T("Cột…"));
  list_ = new wxDataViewCtrl(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                             wxDV_ROW_LINES | wxDV_SINGLE);
  SetAccessibleName(*list_, T("Danh sách hồ sơ"));
  auto* top = new wxBoxSizer(wxHORIZONTAL);
  top->Add(filter_, wxSizerFlags(1).CenterVertical());
  top->Add(count_, wxSizerFlags().CenterVertical().Border(wxLEFT));
  top->Add(choose_, wxSizerFlags().CenterVertical().Border(wxLEFT));
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(top, wxSizerFlags().Expand().Border());
  column->Add(list_, wxSizerFlags(1).Expand());
  SetSizer(column);
}

void DossierList::BindFilter() {
  filter_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { Find(); });
  filter_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) {
    FocusRows();
    open_first_ = true;
    Find();
  });
  filter_->Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_ESCAPE)
      ClearFilter();
    else
      event.Skip();
  });
}

void DossierList::ShowView(store::View view) {
  if (shown_) KeepLayout();
  shown_ = true;
  view_ = view;
  chosen_id_.clear();
  filter_->ChangeValue("");
  kept_ = keeper_.load(flows::NameOf(view_));
  columns_->Show(flows::DecodeLayout(kept_));
  rows_->Take({});  // Those of another view must not be taken for this one's.
  Sort();
}

void DossierList::Sort() {
  KeepLayout();
  Find();
}

void DossierList::ClearFilter() {
  filter_->ChangeValue("");
  Find();
  FocusRows();
}

void DossierList::Reload() {
  if (reader_ != nullptr) reader_->finder.Forget();
  Find();
}

void DossierList::Find() {
  if (reader_ == nullptr) {
    count_->SetLabel(T("Chưa đọc được danh sách"));
    return;
  }
  const flows::ListLayout layout = columns_->Layout();
  const flows::ListWish wish{view_, layout.order, layout.descending, Utf8(filter_->GetValue())};
  const int number = ++reader_->asked;
  reader_->open->store().database().Interrupt();
  const auto deliver = Deliver(*this, [this, number](const base::Result<flows::ListFound>& found) {
    if (number == reader_->asked) Found(found);
  });
  const bool is_new = rows_->rows().count() == 0;
  worker_.Post([deliver, wish, number, is_new, reader = reader_] {
    if (number != reader->asked) return;
    if (is_new)
      if (const auto first = reader->finder.First(wish)) deliver(base::Result(*first));
    const auto found = reader->finder.Find(wish);
    if (number == reader->asked) deliver(found);
  });
}

void DossierList::Choose(unsigned row) {
  const store::DossierRow* dossier = rows_->rows().At(row);
  if (dossier == nullptr || dossier->id == chosen_id_) return;
  chosen_id_ = dossier->id;
  rows_->MarkChosen(chosen_id_);
  chosen_(chosen_id_);
}

void DossierList::OpenFirst() {
  open_first_ = false;
  if (rows_->rows().count() == 0) return;
  list_->Select(rows_->GetItem(0));
  list_->SetCurrentItem(rows_->GetItem(0));
  Choose(0);
}

void DossierList::Found(base::Result<flows::ListFound> found) {
  const wxString count = found ? CountOf(*found) : T(flows::Explain(found.error()).what.c_str());
  Show(found ? *std::move(found) : flows::ListFound());
  count_->SetLabel(count);
  count_->SetToolTip(count);
  Layout();
}

void DossierList::Show(flows::ListFound found) {
  rows_->Take(std::move(found));
  list_->UnselectAll();
  flows::ListRows& rows = rows_->rows();
  const auto row = chosen_id_.empty() ? std::nullopt : rows.Find(chosen_id_);
  if (open_first_) {
    OpenFirst();
  } else if (chosen_id_.empty() && list_->HasFocus()) {
    first_seen_.StartOnce(kSeenMs);
  } else if (row) {
    const wxDataViewItem item = rows_->GetItem(static_cast<unsigned>(*row));
    list_->Select(item);
    list_->EnsureVisible(item);
  }
}

wxString DossierList::CountOf(const flows::ListFound& found) const {
  if (!found.is_all) return T("Đang đếm…");
  wxString count = Number(found.found);
  if (!filter_->IsEmpty()) count += " / " + Number(found.in_view);
  count += " " + T("hồ sơ");
  if (found.found > found.shown.size())
    count +=
        wxString::FromUTF8(" – ") + T("hiện") + " " + Number(found.shown.size()) + " " + T("đầu");
  return count;
}

void DossierList::KeepLayout() {
  const std::string layout = flows::EncodeLayout(columns_->Layout());
  if (!shown_ || layout == kept_) return;
  kept_ = layout;
  keeper_.save(flows::NameOf(view_), layout);
}

void DossierList::FocusFilter() {
  filter_->SetFocus();
  filter_->SelectAll();
}

void DossierList::FocusRows() {
  list_->SetFocus();
}

}  // namespace hoso::ui
