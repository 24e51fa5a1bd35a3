#include "common/store/database.h"

#include "common/store/soci.h"  // First: it settles what the backends' headers need.

#include <soci/sqlite3/soci-sqlite3.h>

#include <utility>

#include "common/base/disk.h"
#include "common/store/desk_functions.h"
#include "common/store/guard.h"
#include "common/store/migrate.h"
#include "common/store/postgres_raw.h"
#include "common/store/sqlite_raw.h"

namespace hoso::store {

using base::ErrorKind;
using base::Fail;

struct Database::Impl {
  soci::session session;
  std::string address;  // Of PostgreSQL, to connect again.
  bool postgres = false;
  bool in_transaction = false;
  bool stopped =
      false;  // A commit met a disk that fails: what is durable, only opening anew tells.

  base::Status OpenSqlite(const std::string& path);
  base::Status SettleSqlite(const std::vector<SchemaStep>& steps);
  base::Status UnlockSqlite(std::string_view key32);
  void PreparePostgres();
  void Begin(bool reading);
  base::Status Commit();
  void Rollback();
};

namespace {

/// SOCI cuts its options at spaces unless they are quoted, and has no escape for the quote.
base::Result<std::string> SqliteOptions(const std::string& path) {
  if (path.empty() || path.find_first_of(std::string_view("\"\0", 2)) != std::string::npos)
    return Fail(ErrorKind::kUsage, "store.path");
  return "dbname=\"" + path + "\"";
}

}  // namespace

base::Status Database::Impl::OpenSqlite(const std::string& path) {
  HOSO_TRY_ASSIGN(const std::string options, SqliteOptions(path));
  HOSO_TRY(base::MakePrivateFile(path));
  return Guarded([&] {
    session.open(soci::sqlite3, options);
    // Until the version is known, not even closing may change the file.
    CheckpointOnClose(session, false);
    RunSqliteScript(session, "PRAGMA busy_timeout=5000");
  });
}

base::Status Database::Impl::UnlockSqlite(std::string_view key32) {
  HOSO_TRY_ASSIGN(const std::string cipher, Ask([&] {
                    // Else the library writes of every wrong key to the error stream.
                    RunSqliteScript(session, "PRAGMA cipher_log_level=NONE");
                    KeySqlite(session, key32);
                    return AskSqlite(session, "PRAGMA cipher_version");
                  }));
  // A plain SQLite takes a key in silence and then writes everything readable.
  if (cipher.empty()) return Fail(ErrorKind::kDamaged, "store.not_encrypted");
  const base::Status read =
      Guarded([&] { AskSqlite(session, "SELECT count(*) FROM sqlite_schema"); });
  if (!read && read.error().reason == "store.damaged")
    return Fail(ErrorKind::kDamaged, "store.wrong_key");
  return read;
}

base::Status Database::Impl::SettleSqlite(const std::vector<SchemaStep>& steps) {
  HOSO_TRY(CheckSqliteVersion(session, steps));
  HOSO_TRY(Guarded([&] {
    CheckpointOnClose(session, true);
    // Memory for what is sorted: a temporary file would hold it in plain text.
    RunSqliteScript(session,
                    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32768;"
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                    "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;");
    CheckpointWithWritersLock(session);
  }));
  return MigrateSqlite(session, steps);
}

void Database::Impl::PreparePostgres() {
  // A unit whose lock is not to be had is better told "busy" than left hanging.
  RunPostgres(session,
              "SET client_encoding='UTF8'; SET client_min_messages=warning; "
              "SET lock_timeout='20s'; SET idle_in_transaction_session_timeout='60s'");
}

void Database::Impl::Begin(bool reading) {
  if (!postgres) {
    // A deferred BEGIN fails at once when another writer came between its read and its write.
    RunSqliteScript(session, reading ? "BEGIN" : "BEGIN IMMEDIATE");
    return;
  }
  if (reading) {
    RunPostgres(session, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return;
  }
  RunPostgres(session, "BEGIN");
  // What was acknowledged must survive, whatever the server's settings say.
  RunPostgres(session, "SET LOCAL synchronous_commit=on");
}

base::Status Database::Impl::Commit() {
  std::string tag;
  const base::Status done = Guarded([&] {
    if (postgres) {
      tag = RunPostgres(session, "COMMIT");
    } else {
      RunSqliteScript(session, "COMMIT");
    }
  });
  // After a failed fsync the system may forget what it could not write, and say yes the next time.
  stopped = !postgres && !done && done.error().reason == "store.failed";
  HOSO_TRY(done);
  // After a failed statement PostgreSQL answers COMMIT with a rollback and calls it success.
  if (postgres && tag != "COMMIT") return Fail(ErrorKind::kDisk, "store.failed");
  return {};
}

void Database::Impl::Rollback() {
  // A failing one is gone with PostgreSQL's connection; SQLite's is done by the next use, in sql().
  (void)Guarded([&] {
    if (postgres) {
      RunPostgres(session, "ROLLBACK");
    } else if (InSqliteTransaction(session)) {
      RunSqliteScript(session, "ROLLBACK");
    }
  });
}

Database::Database(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

base::Result<Database> Database::OpenEncrypted(const std::string& path, std::string_view key32) {
  if (key32.size() != 32) return Fail(ErrorKind::kUsage, "store.key_size");
  auto impl = std::make_unique<Impl>();
  HOSO_TRY(impl->OpenSqlite(path));
  HOSO_TRY_ASSIGN(const bool plain, Ask([&] { return IsPlainSqlite(impl->session); }));
  if (plain) return Fail(ErrorKind::kDamaged, "store.not_encrypted");
  HOSO_TRY(impl->UnlockSqlite(key32));
  HOSO_TRY(Guarded([&] { AddDeskFunctions(impl->session); }));
  HOSO_TRY(impl->SettleSqlite(DeskSchema()));
  return Database(std::move(impl));
}

base::Result<Database> Database::OpenProvince(const std::string& address) {
  constexpr std::string_view kSqlite = "sqlite:";
  auto impl = std::make_unique<Impl>();
  if (address.starts_with(kSqlite)) {
    HOSO_TRY(impl->OpenSqlite(address.substr(kSqlite.size())));
    HOSO_TRY(impl->SettleSqlite(ProvinceSchema()));
    return Database(std::move(impl));
  }
  if (!address.starts_with("postgresql://")) return Fail(ErrorKind::kUsage, "store.address");
  if (!HasPostgres()) return Fail(ErrorKind::kUsage, "store.no_postgresql");
  impl->postgres = true;
  HOSO_TRY(Guarded([&] {
    impl->address = address;
    ConnectPostgres(impl->session, address);
    impl->PreparePostgres();
  }));
  HOSO_TRY(MigratePostgres(impl->session, ProvinceSchema()));
  return Database(std::move(impl));
}

base::Status Database::Atomically(const std::function<base::Status()>& work) {
  return InTransaction(false, work);
}

base::Status Database::Reading(const std::function<base::Status()>& work) {
  return InTransaction(true, work);
}

base::Status Database::InTransaction(bool reading, const std::function<base::Status()>& work) {
  HOSO_CHECK(!impl_->in_transaction);
  if (impl_->stopped) return Fail(ErrorKind::kDisk, "store.stopped");
  HOSO_TRY(Guarded([&] {
    sql();
    impl_->Begin(reading);
  }));
  // Rolls back unless committed, also when `work` throws.
  struct Ending {
    Impl& impl;
    bool committed = false;
    ~Ending() {
      if (!committed) impl.Rollback();
      impl.in_transaction = false;
    }
  } ending{*impl_};
  impl_->in_transaction = true;
  HOSO_TRY(work());
  HOSO_TRY(impl_->Commit());
  ending.committed = true;
  return {};
}

void Database::Interrupt() {
  if (!impl_->postgres) InterruptSqlite(impl_->session);
}

bool Database::IsPostgres() const {
  return impl_->postgres;
}

soci::session& Database::sql() {
  // A restarted server cuts the line; the next use outside a transaction opens it again.
  if (impl_->postgres && !impl_->in_transaction && PostgresLost(impl_->session)) {
    ConnectPostgres(impl_->session, impl_->address);
    impl_->PreparePostgres();
  }
  // A rollback that had no memory left to do it: what nobody committed must not be read either.
  if (!impl_->postgres && !impl_->in_transaction && InSqliteTransaction(impl_->session))
    RunSqliteScript(impl_->session, "ROLLBACK");
  return impl_->session;
}

}  // namespace hoso::store
