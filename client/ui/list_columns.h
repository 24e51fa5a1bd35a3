#pragma once

#include <functional>
#include <vector>

#include "client/flows/list_layout.h"

class wxDataViewColumn;
class wxDataViewCtrl;
class wxWindow;

namespace hoso::ui {

/// The columns of a list of dossiers: in the officer's order and widths, sorted by the one whose
/// header was pressed last.
class ListColumns {
 public:
  /// For a list that has its model. `sorted` after a header was pressed, `chosen` after another set
  /// of columns was.
  ListColumns(wxDataViewCtrl& list, std::function<void()> sorted, std::function<void()> chosen);

  void Show(const flows::ListLayout& layout);
  flows::ListLayout Layout() const;  // As it is now, with what was dragged.
  /// Every column to be ticked or not, and the way back, as a menu under `below`.
  void Choose(wxWindow& below);

 private:
  void SortBy(const wxDataViewColumn& column);
  int WidthOf(store::Order what) const;  // As it was shown.
  void Toggle(store::Order what);

  wxDataViewCtrl& list_;
  std::function<void()> sorted_, chosen_;
  flows::ListLayout layout_;
  std::vector<wxDataViewColumn*> columns_;  // Those in sight.
};

}  // namespace hoso::ui
