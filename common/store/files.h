#pragma once

#include <string>

#include "common/base/result.h"

namespace hoso::store {

/// Makes the file, empty and its owner's only, if it is not there. SQLite gives its -wal and -shm
/// the same rights. A file that is there is not even opened: closing it again would drop the locks
/// of every connection this process has to it (POSIX), and another program would then take the
/// database from under them.
base::Status MakePrivate(const std::string& path);
/// Flushes `beside`, renames it over `path` and flushes the folder.
base::Status MoveIntoPlace(const std::string& beside, const std::string& path);

}  // namespace hoso::store
