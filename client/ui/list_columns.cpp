#include "client/ui/list_columns.h"

#include <wx/dataview.h>
#include <wx/menu.h>

#include <algorithm>
#include <utility>

#include "client/ui/words.h"

namespace hoso::ui {
namespace {

using flows::ListLayout;
using store::Order;

const char* TitleOf(Order what) {
  switch (what) {
    case Order::kCode:
      return "Mã hồ sơ";
    case Order::kApplicant:
      return "Người nộp";
    case Order::kDue:
      return "Hạn";
    case Order::kStep:
      return "Bước";
    case Order::kSigns:
      return "Lưu ý";
    case Order::kProcedure:
      return "Thủ tục";
    case Order::kAssignee:
      return "Người xử lý";
    case Order::kReceived:
      return "Ngày nhận";
    case Order::kParcel:
      return "Thửa đất";
  }
  return "";
}

/// A header that assistive technology presses sorts the model without an event of the list.
class OnResort : public wxDataViewModelNotifier {
 public:
  explicit OnResort(std::function<void()> run) : run_(std::move(run)) {}

  void Resort() override { run_(); }
  bool ItemAdded(const wxDataViewItem&, const wxDataViewItem&) override { return true; }
  bool ItemDeleted(const wxDataViewItem&, const wxDataViewItem&) override { return true; }
  bool ItemChanged(const wxDataViewItem&) override { return true; }
  bool ValueChanged(const wxDataViewItem&, unsigned) override { return true; }
  bool Cleared() override { return true; }

 private:
  std::function<void()> run_;
};

}  // namespace

ListColumns::ListColumns(wxDataViewCtrl& list, std::function<void()> sorted,
                         std::function<void()> chosen)
    : list_(list), sorted_(std::move(sorted)), chosen_(std::move(chosen)) {
  list_.GetModel()->AddNotifier(new OnResort([this] {
    // Later, when the arrow is where it belongs.
    list_.CallAfter([this] {
      for (const wxDataViewColumn* column : columns_)
        if (column->IsSortKey()) SortBy(*column);
    });
  }));
  list_.Bind(wxEVT_DATAVIEW_COLUMN_HEADER_RIGHT_CLICK,
             [this](wxDataViewEvent&) { list_.CallAfter([this] { Choose(list_); }); });
}

void ListColumns::Show(const ListLayout& layout) {
  layout_ = layout;
  list_.ClearColumns();
  columns_.clear();
  for (const ListLayout::Column& column : layout_.columns) {
    if (!column.shown) continue;
    columns_.push_back(list_.AppendTextColumn(
        T(TitleOf(column.what)), static_cast<unsigned>(column.what), wxDATAVIEW_CELL_INERT,
        list_.FromDIP(column.width), wxALIGN_LEFT,
        wxDATAVIEW_COL_RESIZABLE | wxDATAVIEW_COL_REORDERABLE | wxDATAVIEW_COL_SORTABLE));
    if (column.what == layout_.order) columns_.back()->SetSortOrder(!layout_.descending);
  }
}

void ListColumns::SortBy(const wxDataViewColumn& column) {
  const auto what = static_cast<Order>(column.GetModelColumn());
  const bool descending = !column.IsSortOrderAscending();
  if (what == layout_.order && descending == layout_.descending) return;
  layout_.order = what;
  layout_.descending = descending;
  sorted_();
}

int ListColumns::WidthOf(Order what) const {
  for (const ListLayout::Column& column : layout_.columns)
    if (column.what == what) return column.width;
  return 0;
}

ListLayout ListColumns::Layout() const {
  ListLayout layout = layout_;
  std::vector<std::pair<int, ListLayout::Column>> in_sight;
  const int last = static_cast<int>(columns_.size()) - 1;
  for (const wxDataViewColumn* column : columns_) {
    const int place = list_.GetColumnPosition(column);
    const auto what = static_cast<Order>(column->GetModelColumn());
    // A column that is not on the screen yet has no width, and the last one also has what is left
    // of the list's.
    const int width =
        column->GetWidth() <= 0 || place == last ? WidthOf(what) : list_.ToDIP(column->GetWidth());
    in_sight.push_back({place, {what, width, true}});
  }
  std::sort(in_sight.begin(), in_sight.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  // Those out of sight keep their places among the others.
  std::size_t next = 0;
  for (ListLayout::Column& column : layout.columns)
    if (column.shown) column = in_sight[next++].second;
  return layout;
}

void ListColumns::Choose(wxWindow& below) {
  constexpr int kFirst = 1;
  wxMenu menu;
  const ListLayout layout = Layout();
  for (const ListLayout::Column& column : layout.columns) {
    const int id = kFirst + static_cast<int>(column.what);
    menu.AppendCheckItem(id, T(TitleOf(column.what)))->Check(column.shown);
    menu.Bind(
        wxEVT_MENU, [this, what = column.what](wxCommandEvent&) { Toggle(what); }, id);
  }
  menu.AppendSeparator();
  const int back = kFirst + static_cast<int>(layout.columns.size());
  menu.Append(back, T("Trở về mặc định"));
  menu.Bind(
      wxEVT_MENU,
      [this](wxCommandEvent&) {
        Show(flows::DefaultLayout());
        chosen_();
      },
      back);
  below.PopupMenu(&menu, wxPoint(0, &below == &list_ ? 0 : below.GetSize().y));
}

void ListColumns::Toggle(Order what) {
  ListLayout layout = Layout();
  const auto in_sight = std::count_if(layout.columns.begin(), layout.columns.end(),
                                      [](const auto& column) { return column.shown; });
  for (ListLayout::Column& column : layout.columns)
    if (column.what == what && (!column.shown || in_sight > 1)) column.shown = !column.shown;
  Show(layout);
  chosen_();
}

}  // namespace hoso::ui
