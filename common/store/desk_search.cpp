#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "common/base/bytes.h"
#include "common/store/desk_rows.h"
#include "common/store/desk_text.h"
#include "common/store/guard.h"
#include "common/store/soci.h"
#include "common/store/sqlite_raw.h"
#include "common/text/fold.h"

namespace hoso::store {
namespace {

// Nobody types more; a whole pasted page must not become one query.
constexpr std::size_t kMaxWords = 32;
// Of more, nobody looks for the ones written exactly so; asking twice would double the wait.
constexpr std::size_t kRanked = 10'000;

constexpr const char* kOrder = " ORDER BY d.due_order, d.received_at, d.number";

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

RowNumbers Match(soci::session& sql, const std::string& match) {
  RowNumbers numbers;
  ForEachNumber(sql,
                "SELECT rowid FROM dossier_text WHERE dossier_text MATCH :match ORDER BY rowid",
                {{"match", match}},
                [&](std::int64_t number, std::string_view) { numbers.push_back(number); });
  return numbers;
}

/// Where many dossiers have the words before the last, those of the last are fewer steps than all
/// the words together; where few have them, the library skips from one to the next.
RowNumbers MatchTyped(soci::session& sql, const std::vector<std::string>& words,
                      MatchMemory& memory) {
  constexpr std::size_t kMany = 5'000, kMostKept = 64;
  const auto before = memory.find(MatchOf({words.begin(), words.end() - 1}));
  RowNumbers numbers;
  if (words.size() <= kMaxWords && before != memory.end()) {
    numbers = Match(sql, MatchOf({words.back()}));
    std::erase_if(numbers, [&](std::int64_t number) {
      const auto at = static_cast<std::size_t>(number);
      return at >= before->second.size() || !before->second[at];
    });
  } else {
    numbers = Match(sql, MatchOf(words));
  }
  if (numbers.size() < kMany) return numbers;
  if (memory.size() >= kMostKept) memory.clear();
  std::vector<bool>& kept = memory[MatchOf(words)];
  kept.assign(static_cast<std::size_t>(numbers.back()) + 1, false);
  for (const std::int64_t number : numbers) kept[static_cast<std::size_t>(number)] = true;
  return numbers;
}

/// The first of many in the order of lists: walks all dossiers until enough of them are among them.
RowNumbers Walk(soci::session& sql, const RowNumbers& among, std::size_t most) {
  RowNumbers found;
  long long number = 0;
  soci::statement query =
      (sql.prepare << "SELECT d.number FROM dossier d" + std::string(kOrder), soci::into(number));
  query.execute();
  while (found.size() < most && query.fetch())
    if (std::binary_search(among.begin(), among.end(), number)) found.push_back(number);
  return found;
}

std::vector<DossierRow> First(soci::session& sql, RowNumbers numbers, std::size_t most) {
  constexpr std::size_t kFew = 2000;  // Cheaper to look up and sort than to walk.
  if (numbers.size() > kFew) numbers = Walk(sql, numbers, most);
  return ReadNumbers(sql, numbers, std::string(kOrder) + " LIMIT " + std::to_string(most));
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

base::Result<Matches> DeskStore::Matching(const std::string& text) {
  MatchMemory none;
  return Matching(text, none);
}

base::Result<Matches> DeskStore::Matching(const std::string& text, MatchMemory& memory) {
  if (!base::IsUtf8(text)) return Matches();
  const auto words = text::Words(text::Fold(text));
  std::string folded = MatchOf(words), exact = MatchOf(text::Words(text::Lower(text)));
  if (folded.empty() || exact.empty()) return Matches();
  const std::string joined = JoinedDigits(words);
  if (!joined.empty()) exact = folded = "(" + folded + ") OR \"" + joined + "\" *";
  return Ask([&] {
    Matches matches;
    const RowNumbers all = joined.empty() ? MatchTyped(database_.sql(), words, memory)
                                          : Match(database_.sql(), folded);
    if (exact != folded && all.size() <= kRanked)
      matches.as_written = Match(database_.sql(), exact);
    std::set_difference(all.begin(), all.end(), matches.as_written.begin(),
                        matches.as_written.end(), std::back_inserter(matches.others));
    return matches;
  });
}

base::Result<DossierList> DeskStore::Search(const std::string& text, std::int64_t limit) {
  HOSO_TRY_ASSIGN(const Matches matches, Matching(text));
  return Ask([&] {
    soci::session& sql = database_.sql();
    const auto most = static_cast<std::size_t>(std::max<std::int64_t>(limit, 0));
    DossierList list;
    list.total = static_cast<std::int64_t>(matches.as_written.size() + matches.others.size());
    list.rows = First(sql, matches.as_written, most);
    for (DossierRow& row : First(sql, matches.others, most - list.rows.size()))
      list.rows.push_back(std::move(row));
    return list;
  });
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
