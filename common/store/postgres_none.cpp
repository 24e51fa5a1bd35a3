#include "common/store/postgres_raw.h"

#include "common/base/check.h"

namespace hoso::store {

bool HasPostgres() {
  return false;
}

std::string RunPostgres(soci::session&, const std::string&) {
  HOSO_CHECK(HasPostgres());
  return "";
}

void ConnectPostgres(soci::session&, const std::string&) {
  HOSO_CHECK(HasPostgres());
}

bool PostgresLost(soci::session&) {
  return false;
}

std::optional<std::string> PostgresState(const soci::soci_error&) {
  return std::nullopt;
}

}  // namespace hoso::store
