#include "client/flows/list_rows.h"

#include <algorithm>
#include <utility>

#include "client/flows/list_flow.h"
#include "common/text/sort.h"

namespace hoso::flows {
namespace {

constexpr std::size_t kPage = 100, kMostPages = 32;

/// Ids of procedures or of people in the order of their names.
base::Result<std::vector<std::string>> IdsByName(OpenDesk& open, store::Order order) {
  std::vector<std::pair<std::string, std::string>> named;
  if (order == store::Order::kProcedure) {
    for (const catalog::Procedure& procedure : open.catalogue().Procedures())
      named.emplace_back(text::SortKey(procedure.name), procedure.code);
  } else if (order == store::Order::kAssignee) {
    HOSO_TRY_ASSIGN(const auto people, open.desk().People());
    for (const protocol::Person& person : people)
      named.emplace_back(text::NameSortKey(person.name), person.id);
  }
  std::sort(named.begin(), named.end());
  std::vector<std::string> ids;
  for (auto& [key, id] : named) ids.push_back(std::move(id));
  // Nobody yet comes after everybody; unnamed ids after that.
  if (order == store::Order::kAssignee) ids.emplace_back();
  return ids;
}

}  // namespace

store::ListQuery ListFinder::QueryFor(const ListWish& wish) const {
  store::ListQuery query = QueryOf(open_, wish.view);
  query.order = wish.order;
  query.descending = wish.descending;
  return query;
}

std::optional<ListFound> ListFinder::First(const ListWish& wish) {
  constexpr std::size_t kInSight = 100;
  if (!wish.filter.empty()) return std::nullopt;
  auto numbers = open_.store().FirstNumbers(QueryFor(wish), kInSight);
  if (!numbers || numbers->empty()) return std::nullopt;
  ListFound first;
  first.shown = *std::move(numbers);
  first.is_all = false;
  return first;
}

base::Result<store::RowNumbers> ListFinder::Read(const ListWish& wish) {
  store::ListQuery query = QueryFor(wish);
  HOSO_TRY_ASSIGN(query.ids, IdsByName(open_, wish.order));
  return open_.store().Numbers(query);
}

base::Status ListFinder::ReadAll(const ListWish& wish) {
  const bool stale = stale_.exchange(false);
  if (stale) typed_.clear();
  if (!stale && wish.view == read_.view && wish.order == read_.order &&
      wish.descending == read_.descending)
    return {};
  auto all = Read(wish);
  if (!all) {
    stale_ = true;
    return all.error();
  }
  all_ = *std::move(all);
  read_ = wish;
  const auto last = std::max_element(all_.begin(), all_.end());
  numbers_ = last == all_.end() ? 0 : static_cast<std::size_t>(*last) + 1;
  return {};
}

ListFinder::Set ListFinder::SetOf(const store::RowNumbers& numbers) const {
  Set set(numbers_);
  for (const std::int64_t number : numbers)
    if (static_cast<std::size_t>(number) < numbers_) set[static_cast<std::size_t>(number)] = true;
  return set;
}

base::Result<ListFound> ListFinder::Find(const ListWish& wish) {
  HOSO_TRY(ReadAll(wish));
  ListFound result;
  result.in_view = all_.size();
  if (wish.filter.find_first_not_of(' ') == std::string::npos) {
    result.found = all_.size();
    const auto size = static_cast<std::ptrdiff_t>(std::min(all_.size(), kMost));
    result.shown.assign(all_.begin(), all_.begin() + size);
    return result;
  }
  HOSO_TRY_ASSIGN(const store::Matches matches, open_.store().Matching(wish.filter, typed_));
  for (const store::RowNumbers* some : {&matches.as_written, &matches.others}) {
    if (some->empty()) continue;
    const Set found = SetOf(*some);
    for (const std::int64_t number : all_) {
      if (!found[static_cast<std::size_t>(number)]) continue;
      if (++result.found <= kMost) result.shown.push_back(number);
    }
  }
  return result;
}

void ListRows::Take(ListFound found) {
  found_ = std::move(found);
  pages_.clear();
}

const store::DossierRow* ListRows::At(std::size_t index) {
  const store::RowNumbers& shown = found_.shown;
  if (index >= shown.size()) return nullptr;
  const std::size_t number = index / kPage;
  auto page = pages_.find(number);
  if (page == pages_.end()) {
    if (pages_.size() >= kMostPages) pages_.clear();
    const auto first = shown.begin() + static_cast<std::ptrdiff_t>(number * kPage);
    const auto size = std::min(kPage, shown.size() - number * kPage);
    auto rows =
        open_.store().Rows(store::RowNumbers(first, first + static_cast<std::ptrdiff_t>(size)));
    if (!rows) return nullptr;
    page = pages_.emplace(number, std::move(*rows)).first;
  }
  const std::size_t place = index % kPage;
  return place < page->second.size() ? &page->second[place] : nullptr;
}

std::optional<std::size_t> ListRows::Find(const std::string& id) {
  const auto number = open_.store().NumberOf(id);
  if (!number || !*number) return std::nullopt;
  const auto found = std::find(found_.shown.begin(), found_.shown.end(), **number);
  if (found == found_.shown.end()) return std::nullopt;
  return static_cast<std::size_t>(found - found_.shown.begin());
}

}  // namespace hoso::flows
