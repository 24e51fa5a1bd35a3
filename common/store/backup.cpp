#include <filesystem>
#include <system_error>

#include "common/store/desk_store.h"
#include "common/store/files.h"
#include "common/store/soci.h"

namespace hoso::store {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Fail;

/// Keeps the database under another name. Opening and closing it first moves its WAL into the file;
/// what can't be opened is kept with its WAL as it is.
base::Status KeepAside(const PutBackPaths& paths, std::string_view key32) {
  std::error_code error;
  if (!fs::exists(fs::u8path(paths.database), error)) return {};
  (void)Database::OpenEncrypted(paths.database, key32).has_value();
  for (const char* part : {"", "-wal", "-shm"}) {
    if (!fs::exists(fs::u8path(paths.database + part), error)) continue;
    fs::copy_file(fs::u8path(paths.database + part), fs::u8path(paths.aside + part),
                  fs::copy_options::overwrite_existing, error);
    if (error) return Fail(ErrorKind::kDisk, "store.failed");
  }
  // Frames of the old database must not be replayed into the new one.
  for (const char* part : {"-wal", "-shm"}) fs::remove(fs::u8path(paths.database + part), error);
  return {};
}

}  // namespace

base::Status PutBack(const PutBackPaths& paths, std::string_view key32,
                     const std::function<base::Status(DeskStore&)>& prepare) {
  const std::string beside = paths.database + ".restoring";
  std::error_code error;
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(fs::u8path(beside + part), error);
  HOSO_TRY(MakePrivate(beside));
  fs::copy_file(fs::u8path(paths.backup), fs::u8path(beside), fs::copy_options::overwrite_existing,
                error);
  if (error) return Fail(ErrorKind::kDisk, "store.failed");
  {
    HOSO_TRY_ASSIGN(Database database, Database::OpenEncrypted(beside, key32));
    DeskStore store(std::move(database));
    HOSO_TRY(prepare(store));
  }
  HOSO_TRY(KeepAside(paths, key32));
  return MoveIntoPlace(beside, paths.database);
}

base::Status BackUp(Database& database, const std::string& target) {
  if (database.IsPostgres()) return base::Fail(base::ErrorKind::kUsage, "store.backup");
  const std::string beside = target + ".new";
  std::error_code ignored;
  std::filesystem::remove(beside, ignored);  // Of a backup that was cut.
  HOSO_TRY(MakePrivate(beside));             // The library accepts a file that is empty.
  base::Status done =
      Guarded([&] { database.sql() << "VACUUM main INTO :target", soci::use(beside, "target"); });
  if (done) done = MoveIntoPlace(beside, target);
  if (!done) std::filesystem::remove(beside, ignored);
  return done;
}

}  // namespace hoso::store
