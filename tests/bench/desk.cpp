/// bench-desk [--dossiers N] [--gui [--keep FOLDER]]: what an officer waits for with a large
/// replica, as times and as ratios to the same tables in plain SQLite; with --gui in the window,
/// see tests/bench/window.h.

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "common/store/desk_store.h"
#include "tests/bench/invented.h"
#include "tests/bench/window.h"
#include "tests/support/resident.h"

namespace {

using hoso::store::DeskStore;

using hoso::bench::kFamily;
using hoso::bench::kGiven;
using hoso::bench::MakeDossier;
using hoso::bench::Percentile;

double Ms(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

std::size_t RssMb() {
  return hoso::testing::ResidentBytes() >> 20;
}

/// The same dossiers by SQLite's own interface, without a key, in the simplest tables that could do
/// the job: a measure of what encryption, our columns and our ranking cost.
class PlainDesk {
 public:
  explicit PlainDesk(const std::string& path) {
    sqlite3_open(path.c_str(), &db_);
    Run("PRAGMA journal_mode=WAL; PRAGMA cache_size=-32768;"
        "CREATE TABLE IF NOT EXISTS d (number INTEGER PRIMARY KEY, id TEXT UNIQUE, code TEXT, name "
        "TEXT,"
        " received TEXT, state INT, confirmed BLOB, shown BLOB);"
        "CREATE INDEX IF NOT EXISTS d_received ON d (received, id, state);"
        "CREATE VIRTUAL TABLE IF NOT EXISTS t USING fts5(words, tokenize='unicode61 "
        "remove_diacritics 2')");
  }
  PlainDesk(const PlainDesk&) = delete;
  PlainDesk& operator=(const PlainDesk&) = delete;
  ~PlainDesk() { sqlite3_close(db_); }

  void Insert(const std::vector<hoso::store::StoredDossier>& dossiers) {
    Run("BEGIN IMMEDIATE");
    sqlite3_stmt* row = Prepare("INSERT INTO d VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)");
    sqlite3_stmt* text = Prepare("INSERT INTO t VALUES (?)");
    for (const auto& dossier : dossiers) {
      const auto& shown = dossier.shown;
      const std::string octets = hoso::change::EncodeState(shown);
      std::string words = shown.code;
      for (const auto& [key, place] : shown.registers) words += " " + place.held.value;
      Step(row, {shown.id, shown.code, shown.Get("field.applicant.name"), shown.received_at,
                 std::to_string(shown.state), octets, octets});
      Step(text, {words});
    }
    sqlite3_finalize(row);
    sqlite3_finalize(text);
    Run("COMMIT");
  }
  void Search(const std::string& match) {
    Ask("SELECT count(*) FROM t WHERE t MATCH ?", {match});
    Ask("SELECT d.id, d.code, d.name, d.received, d.state FROM t JOIN d ON d.number = t.rowid "
        "WHERE t MATCH ? ORDER BY rank LIMIT 50",
        {match});
  }
  void List() {
    Ask("SELECT count(*) FROM d WHERE state > 0", {});
    Ask("SELECT id, code, name, received, state FROM d WHERE state > 0 ORDER BY received, id "
        "LIMIT 50",
        {});
  }
  void Open(const std::string& id) { Ask("SELECT confirmed, shown FROM d WHERE id = ?", {id}); }

 private:
  void Run(const char* sql) { sqlite3_exec(db_, sql, nullptr, nullptr, nullptr); }
  sqlite3_stmt* Prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr);
    return statement;
  }
  static void Step(sqlite3_stmt* statement, const std::vector<std::string>& values) {
    for (std::size_t i = 0; i < values.size(); ++i)
      sqlite3_bind_text(statement, static_cast<int>(i) + 1, values[i].data(),
                        static_cast<int>(values[i].size()), SQLITE_TRANSIENT);
    while (sqlite3_step(statement) == SQLITE_ROW) (void)sqlite3_column_blob(statement, 0);
    sqlite3_reset(statement);
  }
  void Ask(const char* sql, const std::vector<std::string>& values) {
    sqlite3_stmt* statement = Prepare(sql);
    Step(statement, values);
    sqlite3_finalize(statement);
  }

  sqlite3* db_ = nullptr;
};

struct Times {
  std::vector<double> ours, plain;
};

void Report(const char* what, const Times& times) {
  const double p50 = Percentile(times.ours, 0.5);
  std::printf("%-28s p50 %8.2f ms   p95 %8.2f ms   %.2f times plain SQLite\n", what, p50,
              Percentile(times.ours, 0.95), p50 / Percentile(times.plain, 0.5));
}

}  // namespace

