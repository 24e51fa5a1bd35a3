#include "tests/support/backend.h"

#include <gtest/gtest.h>

#include "common/store/postgres_raw.h"
#include "tests/support/postgres.h"

namespace hoso::testing {

std::vector<std::string> Backends() {
  if (!store::HasPostgres()) return {kSqlite};
  return {kSqlite, kPostgres};
}

std::string NewDatabase(const std::string& backend, const std::string& folder) {
  if (backend == kSqlite) return "sqlite:" + folder + "/tỉnh a.db";
  static TemporaryPostgres cluster;
  EXPECT_TRUE(cluster.running()) << "PostgreSQL is needed: see installer/deps";
  return cluster.running() ? cluster.NewDatabase() : "";
}

}  // namespace hoso::testing
