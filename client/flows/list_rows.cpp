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

base::Status ListRows::Show(store::View view, store::Order order, bool descending) {
  view_ = view;
  order_ = order;
  descending_ = descending;
  all_.clear();
  shown_.clear();
  pages_.clear();
  store::ListQuery query = QueryOf(open_, view);
  query.order = order;
  query.descending = descending;
  HOSO_TRY_ASSIGN(query.ids, IdsByName(open_, order));
  HOSO_TRY_ASSIGN(all_, open_.store().Numbers(query));
  const auto last = std::max_element(all_.begin(), all_.end());
  numbers_ = last == all_.end() ? 0 : static_cast<std::size_t>(*last) + 1;
  return Filter(filter_);
}

ListRows::Set ListRows::SetOf(const store::RowNumbers& numbers) const {
  Set set(numbers_);
  for (const std::int64_t number : numbers)
    if (static_cast<std::size_t>(number) < numbers_) set[static_cast<std::size_t>(number)] = true;
  return set;
}

base::Status ListRows::Filter(const std::string& text) {
  filter_ = text;
  pages_.clear();
  shown_.assign(all_.begin(),
                all_.begin() + static_cast<std::ptrdiff_t>(std::min(all_.size(), kMost)));
  found_ = all_.size();
  if (text.find_first_not_of(' ') == std::string::npos) return {};
  shown_.clear();
  found_ = 0;
  HOSO_TRY_ASSIGN(const store::Matches matches, open_.store().Matching(text));
  for (const store::RowNumbers* some : {&matches.as_written, &matches.others}) {
    if (some->empty()) continue;
    const Set found = SetOf(*some);
    for (const std::int64_t number : all_) {
      if (!found[static_cast<std::size_t>(number)]) continue;
      if (++found_ <= kMost) shown_.push_back(number);
    }
  }
  return {};
}

const store::DossierRow* ListRows::At(std::size_t index) {
  if (index >= shown_.size()) return nullptr;
  const std::size_t number = index / kPage;
  auto page = pages_.find(number);
  if (page == pages_.end()) {
    if (pages_.size() >= kMostPages) pages_.clear();
    const auto first = shown_.begin() + static_cast<std::ptrdiff_t>(number * kPage);
    const auto size = std::min(kPage, shown_.size() - number * kPage);
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
  const auto found = std::find(shown_.begin(), shown_.end(), **number);
  if (found == shown_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - shown_.begin());
}

}  // namespace hoso::flows
