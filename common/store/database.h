#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace soci {
class session;
}

namespace hoso::store {

/// One connection: an encrypted SQLite file on a desk, SQLite or PostgreSQL at the province.
/// Use it from one thread at a time. Library exceptions end here and become base::Error.
class Database {
 public:
  /// Opens (or creates) an encrypted file with a raw 32-octet key. Refuses with kDamaged
  /// "store.not_encrypted" when the library answers nothing to PRAGMA cipher_version, with
  /// kDamaged "store.wrong_key" when the key does not fit, with kNewer "store.newer" when a newer
  /// program wrote it (the file is then untouched).
  static base::Result<Database> OpenEncrypted(const std::string& path, std::string_view key32);
  /// "sqlite:PATH" or a "postgresql://..." address; the province's own. kUsage
  /// "store.no_postgresql" where the program was made without PostgreSQL.
  static base::Result<Database> OpenProvince(const std::string& address);

  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  /// Runs `work` in one write transaction (BEGIN IMMEDIATE; synchronous=FULL): all of it is
  /// durable when this returns success, none of it otherwise. Not re-entrant.
  base::Status Atomically(const std::function<base::Status()>& work);

  /// Ends what another thread is reading in this connection, with an error there; nothing if it is
  /// idle. Any thread, while the object lives. SQLite only.
  void Interrupt();
  /// Runs `work`, which only reads, over the database as it is at one moment; nobody waits for it.
  base::Status Reading(const std::function<base::Status()>& work);

  bool IsPostgres() const;
  soci::session& sql();  // For the classes of this module only.

 private:
  struct Impl;
  base::Status InTransaction(bool reading, const std::function<base::Status()>& work);
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Runs `work`, which uses SOCI, and turns what the library throws into an Error:
/// kBusy "store.busy", kDisk "store.full", kDamaged "store.damaged", kUnreachable
/// "store.unreachable" (no PostgreSQL to be had), else kDisk "store.failed".
base::Status Guarded(const std::function<void()>& work);

}  // namespace hoso::store
