#include "tests/support/postgres.h"

namespace hoso::testing {

TemporaryPostgres::TemporaryPostgres() = default;
TemporaryPostgres::~TemporaryPostgres() = default;

std::string TemporaryPostgres::NewDatabase() {
  return "";
}

}  // namespace hoso::testing
