#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "common/base/bytes.h"
#include "common/store/desk_store.h"
#include "tests/support/fakes.h"

namespace hoso::store {

inline const base::Bytes kKey(32, '\x17');
inline const base::Bytes kOctets("\0\x01\xff'\";--\0", 10);

/// A desk's file in a folder of its own.
class DeskStoreTest : public ::testing::Test {
 protected:
  DeskStore Open() { return DeskStore(std::move(*Database::OpenEncrypted(path_, kKey))); }
  std::string ReasonOf(const base::Bytes& key) {
    const auto opened = Database::OpenEncrypted(path_, key);
    return opened ? "" : opened.error().reason;
  }
  base::Bytes FolderBytes() const {
    base::Bytes all;
    for (const auto& file : std::filesystem::directory_iterator(folder_))
      all += *base::ReadFile(file.path().string(), 1u << 28);
    return all;
  }

  testing::TempFolder temp_;
  std::string folder_ = temp_.path(), path_ = folder_ + "/bàn 1.db";
};

inline StoredDossier Named(const std::string& id, const std::string& name, int state = 2) {
  StoredDossier dossier;
  dossier.shown.id = id;
  dossier.shown.state = state;
  dossier.shown.receiver = "a";
  dossier.shown.registers["field.applicant.name"].held.value = name;
  return dossier;
}

inline DossierRow Due(const std::string& due) {
  DossierRow row;
  row.due = due;
  return row;
}

}  // namespace hoso::store
