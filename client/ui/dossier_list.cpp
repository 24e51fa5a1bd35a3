#include "client/ui/dossier_list.h"

#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>

#include <map>

#include "client/flows/due_words.h"
#include "client/flows/list_flow.h"
#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

constexpr std::int64_t kPage = 200;
constexpr std::int64_t kFound = 500;  // Shown of what a filter finds; the count says of how many.
constexpr int kTypingPauseMs = 150;

enum Column { kCode, kApplicant, kDue, kStateName, kSigns, kProcedure, kColumns };

wxString DueText(const flows::DueWords& due) {
  switch (due.level) {
    case flows::DueLevel::kLate:
      return wxString::FromUTF8("⛔ ") + T(due.text.c_str());
    case flows::DueLevel::kToday:
    case flows::DueLevel::kSoon:
      return wxString::FromUTF8("▲ ") + T(due.text.c_str());
    case flows::DueLevel::kFine:
      return wxString::FromUTF8("✔ ") + T(due.text.c_str());
    case flows::DueLevel::kNone:
      break;
  }
  return T(due.text.c_str());
}

wxString Signs(const store::DossierRow& row) {
  wxString signs;
  if (row.conflicts > 0) signs += T("Xung đột") + " ";
  if (row.set_aside > 0) signs += T("Để riêng") + " ";
  if (row.unsent > 0) signs += T("Chờ gửi");
  return signs;
}

}  // namespace

/// The rows in sight and near it; the rest stays in the database.
class DossierList::Rows : public wxDataViewVirtualListModel {
 public:
  explicit Rows(flows::OpenDesk& open) : wxDataViewVirtualListModel(0), open_(open) {}

  std::int64_t total() const { return total_; }
  std::int64_t shown() const { return shown_; }

  void Show(store::View view, std::string filter) {
    view_ = view;
    filter_ = std::move(filter);
    pages_.clear();
    if (filter_.empty()) {
      total_ = shown_ = Page(0).total;
    } else if (auto found = open_.store().Search(filter_, kFound)) {
      total_ = found->total;
      shown_ = static_cast<std::int64_t>(found->rows.size());
      pages_[0] = std::move(*found);
    }
    Reset(static_cast<unsigned>(shown_));
  }

  const store::DossierRow* At(unsigned row) {
    const auto& page = filter_.empty() ? Page(row / kPage) : pages_[0];
    const std::size_t index = filter_.empty() ? row % kPage : row;
    return index < page.rows.size() ? &page.rows[index] : nullptr;
  }

  void GetValueByRow(wxVariant& value, unsigned row, unsigned column) const override {
    const store::DossierRow* dossier = const_cast<Rows*>(this)->At(row);
    value = dossier == nullptr ? wxString() : Cell(*dossier, column);
  }
  bool SetValueByRow(const wxVariant&, unsigned, unsigned) override { return false; }
  bool GetAttrByRow(unsigned row, unsigned column, wxDataViewItemAttr& attr) const override {
    const store::DossierRow* dossier = const_cast<Rows*>(this)->At(row);
    if (dossier == nullptr || column != kDue) return false;
    const auto level = Due(*dossier).level;
    if (level == flows::DueLevel::kLate) attr.SetColour(wxColour(0xB3, 0x26, 0x1E));
    return level == flows::DueLevel::kLate;
  }

 private:
  const store::DossierList& Page(std::int64_t number) {
    const auto known = pages_.find(number);
    if (known != pages_.end()) return known->second;
    if (pages_.size() > 16) pages_.clear();
    auto read = flows::ListDossiers(open_, view_, kPage, number * kPage);
    return pages_[number] = read ? std::move(*read) : store::DossierList();
  }
  flows::DueWords Due(const store::DossierRow& row) const {
    return flows::DueInWords(open_.catalogue().WorkingCalendar(), row.due, row.state,
                             open_.Now().day);
  }
  wxString Cell(const store::DossierRow& row, unsigned column) const {
    switch (column) {
      case kCode:
        return Wx(row.code.empty() ? row.provisional_code : row.code);
      case kApplicant:
        return Wx(row.applicant);
      case kProcedure: {
        const auto* procedure = open_.catalogue().FindProcedure(row.procedure);
        return Wx(procedure == nullptr ? row.procedure : procedure->name);
      }
      case kStateName:
        return Wx(open_.catalogue().StateName(row.state));
      case kDue:
        return DueText(Due(row));
      default:
        return Signs(row);
    }
  }

