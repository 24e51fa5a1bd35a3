#include <algorithm>
#include <string>
#include <vector>

#include "common/base/bytes.h"
#include "common/store/desk_rows.h"
#include "common/store/desk_text.h"
#include "common/store/guard.h"
#include "common/store/soci.h"
#include "common/text/fold.h"

namespace hoso::store {
namespace {

// Nobody types more; a whole pasted page must not become one query.
constexpr std::size_t kMaxWords = 32;

constexpr const char* kOrder = " ORDER BY d.due_order, d.received_at, d.id";
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

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

/// Every word as the start of a word of the column. Words hold letters and digits only, and each
/// stands in quotes, so nothing of it can act as an operator.
std::string MatchOf(const char* column, const std::vector<std::string>& words) {
  std::string match;
  for (std::size_t i = 0; i < std::min(words.size(), kMaxWords); ++i) {
    if (i > 0) match += " AND ";
    match.append(column).append(" : \"").append(words[i]).append("\" *");
  }
  return match;
}

DossierList Find(soci::session& sql, const std::string& folded, const std::string& exact,
                 long long limit) {
  const std::string matching =
      " FROM dossier_text JOIN dossier d ON d.number = dossier_text.rowid "
      "WHERE dossier_text MATCH :folded AND d.state > 0";
  DossierList list;
  long long total = 0;
  sql << "SELECT count(*)" + matching, soci::use(folded, "folded"), soci::into(total);
  list.total = total;
  DossierRows rows(sql);
  rows.Bind(folded, "folded");
  rows.Bind(exact, "exact");
  rows.Bind(limit, "limit");
  list.rows = rows.Read("SELECT " + std::string(kRowColumns) + matching +
                        " ORDER BY d.number NOT IN (SELECT rowid FROM dossier_text "
                        "WHERE dossier_text MATCH :exact), "
                        "d.due_order, d.received_at, d.id LIMIT :limit");
  return list;
}

}  // namespace

SearchText SearchTextOf(const change::DossierState& state) {
  std::string all = state.code + ' ' + state.provisional_code;
  for (const auto& [key, place] : state.registers)
    if (key.starts_with("field.")) all += ' ' + place.held.value;
  for (const change::Note& note : state.notes) all += ' ' + note.text;
  return {Join(text::Words(text::Fold(all))), Join(text::Words(text::Lower(all)))};
}

base::Result<DossierList> DeskStore::List(const ListQuery& query) {
  return Ask([&] {
    const std::string condition = ConditionOf(query.view);
    const std::string from = " FROM dossier d WHERE " + condition;
    const long long limit = query.limit, offset = query.offset;
    long long total = 0;
    soci::session& sql = database_.sql();
    soci::statement count(sql);
    DossierRows rows(sql);
    const auto bind = [&](const std::string& value, const char* name) {
      if (condition.find(std::string(":") + name) == std::string::npos) return;
      count.exchange(soci::use(value, name));
      rows.Bind(value, name);
    };
    bind(query.officer, "officer");
    bind(query.today, "today");
    bind(query.soon, "soon");
    count.exchange(soci::into(total));
    count.alloc();
    count.prepare("SELECT count(*)" + from);
    count.define_and_bind();
    count.execute(true);
    DossierList list;
    list.total = total;
    rows.Bind(limit, "limit");
    rows.Bind(offset, "offset");
    list.rows = rows.Read("SELECT " + std::string(kRowColumns) + from + kOrder +
                          " LIMIT :limit OFFSET :offset");
    return list;
  });
}

base::Result<DossierList> DeskStore::Search(const std::string& text, std::int64_t limit) {
  if (!base::IsUtf8(text)) return DossierList();
  const std::string folded = MatchOf("folded", text::Words(text::Fold(text)));
  const std::string exact = MatchOf("exact", text::Words(text::Lower(text)));
  if (folded.empty() || exact.empty()) return DossierList();
  return Ask([&] { return Find(database_.sql(), folded, exact, limit); });
}

base::Result<std::vector<std::string>> DeskStore::FindIds(const std::string& prefix) {
  std::vector<std::string> ids;
  if (prefix.empty()) return ids;
  const std::string end = prefix + '\x7f';  // After every letter an id can have.
  return Ask([&] {
    std::string id;
    soci::statement query =
        (database_.sql().prepare << "SELECT id FROM dossier WHERE id >= :start AND id < :end "
                                    "UNION SELECT id FROM dossier WHERE code = :code "
                                    "UNION SELECT id FROM dossier WHERE provisional_code = :own "
                                    "ORDER BY id LIMIT 2",
         soci::use(prefix, "start"), soci::use(end, "end"), soci::use(prefix, "code"),
         soci::use(prefix, "own"), soci::into(id));
    query.execute();
    while (query.fetch()) ids.push_back(id);
    return ids;
  });
}

}  // namespace hoso::store
