#include <filesystem>
#include <system_error>

#include "common/base/disk.h"
#include "common/store/desk_store.h"
#include "common/store/soci.h"

namespace hoso::store {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Fail;
using base::PathOf;

/// Keeps the database under another name. Opening and closing it first moves its WAL into the file;
/// what can't be opened is kept with its WAL as it is.
base::Status KeepAside(const PutBackPaths& paths, std::string_view key32) {
  std::error_code error;
  if (!fs::exists(PathOf(paths.database), error)) return {};
  (void)Database::OpenEncrypted(paths.database, key32).has_value();
  for (const char* part : {"", "-wal", "-shm"}) {
    if (!fs::exists(PathOf(paths.database + part), error)) continue;
    HOSO_TRY(base::CopyInto(paths.database + part, paths.aside + part));
  }
  // Frames of the old database must not be replayed into the new one.
  for (const char* part : {"-wal", "-shm"}) fs::remove(PathOf(paths.database + part), error);
  return {};
}

}  // namespace

base::Status PutBack(const PutBackPaths& paths, std::string_view key32,
                     const std::function<base::Status(DeskStore&)>& prepare) {
  const std::string beside = paths.database + ".restoring";
  std::error_code error;
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(PathOf(beside + part), error);
  HOSO_TRY(base::MakePrivateFile(beside));
  HOSO_TRY(base::CopyInto(paths.backup, beside));
  {
    HOSO_TRY_ASSIGN(Database database, Database::OpenEncrypted(beside, key32));
    DeskStore store(std::move(database));
    HOSO_TRY(prepare(store));
  }
  HOSO_TRY(KeepAside(paths, key32));
  return base::MoveIntoPlace(beside, paths.database);
}

base::Status BackUp(Database& database, const std::string& target) {
  if (database.IsPostgres()) return Fail(ErrorKind::kUsage, "store.backup");
  const std::string beside = target + ".new";
  std::error_code ignored;
  fs::remove(PathOf(beside), ignored);      // Of a backup that was cut.
  HOSO_TRY(base::MakePrivateFile(beside));  // The library accepts a file that is empty.
  base::Status done =
      Guarded([&] { database.sql() << "VACUUM main INTO :target", soci::use(beside, "target"); });
  if (done) done = base::MoveIntoPlace(beside, target);
  if (!done) fs::remove(PathOf(beside), ignored);
  return done;
}

}  // namespace hoso::store
