#include "common/store/migrate.h"

#include <cstdint>

#include "common/store/database.h"
#include "common/store/guard.h"
#include "common/store/postgres_raw.h"
#include "common/store/soci.h"
#include "common/store/sqlite_raw.h"

namespace hoso::store {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr const char* kLock = "4857286172";  // Any number that nobody else locks.

std::size_t ToNumber(const std::string& text) {
  return text.empty() ? 0 : static_cast<std::size_t>(std::stoull(text));
}

std::size_t SqliteVersion(soci::session& sql) {
  return ToNumber(AskSqlite(sql, "PRAGMA user_version"));
}

std::size_t PostgresVersion(soci::session& sql) {
  if (RunPostgres(sql, "SELECT to_regclass('schema_version') IS NOT NULL") != "t") return 0;
  return ToNumber(RunPostgres(sql, "SELECT version FROM schema_version"));
}

base::Status RefuseNewer(std::size_t found, const std::vector<SchemaStep>& steps) {
  if (found <= steps.size()) return {};
  return Fail(ErrorKind::kNewer, "store.newer", std::to_string(found));
}

base::Status SqliteStep(soci::session& sql, const std::vector<SchemaStep>& steps) {
  base::Status done = Guarded([&] {
    RunSqliteScript(sql, "BEGIN IMMEDIATE");
    // Read again under the lock: another program may have come first.
    const std::size_t version = SqliteVersion(sql);
    if (version < steps.size()) {
      RunSqliteScript(sql, steps[version].sql);
      RunSqliteScript(sql, "PRAGMA user_version = " + std::to_string(version + 1));
    }
    RunSqliteScript(sql, "COMMIT");
  });
  // Nothing to do about a failing rollback; closing the connection rolls back too.
  if (!done) (void)Guarded([&] { RunSqliteScript(sql, "ROLLBACK"); });
  return done;
}

base::Status PostgresSteps(soci::session& sql, const std::vector<SchemaStep>& steps) {
  HOSO_TRY_ASSIGN(std::size_t version, Ask([&] { return PostgresVersion(sql); }));
  HOSO_TRY(RefuseNewer(version, steps));
  for (; version < steps.size(); ++version) {
    base::Status done = Guarded([&] {
      RunPostgres(sql, "BEGIN");
      RunPostgres(sql, steps[version].sql);
      RunPostgres(sql, version == 0
                           ? "CREATE TABLE schema_version (version BIGINT NOT NULL);"
                             "INSERT INTO schema_version VALUES (1)"
                           : "UPDATE schema_version SET version = " + std::to_string(version + 1));
      RunPostgres(sql, "COMMIT");
    });
    if (!done) {
      (void)Guarded([&] { RunPostgres(sql, "ROLLBACK"); });
      return done;
    }
  }
  return {};
}

}  // namespace

base::Status CheckSqliteVersion(soci::session& sql, const std::vector<SchemaStep>& steps) {
  HOSO_TRY_ASSIGN(const std::size_t version, Ask([&] { return SqliteVersion(sql); }));
  return RefuseNewer(version, steps);
}

base::Status MigrateSqlite(soci::session& sql, const std::vector<SchemaStep>& steps) {
  for (;;) {
    HOSO_TRY_ASSIGN(const std::size_t version, Ask([&] { return SqliteVersion(sql); }));
    HOSO_TRY(RefuseNewer(version, steps));
    if (version == steps.size()) return {};
    HOSO_TRY(SqliteStep(sql, steps));
  }
}

base::Status MigratePostgres(soci::session& sql, const std::vector<SchemaStep>& steps) {
  const std::string lock = kLock;
  HOSO_TRY(Guarded([&] { RunPostgres(sql, "SELECT pg_advisory_lock(" + lock + ")"); }));
  const base::Status done = PostgresSteps(sql, steps);
  HOSO_TRY(Guarded([&] { RunPostgres(sql, "SELECT pg_advisory_unlock(" + lock + ")"); }));
  return done;
}

}  // namespace hoso::store
