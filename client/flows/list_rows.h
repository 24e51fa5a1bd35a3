#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// Which dossiers a list is to show, and in what order.
struct ListWish {
  store::View view = store::View::kAll;
  store::Order order = store::Order::kDue;
  bool descending = false;
  /// Of the view's those with all these words, with or without accents; where accents were typed,
  /// what is written so comes first. "" for all.
  std::string filter = {};
};

struct ListFound {
  store::RowNumbers shown;  // In their order; the first ListFinder::kMost.
  std::size_t found = 0;    // By the filter: may be more.
  std::size_t in_view = 0;  // Without the filter.
  bool is_all = true;       // False for the first few, before all are counted.
};

/// Finds the rows of lists. That walks over every dossier of the desk, so a window gives it a
/// thread and a connection of its own. Not for two threads at once, Forget() aside.
class ListFinder {
 public:
  /// Nobody scrolls further, and to hand a hundred thousand rows to a window takes it longer than
  /// to find them: all are counted, sorted and filtered.
  static constexpr std::size_t kMost = 10'000;

  explicit ListFinder(OpenDesk& open) : open_(open) {}

  /// What is in sight first, at once, where that is known without reading the rest.
  std::optional<ListFound> First(const ListWish& wish);
  /// What was read for the wish before serves for this one as far as they are the same.
  base::Result<ListFound> Find(const ListWish& wish);
  /// Something was written. Any thread.
  void Forget() { stale_ = true; }

 private:
  using Set = std::vector<bool>;  // By a row's number.
  store::ListQuery QueryFor(const ListWish& wish) const;
  base::Result<store::RowNumbers> Read(const ListWish& wish);
  base::Status ReadAll(const ListWish& wish);
  Set SetOf(const store::RowNumbers& numbers) const;

  OpenDesk& open_;
  std::atomic<bool> stale_ = true;
  ListWish read_;  // What `all_` was read for.
  store::RowNumbers all_;
  std::size_t numbers_ = 0;  // Beyond the last number in `all_`.
  store::MatchMemory typed_;
};

/// The rows of one list on the screen. Which there are stays until others are taken, so that
/// nothing moves under an officer while an exchange runs in another connection; the rows
/// themselves are read as they come into sight.
class ListRows {
 public:
  explicit ListRows(OpenDesk& open) : open_(open) {}

  void Take(ListFound found);

  std::size_t count() const { return found_.shown.size(); }
  const ListFound& found() const { return found_; }
  /// Valid until the next call of anything here; null beyond the end or if it can't be read.
  const store::DossierRow* At(std::size_t index);
  std::optional<std::size_t> Find(const std::string& id);

 private:
  OpenDesk& open_;
  ListFound found_;
  std::map<std::size_t, std::vector<store::DossierRow>> pages_;
};

}  // namespace hoso::flows
