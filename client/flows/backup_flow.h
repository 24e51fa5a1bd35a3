#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

struct BackupView {
  std::string name;  // "desk-20261124.db"
  std::string at;    // The day, "2026-11-24".
  std::int64_t bytes = 0;
};

/// Newest first. Needs no PIN.
base::Result<std::vector<BackupView>> Backups(const DeskFolder& folder);

/// Makes today's encrypted copy if there is none, and removes the oldest beyond what the
/// settings say.
/// May take a second on a large desk: not for a window's thread.
base::Status BackUpDaily(OpenDesk& open);

/// Puts a backup in the place of the database (the newest if `name` is empty). What was there is
/// kept under the name that is returned; what still waits in it, and drafts, go on in the restored
/// one. The desk then first hears from the province what it held before it offers anything.
/// kNotFound "backup.missing"; kBusy "desk.in_use" while any program has the desk open; kDamaged
/// when the backup can't be read: the database is then untouched.
base::Result<std::string> Restore(const DeskFolder& folder, const std::string& officer,
                                  const std::string& pin, const std::string& name,
                                  const Tools& tools);

}  // namespace hoso::flows
