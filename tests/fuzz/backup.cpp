// A desk's backup file: what is not wholly ours is refused, whole, and nothing is read from it.
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "common/store/desk_store.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/fakes.h"

namespace hoso::fuzz {

void Try(std::string_view octets) {
  static const testing::TempFolder folder;
  static const base::Bytes key(32, '\x17');
  const std::string path = folder / "backup.db", own = folder / "desk.db";
  std::ofstream(path, std::ios::binary) << octets;
  bool opened = false;
  const store::PutBackPaths paths{path, own, folder / "aside.db"};
  (void)store::PutBack(paths, key, [&](store::DeskStore& store) -> base::Status {
    opened = true;
    HOSO_TRY_ASSIGN(const auto head, store.Head());
    return store.SetMeta("seen", std::to_string(head.position));
  }).has_value();
  HOSO_CHECK(opened || !std::filesystem::exists(own));
  for (const std::string& file : {path, own})
    for (const char* part : {"", "-wal", "-shm", ".restoring", ".restoring-wal", ".restoring-shm"})
      std::filesystem::remove(file + part);
}

}  // namespace hoso::fuzz
