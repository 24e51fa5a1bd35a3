/// bench-desk [--dossiers N]: what an officer waits for with a large replica, as times and as
/// ratios to the same tables in plain SQLite.

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "common/store/desk_store.h"
#include "tests/support/fakes.h"

namespace {

using hoso::change::DossierState;
using hoso::store::DeskStore;

double Ms(const std::function<void()>& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
      .count();
}

double Percentile(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

long RssMb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::atol(line.c_str() + 6) / 1024;
  return 0;
}

constexpr const char* kFamily[] = {"Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi", "Vũ", "Hoàng"};
constexpr const char* kMiddle[] = {"Văn", "Thị", "Đức", "Ngọc", "Minh", "Quốc"};
constexpr const char* kGiven[] = {"An", "Bình", "Ánh", "Hữu", "Nhi", "Ưởng", "Đức", "Sơn", "Thảo"};

hoso::store::StoredDossier MakeDossier(std::int64_t n, hoso::testing::SeededRandom& random) {
  DossierState state;
  state.id = hoso::base::MakeUuid7(1'795'397'400'000 + n, random);
  state.unit = "06994";
  state.procedure = "1.013225";
  state.procedure_version = "2026-07-01";
  state.received_at = "2026-11-23T08:30";
  state.state = 2 + static_cast<int>(random.Below(3)) * 2;
  state.code = "H49.06.994-261123-" + std::to_string(10000 + n);
  const auto put = [&](const std::string& key, const std::string& value) {
    state.registers["field." + key].held = {{state.id, 1}, value, "u-1", 1'795'397'400'000, n + 1};
  };
  put("applicant.name", std::string(kFamily[random.Below(8)]) + " " + kMiddle[random.Below(6)] +
                            " " + kGiven[random.Below(9)]);
  put("applicant.id_number", "0220900" + std::to_string(10000 + random.Below(89999)));
  put("applicant.phone", "09" + std::to_string(10000000 + random.Below(89999999)));
  put("applicant.address", "Thôn " + std::to_string(random.Below(20)) + ", đặc khu Vân Đồn");
  put("parcel.number", std::to_string(random.Below(900)));
  put("parcel.sheet", std::to_string(random.Below(90)));
  put("summary", "Cấp giấy phép xây dựng nhà ở riêng lẻ hai tầng tại thửa đất ven biển");
  return {state, state};
}

/// The same rows by SQLite's own interface, without a key: a measure of what encryption and our
/// columns cost.
double PlainInsert(const std::string& path,
                   const std::vector<hoso::store::StoredDossier>& dossiers) {
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  const auto run = [&](const char* sql) { sqlite3_exec(db, sql, nullptr, nullptr, nullptr); };
  run("PRAGMA journal_mode=WAL");
  run("CREATE TABLE d (id TEXT PRIMARY KEY, confirmed BLOB, shown BLOB, name TEXT)");
  run("CREATE VIRTUAL TABLE t USING fts5(words)");
  sqlite3_stmt *row = nullptr, *text = nullptr;
  sqlite3_prepare_v2(db, "INSERT INTO d VALUES (?, ?, ?, ?)", -1, &row, nullptr);
  sqlite3_prepare_v2(db, "INSERT INTO t VALUES (?)", -1, &text, nullptr);
  const auto bind = [](sqlite3_stmt* statement, int at, const std::string& value) {
    sqlite3_bind_blob(statement, at, value.data(), static_cast<int>(value.size()),
                      SQLITE_TRANSIENT);
  };
  const double ms = Ms([&] {
    run("BEGIN IMMEDIATE");
    for (const auto& dossier : dossiers) {
      const std::string octets = hoso::change::EncodeState(dossier.shown);
      std::string words;
      for (const auto& [key, place] : dossier.shown.registers) words += place.held.value + " ";
      bind(row, 1, dossier.shown.id);
      bind(row, 2, octets);
      bind(row, 3, octets);
      bind(row, 4, dossier.shown.Get("field.applicant.name"));
      sqlite3_step(row);
      sqlite3_reset(row);
      bind(text, 1, words);
      sqlite3_step(text);
      sqlite3_reset(text);
    }
    run("COMMIT");
  });
  sqlite3_finalize(row);
  sqlite3_finalize(text);
  sqlite3_close(db);
  return ms;
}

void Report(const char* what, const std::vector<double>& times) {
  std::printf("%-28s p50 %8.2f ms   p95 %8.2f ms\n", what, Percentile(times, 0.5),
              Percentile(times, 0.95));
}

}  // namespace

int main(int argc, char** argv) {
  std::int64_t count = 100'000;
  for (int i = 1; i + 1 < argc; ++i)
    if (std::string(argv[i]) == "--dossiers") count = std::atoll(argv[i + 1]);
  if (count < 1) return 2;
  hoso::testing::TempFolder folder;
  hoso::testing::SeededRandom random(1);
  std::vector<hoso::store::StoredDossier> dossiers;
  for (std::int64_t i = 0; i < count; ++i) dossiers.push_back(MakeDossier(i, random));

  auto opened = hoso::store::Database::OpenEncrypted(folder / "desk.db", std::string(32, 'k'));
  if (!opened) return 1;
  DeskStore store(std::move(*opened));
  const double insert = Ms([&] {
    (void)store.database().Atomically([&]() -> hoso::base::Status {
      for (const auto& dossier : dossiers) HOSO_TRY(store.Save(dossier, {}));
      return {};
    });
  });
  const double plain = PlainInsert(folder / "plain.db", dossiers);
  const auto megabytes = [&](const char* name) {
    return static_cast<double>(std::filesystem::file_size(folder / name)) / 1e6;
  };
  std::printf("%lld dossiers\n", static_cast<long long>(count));
  std::printf("insert, encrypted, searchable %8.0f ms   %.2f times plain SQLite\n", insert,
              insert / plain);

  std::vector<double> accentless, exact, list, open;
  for (int i = 0; i < 60; ++i) {
    const std::string family = kFamily[random.Below(8)], given = kGiven[random.Below(9)];
    exact.push_back(Ms([&] { (void)store.Search(family + " " + given, 50); }));
    accentless.push_back(
        Ms([&] { (void)store.Search("nguyen duc thon " + std::to_string(i % 20), 50); }));
    list.push_back(Ms([&] { (void)store.List({}); }));
    const auto& one = dossiers[static_cast<std::size_t>(random.Below(dossiers.size()))];
    open.push_back(Ms([&] { (void)store.Load(one.shown.id); }));
  }
  Report("search without accents", accentless);
  Report("search with accents", exact);
  Report("list, first 50 of all", list);
  Report("open one dossier", open);
  dossiers.clear();
  dossiers.shrink_to_fit();
  std::printf("file %.1f MB, %.2f times plain SQLite; resident %ld MB\n", megabytes("desk.db"),
              megabytes("desk.db") / megabytes("plain.db"), RssMb());
  return 0;
}