namespace {

constexpr int kRounds = 60;

/// Fills both databases in a process of its own, so that what that takes is not counted below.
int Fill(const std::string& ours, const std::string& theirs, std::int64_t count) {
  hoso::testing::SeededRandom random(1);
  std::vector<hoso::store::StoredDossier> dossiers;
  for (std::int64_t i = 0; i < count; ++i) dossiers.push_back(MakeDossier(i, random));
  auto opened = hoso::store::Database::OpenEncrypted(ours, std::string(32, 'k'));
  if (!opened) return 1;
  DeskStore store(std::move(*opened));
  const double insert = Ms([&] {
    const auto saved = store.database().Atomically([&]() -> hoso::base::Status {
      for (const auto& dossier : dossiers) HOSO_TRY(store.Save(dossier, {}));
      return {};
    });
    if (!saved) std::abort();
  });
  PlainDesk plain(theirs);
  const double plain_insert = Ms([&] { plain.Insert(dossiers); });
  std::printf("%lld dossiers\n", static_cast<long long>(count));
  std::printf("insert, encrypted, searchable %8.0f ms   %.2f times plain SQLite\n", insert,
              insert / plain_insert);
  std::fflush(stdout);
  return 0;
}

bool FillApart(const std::string& ours, const std::string& theirs, std::int64_t count) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(Fill(ours, theirs, count));
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

struct Question {
  std::string words, match;  // As an officer types it, and in SQLite's own syntax.
};

/// The same questions for both; `ask` and `plain` do one.
Times Measure(const std::vector<Question>& questions,
              const std::function<void(const Question&)>& ask) {
  Times times;
  for (const Question& question : questions) times.ours.push_back(Ms([&] { ask(question); }));
  return times;
}

}  // namespace

int main(int argc, char** argv) {
  std::int64_t count = 100'000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--dossiers") count = std::atoll(argv[i + 1]);
  if (count < 1) return 2;
  for (int i = 1; i < argc; ++i)
    if (std::string(argv[i]) == "--gui") return hoso::bench::MeasureWindow(argc, argv, count);
  hoso::testing::TempFolder folder;
  const std::string ours = folder / "desk.db", theirs = folder / "plain.db";
  if (!FillApart(ours, theirs, count)) return 1;

  hoso::testing::SeededRandom random(2);
  std::vector<Question> accentless, exact, common, ids, none(kRounds);
  for (int i = 0; i < kRounds; ++i) {
    const std::string village = std::to_string(i % 20);
    const std::string family = kFamily[random.Below(8)], given = kGiven[random.Below(9)];
    accentless.push_back({"nguyen duc thon " + village, "nguyen* duc* thon* " + village + "*"});
    exact.push_back({family + " " + given, family + "* " + given + "*"});
    common.push_back({"cấp giấy phép xây dựng", "cấp* giấy* phép* xây* dựng*"});
  }

  auto opened = hoso::store::Database::OpenEncrypted(ours, std::string(32, 'k'));
  if (!opened) return 1;
  DeskStore store(std::move(*opened));
  hoso::store::ListQuery sample;
  sample.limit = kRounds;
  sample.offset = count / 2;
  const auto rows = store.List(sample);
  if (!rows) return 1;
  for (const auto& row : rows->rows) ids.push_back({row.id, row.id});
  const auto search = [&](const Question& q) { (void)store.Search(q.words, 50); };
  struct Line {
    const char* what;
    const std::vector<Question>& questions;
    std::function<void(const Question&)> ask;
    std::function<void(PlainDesk&, const Question&)> plain;
    Times times;
  };
  const auto plain_search = [](PlainDesk& plain, const Question& q) { plain.Search(q.match); };
  std::vector<Line> lines = {{"search without accents", accentless, search, plain_search, {}},
                             {"search with accents", exact, search, plain_search, {}},
                             {"search, words all have", common, search, plain_search, {}},
                             {"list, first 50 of all",
                              none,
                              [&](const Question&) { (void)store.List({}); },
                              [](PlainDesk& plain, const Question&) { plain.List(); },
                              {}},
                             {"open one dossier",
                              ids,
                              [&](const Question& q) { (void)store.Load(q.words); },
                              [](PlainDesk& plain, const Question& q) { plain.Open(q.match); },
                              {}}};
  for (Line& line : lines) line.times = Measure(line.questions, line.ask);
  const std::size_t resident = RssMb();
  PlainDesk plain(theirs);
  for (Line& line : lines) {
    for (const Question& question : line.questions)
      line.times.plain.push_back(Ms([&] { line.plain(plain, question); }));
    Report(line.what, line.times);
  }
  const auto megabytes = [](const std::string& path) {
    return static_cast<double>(std::filesystem::file_size(path)) / 1e6;
  };
  std::printf("file %.1f MB, %.2f times plain SQLite; resident after all of it %zu MB\n",
              megabytes(ours), megabytes(ours) / megabytes(theirs), resident);
  return 0;
}
