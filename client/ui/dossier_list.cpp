#include "client/ui/dossier_list.h"

#include <wx/button.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include "client/flows/explain.h"
#include "client/ui/dossier_rows.h"
#include "client/ui/list_columns.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

constexpr int kTypingPauseMs = 60;

wxString Number(std::size_t n) {
  return Wx(text::NumberToScreen(std::to_string(n)));
}

}  // namespace

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
  choose_->Bind(wxEVT_BUTTON,
                [this](wxCommandEvent&) { CallAfter([this] { columns_->Choose(*choose_); }); });
  list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent& event) {
    // Rows that are read again lose their selection; the dossier being worked on stays in sight.
    if (event.GetItem().IsOk()) Choose(rows_->GetRow(event.GetItem()));
  });
}

DossierList::~DossierList() {
  KeepLayout();
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
  typing_.SetOwner(this);
  Bind(wxEVT_TIMER, [this](wxTimerEvent&) { Filter(); });
  filter_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { typing_.StartOnce(kTypingPauseMs); });
  filter_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) {
    Filter();
    FocusRows();
    if (rows_->rows().count() == 0) return;
    list_->Select(rows_->GetItem(0));
    list_->SetCurrentItem(rows_->GetItem(0));
    Choose(0);
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
  typing_.Stop();
  filter_->ChangeValue("");
  (void)rows_->rows().Filter("").has_value();
  kept_ = keeper_.load(flows::NameOf(view_));
  columns_->Show(flows::DecodeLayout(kept_));
  Sort();
}

void DossierList::Sort() {
  const flows::ListLayout layout = columns_->Layout();
  Told(rows_->rows().Show(view_, layout.order, layout.descending));
  KeepLayout();
}

void DossierList::Filter() {
  typing_.Stop();
  Told(rows_->rows().Filter(Utf8(filter_->GetValue())));
}

void DossierList::ClearFilter() {
  filter_->ChangeValue("");
  Filter();
  FocusRows();
}

void DossierList::Reload() {
  Told(rows_->rows().Reload());
}

void DossierList::Choose(unsigned row) {
  const store::DossierRow* dossier = rows_->rows().At(row);
  if (dossier == nullptr || dossier->id == chosen_id_) return;
  chosen_id_ = dossier->id;
  rows_->MarkChosen(chosen_id_);
  chosen_(chosen_id_);
}

void DossierList::Told(const base::Status& status) {
  flows::ListRows& rows = rows_->rows();
  rows_->Tell();
  list_->UnselectAll();
  if (!chosen_id_.empty()) {
    if (const auto row = rows.Find(chosen_id_)) {
      const wxDataViewItem item = rows_->GetItem(static_cast<unsigned>(*row));
      list_->Select(item);
      list_->EnsureVisible(item);
    }
  }
  wxString count = Number(rows.found());
  if (!filter_->IsEmpty()) count += " / " + Number(rows.in_view());
  count += " " + T("hồ sơ");
  if (rows.found() > rows.count())
    count += wxString::FromUTF8(" – ") + T("hiện") + " " + Number(rows.count()) + " " + T("đầu");
  if (!status) count = T(flows::Explain(status.error()).what.c_str());
  count_->SetLabel(count);
  count_->SetToolTip(count);
  Layout();
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
