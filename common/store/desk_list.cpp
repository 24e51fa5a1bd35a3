#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "common/store/desk_rows.h"
#include "common/store/guard.h"
#include "common/store/soci.h"
#include "common/store/sqlite_raw.h"

namespace hoso::store {
namespace {

// Neither in a pause nor at an end: only there a date still counts.
#define HOSO_OPEN "d.state IN (2, 4, 6)"

/// The condition of a view; it may name :officer, :today and :soon.
const char* ConditionOf(View view) {
  switch (view) {
    case View::kAll:
      return "d.state > 0";
    case View::kMine:
      return "d.state > 0 AND d.owner = :officer";
    case View::kOverdue:
      return HOSO_OPEN " AND d.due_order < :today";
    case View::kToday:
      return HOSO_OPEN " AND d.due_order = :today";
    case View::kSoon:
      return HOSO_OPEN " AND d.due_order >= :today AND d.due_order <= :soon";
    case View::kApproval:
      return "d.state = 4 AND d.stage IN ('proposed', 'reviewed')";
    case View::kDrafts:
      return "d.state > 0 AND d.unsent > 0 AND d.code = ''";
    case View::kConflicts:
      return "d.state > 0 AND d.conflicts > 0";
    case View::kSetAside:
      return "d.set_aside > 0";
  }
  return "d.state > 0";
}

#undef HOSO_OPEN

NamedTexts ValuesOf(const ListQuery& query) {
  return {{"officer", query.officer}, {"today", query.today}, {"soon", query.soon}};
}

/// The expression of an index of its own; kDue's is in the indexes of the views too.
const char* KeyOf(Order order) {
  switch (order) {
    case Order::kDue:
      return "d.due_order, d.received_at";
    case Order::kCode:
      return "CASE d.code WHEN '' THEN d.provisional_code ELSE d.code END";
    case Order::kApplicant:
      return "d.applicant_key";
    case Order::kStep:
      return "d.state, d.stage";
    case Order::kSigns:
      return "-4 * (d.conflicts > 0) - 2 * (d.set_aside > 0) - (d.unsent > 0)";
    case Order::kProcedure:
      return "d.procedure";
    case Order::kAssignee:
      return "d.assignee";
    case Order::kReceived:
      return "d.received_at";
    case Order::kParcel:
      return "CAST(d.sheet AS INTEGER), d.sheet, CAST(d.parcel AS INTEGER), d.parcel";
  }
  return "d.number";
}

/// The narrowest index that has all a view's condition asks for; left alone, the library prefers
/// those that would also sort.
const char* NarrowestOf(View view) {
  switch (view) {
    case View::kAll:
    case View::kApproval:
      return " INDEXED BY dossier_by_step";
    case View::kMine:
      return " INDEXED BY dossier_owner_state";
    case View::kOverdue:
    case View::kToday:
    case View::kSoon:
      return " INDEXED BY dossier_state_due";
    default:
      return "";  // Partial ones, with few rows.
  }
}

/// The index that has a view's rows in the order of what is due first; left alone, the library
/// reads the dossiers themselves to look up what it then has to sort.
const char* OrderedOf(View view) {
  switch (view) {
    case View::kMine:
      return " INDEXED BY dossier_by_owner";
    case View::kAll:
    case View::kOverdue:
    case View::kToday:
    case View::kSoon:
      return " INDEXED BY dossier_by_due";
    default:
      return "";
  }
}

std::string FromView(View view) {
  return std::string(" FROM dossier d") + NarrowestOf(view) + " WHERE " + ConditionOf(view);
}

RowNumbers Select(soci::session& sql, const std::string& from, const NamedTexts& values) {
  RowNumbers numbers;
  ForEachNumber(sql, "SELECT d.number" + from, values,
                [&](std::int64_t number, std::string_view) { numbers.push_back(number); });
  return numbers;
}

/// All dossiers by the place of what `column` holds among `ids`.
RowNumbers ByIds(soci::session& sql, const std::string& column,
                 const std::vector<std::string>& ids) {
  std::map<std::string, RowNumbers, std::less<>> groups;
  auto group = groups.end();
  ForEachNumber(sql, "SELECT d.number, " + column + " FROM dossier d ORDER BY 2, 1", {},
                [&](std::int64_t number, std::string_view id) {
                  if (group == groups.end() || group->first != id)
                    group = groups.emplace(id, RowNumbers()).first;
                  group->second.push_back(number);
                });
  RowNumbers numbers;
  const auto take = [&](const RowNumbers& more) {
    numbers.insert(numbers.end(), more.begin(), more.end());
  };
  for (const std::string& id : ids)
    if (auto node = groups.extract(id)) take(node.mapped());
  for (const auto& [id, rest] : groups) take(rest);
  return numbers;
}

/// Two runs over narrow indexes, one for the view and one for the order, cost less than one over
/// an index that would have to hold what both need.
RowNumbers InView(soci::session& sql, const ListQuery& query, RowNumbers ordered) {
  const RowNumbers view = Select(sql, FromView(query.view), ValuesOf(query));
  const auto last = std::max_element(view.begin(), view.end());
  std::vector<bool> in_view(last == view.end() ? 1 : static_cast<std::size_t>(*last) + 1);
  for (const std::int64_t number : view) in_view[static_cast<std::size_t>(number)] = true;
  std::erase_if(ordered, [&](std::int64_t number) {
    const auto at = static_cast<std::size_t>(number);
    return at >= in_view.size() || !in_view[at];
  });
  return ordered;
}

/// By what is due first: every view has an index in that order.
RowNumbers ByDue(soci::session& sql, const ListQuery& query, const std::string& limit = "") {
  return Select(sql,
                std::string(" FROM dossier d") + OrderedOf(query.view) + " WHERE " +
                    ConditionOf(query.view) + " ORDER BY " + KeyOf(Order::kDue) + ", d.number" +
                    limit,
                ValuesOf(query));
}

RowNumbers Ordered(soci::session& sql, const ListQuery& query) {
  const std::string by = std::string(" ORDER BY ") + KeyOf(query.order);
  switch (query.order) {
    case Order::kDue:
      return ByDue(sql, query);
    case Order::kProcedure:
    case Order::kAssignee:
      return InView(sql, query, ByIds(sql, KeyOf(query.order), query.ids));
    default:
      return InView(sql, query, Select(sql, " FROM dossier d" + by + ", d.number", {}));
  }
}

}  // namespace

base::Result<RowNumbers> DeskStore::Numbers(const ListQuery& query) {
  return Ask([&] {
    RowNumbers numbers = Ordered(database_.sql(), query);
    if (query.descending) std::reverse(numbers.begin(), numbers.end());
    return numbers;
  });
}

base::Result<RowNumbers> DeskStore::FirstNumbers(const ListQuery& query, std::size_t most) {
  if (query.order != Order::kDue || query.descending) return RowNumbers();
  return Ask([&] { return ByDue(database_.sql(), query, " LIMIT " + std::to_string(most)); });
}

base::Result<std::vector<DossierRow>> DeskStore::Rows(const RowNumbers& numbers) {
  return Ask([&] { return ReadNumbers(database_.sql(), numbers, " ORDER BY one.key"); });
}

base::Result<std::optional<std::int64_t>> DeskStore::NumberOf(const std::string& id) {
  return Ask([&]() -> std::optional<std::int64_t> {
    long long number = 0;
    soci::session& sql = database_.sql();
    sql << "SELECT number FROM dossier WHERE id = :id", soci::use(id, "id"), soci::into(number);
    return sql.got_data() ? std::optional<std::int64_t>(number) : std::nullopt;
  });
}

base::Result<std::vector<std::int64_t>> DeskStore::Counts(const std::vector<ListQuery>& queries) {
  return Ask([&] {
    std::vector<std::int64_t> counts;
    for (const ListQuery& query : queries)
      ForEachNumber(database_.sql(), "SELECT count(*)" + FromView(query.view), ValuesOf(query),
                    [&](std::int64_t count, std::string_view) { counts.push_back(count); });
    return counts;
  });
}

base::Result<DossierList> DeskStore::List(const ListQuery& query) {
  HOSO_TRY_ASSIGN(const RowNumbers all, Numbers(query));
  DossierList list;
  list.total = static_cast<std::int64_t>(all.size());
  const auto size = static_cast<std::int64_t>(all.size());
  const auto first = std::clamp<std::int64_t>(query.offset, 0, size);
  const auto count = std::clamp<std::int64_t>(query.limit, 0, size - first);
  HOSO_TRY_ASSIGN(list.rows, Rows(RowNumbers(all.begin() + first, all.begin() + first + count)));
  return list;
}

}  // namespace hoso::store
