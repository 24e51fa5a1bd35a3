#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "sync/server/backup.h"

namespace hoso::server {

struct RestoreOrder {
  std::string from;    // A file that WriteBackup made.
  std::string folder;  // The data folder to be.
  std::string
      database;  // As for `init`; empty: the kind, or the PostgreSQL, that the backup names.
  bool replace = false;  // What is there makes way, and is kept.
};
struct Restored {
  BackupHead head;
  std::string address;  // Of the database.
  std::string aside;    // What keeps the folder that was there; empty if there was none.
  std::string schema;   // The same for the tables of a PostgreSQL.
};

/// Makes a province of a backup, in a new epoch. The whole file is checked before anything is
/// written. kRefused "restore.folder_used" or "restore.database_used" where something is and may
/// not be replaced, kBusy "folder.in_use" while a server of this folder runs (those of other
/// folders on one PostgreSQL are not seen: stop them); whatever else fails, what was there stays.
base::Result<Restored> RestoreProvince(const RestoreOrder& order, const base::Clock& clock,
                                       base::Random& random);

}  // namespace hoso::server