  flows::OpenDesk& open_;
  store::View view_ = store::View::kAll;
  std::string filter_;
  std::map<std::int64_t, store::DossierList> pages_;
  std::int64_t total_ = 0, shown_ = 0;
};

DossierList::DossierList(wxWindow* parent, flows::OpenDesk& open, Chosen chosen)
    : wxPanel(parent), open_(open), chosen_(std::move(chosen)), rows_(new Rows(open)) {
  filter_ = new wxTextCtrl(this, wxID_ANY);
  filter_->SetHint(T("Lọc nhanh: tên, mã, số định danh, thửa đất…"));
  SetAccessibleName(*filter_, T("Lọc nhanh"));
  count_ = new wxStaticText(this, wxID_ANY, "");
  list_ = new wxDataViewCtrl(this, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                             wxDV_ROW_LINES | wxDV_SINGLE);
  SetAccessibleName(*list_, T("Danh sách hồ sơ"));
  list_->AssociateModel(rows_.get());
  const std::pair<const char*, int> columns[kColumns] = {{"Mã hồ sơ", 175}, {"Người nộp", 150},
                                                         {"Hạn", 165},      {"Bước", 110},
                                                         {"Lưu ý", 90},     {"Thủ tục", 260}};
  for (unsigned i = 0; i < kColumns; ++i)
    list_->AppendTextColumn(T(columns[i].first), i, wxDATAVIEW_CELL_INERT,
                            FromDIP(columns[i].second), wxALIGN_LEFT,
                            wxDATAVIEW_COL_RESIZABLE | wxDATAVIEW_COL_REORDERABLE);
  auto* top = new wxBoxSizer(wxHORIZONTAL);
  top->Add(filter_, wxSizerFlags(1).Expand());
  top->Add(count_, wxSizerFlags().CenterVertical().Border(wxLEFT));
  auto* column = new wxBoxSizer(wxVERTICAL);
  column->Add(top, wxSizerFlags().Expand().Border());
  column->Add(list_, wxSizerFlags(1).Expand());
  SetSizer(column);

  typing_.SetOwner(this);
  Bind(wxEVT_TIMER, [this](wxTimerEvent&) { Filter(); });
  filter_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { typing_.StartOnce(kTypingPauseMs); });
  list_->Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent& event) {
    // Rows that are read again lose their selection; the dossier being worked on stays in sight.
    const store::DossierRow* row =
        event.GetItem().IsOk() ? rows_->At(rows_->GetRow(event.GetItem())) : nullptr;
    if (row == nullptr || row->id == chosen_id_) return;
    chosen_id_ = row->id;
    chosen_(chosen_id_);
  });
}

void DossierList::ShowView(store::View view) {
  view_ = view;
  chosen_id_.clear();
  filter_->ChangeValue("");
  Filter();
}

void DossierList::Filter() {
  rows_->Show(view_, Utf8(filter_->GetValue()));
  ShowCount();
}

void DossierList::Reload() {
  const std::string before = chosen_id_;
  Filter();
  for (unsigned row = 0; row < kPage && row < rows_->shown(); ++row) {
    const store::DossierRow* dossier = rows_->At(row);
    if (dossier == nullptr || dossier->id != before) continue;
    list_->Select(rows_->GetItem(row));
    break;
  }
}

void DossierList::ShowCount() {
  const auto number = [](std::int64_t n) { return Wx(text::NumberToScreen(std::to_string(n))); };
  count_->SetLabel(rows_->shown() == rows_->total()
                       ? number(rows_->total()) + " " + T("hồ sơ")
                       : T("hiện") + " " + number(rows_->shown()) + " / " + number(rows_->total()) +
                             " " + T("hồ sơ"));
  Layout();
}

void DossierList::FocusFilter() {
  filter_->SetFocus();
  filter_->SelectAll();
}

void DossierList::FocusRows() {
  list_->SetFocus();
}

}  // namespace hoso::ui
