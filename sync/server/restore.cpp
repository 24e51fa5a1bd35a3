#include "sync/server/restore.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "common/base/disk.h"
#include "common/store/province_dump.h"
#include "sync/server/authority.h"
#include "sync/server/epochs.h"

namespace hoso::server {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Fail;

constexpr std::size_t kSeedFile = 4096;

/// Reads all of it once: nothing is written before its checksum was found right.
base::Result<BackupHead> CheckWhole(const std::string& path) {
  HOSO_TRY_ASSIGN(FileSource file, FileSource::Open(path));
  BackupReader reader(file);
  HOSO_TRY_ASSIGN(BackupRecord record, reader.Next());
  HOSO_TRY_ASSIGN(const BackupHead head, HeadOf(record));
  while (record.kind != 'E') {
    HOSO_TRY_ASSIGN(record, reader.Next());
  }
  return head;
}

base::Status PutFile(const std::string& folder, const BackupRecord& record) {
  const auto& known = BackedUpFiles();
  if (record.texts.size() != 2 ||
      std::find(known.begin(), known.end(), record.texts[0]) == known.end())
    return Fail(ErrorKind::kDamaged, "backup.malformed");
  const std::string& name = record.texts[0];
  const bool secret = name != "ca.pem" && name != "recovery.pub";
  return base::WriteFile(base::In(folder, name), record.texts[1], secret);
}

/// Files and rows of the backup, in the caller's transaction.
base::Status Fill(const std::string& path, const std::string& folder, store::Database& database) {
  HOSO_TRY_ASSIGN(FileSource file, FileSource::Open(path));
  BackupReader reader(file);
  store::DumpedRow row;
  for (;;) {
    HOSO_TRY_ASSIGN(BackupRecord record, reader.Next());
    switch (record.kind) {
      case 'E':
        return {};
      case 'F':
        HOSO_TRY(PutFile(folder, record));
        break;
      case 'T':
        if (record.texts.empty()) return Fail(ErrorKind::kDamaged, "backup.malformed");
        row.table = record.texts.front();
        row.columns.assign(record.texts.begin() + 1, record.texts.end());
        break;
      case 'R':
        row.values = std::move(record.texts);
        HOSO_TRY(store::AddDumped(database, row));
        break;
      default:
        break;
    }
  }
}

base::Result<store::Database> EmptyDatabase(const std::string& address, const std::string& schema,
                                            const RestoreOrder& order, Restored& restored) {
  HOSO_TRY_ASSIGN(store::Database database, store::Database::OpenProvince(address));
  HOSO_TRY_ASSIGN(const bool empty, store::IsEmptyProvince(database));
  if (empty) return database;
  if (!order.replace) return Fail(ErrorKind::kRefused, "restore.database_used");
  HOSO_TRY(store::SetTablesAside(database, schema));
  restored.schema = schema;
  return store::Database::OpenProvince(address);
}

base::Status MakeNew(const std::string& folder) {
  std::error_code failed;
  fs::remove_all(base::PathOf(folder), failed);
  if (failed) return Fail(ErrorKind::kDisk, "file.write", folder);
  return base::MakePrivateFolder(folder);
}

bool IsUsed(const std::string& folder) {
  std::error_code ignored;
  return fs::exists(base::PathOf(folder), ignored) && !fs::is_empty(base::PathOf(folder), ignored);
}

}  // namespace

base::Result<Restored> RestoreProvince(const RestoreOrder& order, const base::Clock& clock,
                                       base::Random& random) {
  Restored restored;
  HOSO_TRY_ASSIGN(restored.head, CheckWhole(order.from));
  fs::path place = fs::absolute(base::PathOf(order.folder)).lexically_normal();
  if (!place.has_filename()) place = place.parent_path();  // "folder/"
  const std::string folder = base::Utf8Of(place), building = folder + ".restoring";
  const std::string now = std::to_string(clock.NowMs());
  if (IsUsed(folder) && !order.replace) return Fail(ErrorKind::kRefused, "restore.folder_used");
  std::optional<base::FileLock> alone;  // A server that runs would go on writing what is replaced.
  if (IsUsed(folder)) {
    HOSO_TRY_ASSIGN(alone, UseFolder(folder, base::FileLock::Mode::kExclusive));
  }

  const std::string wanted = order.database.empty() ? restored.head.database : order.database;
  const bool sqlite = wanted == "sqlite";
  restored.address = sqlite ? "sqlite:" + folder + "/province.db" : wanted;
  HOSO_TRY(MakeNew(building));
  {
    HOSO_TRY_ASSIGN(store::Database database,
                    EmptyDatabase(sqlite ? "sqlite:" + building + "/province.db" : wanted,
                                  "hosoxa_before_" + now, order, restored));
    store::ProvinceStore store(std::move(database));
    HOSO_TRY(store.database().Atomically([&]() -> base::Status {
      HOSO_TRY(Fill(order.from, building, store.database()));
      HOSO_TRY_ASSIGN(const base::Bytes seed,
                      base::ReadFile(building + "/receipt.seed", kSeedFile));
      store.SealWith(SealOf(crypto::Secret(base::Bytes(seed))));
      HOSO_TRY_ASSIGN(const auto catalogue, store.Meta(kCatalogueIdMeta));
      HOSO_TRY(store.BeginLedger(catalogue.value_or("")));
      HOSO_TRY(store.SetMeta(kRestoredFromMeta, std::to_string(restored.head.made_ms)));
      return BeginEpochs(store, clock, random);
    }));
  }
  HOSO_TRY(WriteAbout(building, restored.head.province, restored.address));
  if (IsUsed(folder)) {
    alone.reset();  // Windows moves no folder in which a file is open.
    restored.aside = folder + ".before-" + now;
    HOSO_TRY(base::MoveIntoPlace(folder, restored.aside));
  }
  HOSO_TRY(base::MoveIntoPlace(building, folder));
  HOSO_TRY(LoadAuthority(folder));
  return restored;
}

}  // namespace hoso::server
