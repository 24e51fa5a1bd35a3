#pragma once

#include <string>

namespace soci {
class session;
}

/// What SOCI has no way to say, on libpq's own handle. All throw SOCI's error.
namespace hoso::store {

/// All statements of a script; returns the tag of the last, such as "COMMIT", or, for a query, its
/// first value.
std::string RunPostgres(soci::session& sql, const std::string& script);
/// Also where a line was before and is lost. Throws SQLSTATE 08001 when there is no server to have.
void ConnectPostgres(soci::session& sql, const std::string& address);
bool PostgresLost(soci::session& sql);

}  // namespace hoso::store
