#include <algorithm>
#include <iterator>
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

/// Every word as the start of a word. Words hold letters and digits only, and each stands in
/// quotes, so nothing of it can act as an operator.
std::string MatchOf(const std::vector<std::string>& words) {
  std::string match;
  for (std::size_t i = 0; i < std::min(words.size(), kMaxWords); ++i) {
    if (i > 0) match += " AND ";
    match.append("\"").append(words[i]).append("\" *");
  }
  return match;
}

bool IsNumber(const std::string& word) {
  return word.find_first_not_of("0123456789") == std::string::npos;
}

/// "0900 000 001" as "0900000001"; "" unless it is a telephone's or a person's number with
/// something between its digits.
std::string JoinedDigits(const std::vector<std::string>& words) {
  std::string joined;
  if (words.size() < 2 || !std::all_of(words.begin(), words.end(), IsNumber)) return joined;
  for (const std::string& word : words) joined += word;
  return joined.size() >= 9 ? joined : "";
}

void PutWords(std::string& text, const std::string& value) {
  const auto folded = text::Words(text::Fold(value)), exact = text::Words(text::Lower(value));
  for (const std::string& word : folded) text.append(word).append(1, ' ');
  for (std::size_t i = 0; i < exact.size(); ++i)
    if (i >= folded.size() || exact[i] != folded[i]) text.append(exact[i]).append(1, ' ');
  text.append(JoinedDigits(folded)).append(1, ' ');
}

using Numbers = std::vector<long long>;  // Of rows in dossier, ascending.

Numbers Matching(soci::session& sql, const std::string& match) {
  Numbers numbers;
  long long number = 0;
  soci::statement query =
      (sql.prepare << "SELECT rowid FROM dossier_text WHERE dossier_text MATCH :match "
                      "ORDER BY rowid",
       soci::use(match, "match"), soci::into(number));
  query.execute();
  while (query.fetch()) numbers.push_back(number);
  return numbers;
}

/// The first of many in the order of lists: walks all dossiers until enough of them are among them.
Numbers Walk(soci::session& sql, const Numbers& among, std::size_t most) {
  Numbers found;
  long long number = 0;
  soci::statement query =
      (sql.prepare << "SELECT d.number FROM dossier d" + std::string(kOrder), soci::into(number));
  query.execute();
  while (found.size() < most && query.fetch())
    if (std::binary_search(among.begin(), among.end(), number)) found.push_back(number);
  return found;
}

std::vector<DossierRow> First(soci::session& sql, Numbers numbers, std::size_t most) {
  constexpr std::size_t kFew = 2000;  // Cheaper to look up and sort than to walk.
  if (numbers.size() > kFew) numbers = Walk(sql, numbers, most);
  std::string list = "[";
  for (const long long number : numbers)
    list.append(list.size() > 1 ? "," : "").append(std::to_string(number));
  list += ']';
  const auto limit = static_cast<long long>(most);
  DossierRows rows(sql);
  rows.Bind(list, "list");
  rows.Bind(limit, "limit");
  return rows.Read("SELECT " + std::string(kRowColumns) +
                   " FROM json_each(:list) one JOIN dossier d ON d.number = one.value" + kOrder +
                   " LIMIT :limit");
}

DossierList Find(soci::session& sql, const std::string& folded, const std::string& exact,
                 std::size_t most) {
  const Numbers all = Matching(sql, folded);
  const Numbers as_written = exact == folded ? Numbers() : Matching(sql, exact);
  Numbers others;
  std::set_difference(all.begin(), all.end(), as_written.begin(), as_written.end(),
                      std::back_inserter(others));
  DossierList list;
  list.total = static_cast<std::int64_t>(all.size());
  list.rows = First(sql, as_written, most);
  for (DossierRow& row : First(sql, others, most - list.rows.size()))
    list.rows.push_back(std::move(row));
  return list;
}

}  // namespace

std::string SearchTextOf(const change::DossierState& state) {
  std::string words;
  PutWords(words, state.code);
  PutWords(words, state.provisional_code);
  for (const auto& [key, place] : state.registers)
    if (key.starts_with("field.")) PutWords(words, place.held.value);
  for (const change::Note& note : state.notes) PutWords(words, note.text);
  return words;
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
  const auto words = text::Words(text::Fold(text));
  std::string folded = MatchOf(words), exact = MatchOf(text::Words(text::Lower(text)));
  if (folded.empty() || exact.empty()) return DossierList();
  if (const std::string joined = JoinedDigits(words); !joined.empty())
    exact = folded = "(" + folded + ") OR \"" + joined + "\" *";
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(limit, 0));
  return Ask([&] { return Find(database_.sql(), folded, exact, most); });
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
