// A province's backup file: as it is, and as records of a file whose ends are right, so that what
// they fill the tables with is met too.
#include <string>

#include "common/crypto/hash.h"
#include "common/store/province_dump.h"
#include "sync/protocol/memory_source.h"
#include "sync/server/backup.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/fakes.h"

namespace hoso::fuzz {
namespace {

/// Reads to the end, and fills the tables as a restore does.
base::Status ReadInto(store::Database& database, std::string_view file) {
  protocol::MemorySource source(file);
  server::BackupReader reader(source);
  store::DumpedRow row;
  for (;;) {
    HOSO_TRY_ASSIGN(server::BackupRecord record, reader.Next());
    if (record.kind == 'E') return {};
    if (record.kind == 'H') HOSO_TRY(server::HeadOf(record));
    if (record.kind == 'T' && !record.texts.empty()) {
      row.table = record.texts.front();
      row.columns.assign(record.texts.begin() + 1, record.texts.end());
    }
    if (record.kind == 'R') {
      row.values = record.texts;
      HOSO_TRY(store::AddDumped(database, row));
    }
  }
}

std::string Whole(std::string_view records) {
  std::string file = "HoSoXa province backup 1\n";
  file += records;
  crypto::Sha256Stream digest;
  digest.Update(file);
  const std::string sum = digest.Finish();
  const auto size = [](std::size_t octets) {
    return std::string("\0\0\0", 3) + static_cast<char>(octets);
  };
  return file + 'E' + size(4 + sum.size()) + size(sum.size()) + sum;
}

}  // namespace

void Try(std::string_view octets) {
  static const testing::TempFolder folder;
  static store::Database database =
      store::Database::OpenProvince("sqlite:" + (folder / "province.db")).value();
  for (const std::string& file : {std::string(octets), Whole(octets)}) {
    const base::Status undone = database.Atomically([&]() -> base::Status {
      (void)ReadInto(database, file).has_value();
      return base::Fail(base::ErrorKind::kRefused, "fuzz.undone");
    });
    HOSO_CHECK(!undone && undone.error().reason == "fuzz.undone");
  }
}

}  // namespace hoso::fuzz
