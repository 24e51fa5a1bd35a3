#pragma once

#include <string>

#include "common/base/result.h"

namespace hoso::store {

/// Makes the file, empty and its owner's only, if it is not there. SQLite gives its -wal and -shm
/// the same rights.
base::Status MakePrivate(const std::string& path);
/// A file that SQLite could read without any key.
bool IsPlainSqlite(const std::string& path);
/// Flushes `beside`, renames it over `path` and flushes the folder.
base::Status MoveIntoPlace(const std::string& beside, const std::string& path);

}  // namespace hoso::store
