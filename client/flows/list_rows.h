#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// The rows of one list on the screen. Which rows there are and in what order is read at once and
/// stays until it is asked for again, so that nothing moves under an officer while an exchange runs
/// in another connection; the rows themselves are read as they come into sight. The first kMost
/// are rows and all are counted, sorted and filtered: nobody scrolls further, and to hand a hundred
/// thousand rows to a window takes it longer than to find them.
class ListRows {
 public:
  static constexpr std::size_t kMost = 10'000;

  explicit ListRows(OpenDesk& open) : open_(open) {}

  /// Reads a view in an order; the filter stays. After an error there are no rows.
  base::Status Show(store::View view, store::Order order, bool descending);
  base::Status Reload() { return Show(view_, order_, descending_); }
  /// Of the view's rows those with all these words, with or without accents; where accents were
  /// typed, what is written so comes first. "" shows all.
  base::Status Filter(const std::string& text);

  std::size_t count() const { return shown_.size(); }
  std::size_t found() const { return found_; }  // By the filter: more than count() beyond kMost.
  std::size_t in_view() const { return all_.size(); }  // Without the filter.
  /// Valid until the next call of anything here; null beyond the end or if it can't be read.
  const store::DossierRow* At(std::size_t index);
  std::optional<std::size_t> Find(const std::string& id);

 private:
  using Set = std::vector<bool>;  // By a row's number.
  Set SetOf(const store::RowNumbers& numbers) const;

  OpenDesk& open_;
  store::View view_ = store::View::kAll;
  store::Order order_ = store::Order::kDue;
  bool descending_ = false;
  std::string filter_;
  store::RowNumbers all_, shown_;
  std::size_t found_ = 0;
  std::size_t numbers_ = 0;  // Beyond the last number in `all_`.
  std::map<std::size_t, std::vector<store::DossierRow>> pages_;
};

}  // namespace hoso::flows
