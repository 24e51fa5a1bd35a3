#pragma once

#include <optional>
#include <string>

namespace soci {
class session;
class soci_error;
}  // namespace soci

/// What SOCI has no way to say, on libpq's own handle. All throw SOCI's error. A program without
/// PostgreSQL (CMake's HOSO_POSTGRESQL) has postgres_none.cpp instead, which must not be asked.
namespace hoso::store {

bool HasPostgres();
/// All statements of a script; returns the tag of the last, such as "COMMIT", or, for a query, its
/// first value.
std::string RunPostgres(soci::session& sql, const std::string& script);
/// Also where a line was before and is lost. Throws SQLSTATE 08001 when there is no server to have.
void ConnectPostgres(soci::session& sql, const std::string& address);
bool PostgresLost(soci::session& sql);
/// The SQLSTATE of an error; nothing if it is not PostgreSQL's.
std::optional<std::string> PostgresState(const soci::soci_error& error);

}  // namespace hoso::store
