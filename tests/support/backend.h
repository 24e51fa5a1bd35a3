#pragma once

#include <string>
#include <vector>

namespace hoso::testing {

/// The two databases a province may have; every test of the province runs on Backends().
inline constexpr const char* kSqlite = "SQLite";
inline constexpr const char* kPostgres = "PostgreSQL";

/// Both, or SQLite alone in a program that was made without PostgreSQL.
std::vector<std::string> Backends();

/// The address of a new, empty database: a file in `folder`, or one in a PostgreSQL that this
/// program starts for itself at the first call. Fails the test where PostgreSQL is not installed.
std::string NewDatabase(const std::string& backend, const std::string& folder);

}  // namespace hoso::testing
