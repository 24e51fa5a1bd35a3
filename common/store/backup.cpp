#include <filesystem>
#include <system_error>

#include "common/store/desk_store.h"
#include "common/store/files.h"
#include "common/store/soci.h"

namespace hoso::store {

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
