#pragma once

#include <string>
#include <vector>

#include "common/base/result.h"

namespace soci {
class session;
}

namespace hoso::store {

/// One step of a schema: the script that leads from version n-1 to n, n its place from 1.
struct SchemaStep {
  std::string name;
  std::string sql;
};

// Written by common/cmake/EmbedSchema.cmake from resources/schema.
const std::vector<SchemaStep>& DeskSchema();
const std::vector<SchemaStep>& ProvinceSchema();

/// kNewer "store.newer" when the file's version is beyond the steps. Writes nothing.
base::Status CheckSqliteVersion(soci::session& sql, const std::vector<SchemaStep>& steps);
/// Takes the missing steps, each in a transaction that also moves the version.
base::Status MigrateSqlite(soci::session& sql, const std::vector<SchemaStep>& steps);
/// The same on PostgreSQL, one program at a time.
base::Status MigratePostgres(soci::session& sql, const std::vector<SchemaStep>& steps);

}  // namespace hoso::store
