#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/store/database.h"

namespace hoso::store {

/// One row of one of the province's tables, every value as text: the same for SQLite and
/// PostgreSQL, so that a backup of one fills the other.
struct DumpedRow {
  std::string table;
  std::vector<std::string> columns;
  std::vector<std::string> values;  // As many as columns.
};

/// Every row of every table, as they all stood at one moment; others may read and write meanwhile.
base::Status DumpProvince(Database& database,
                          const std::function<base::Status(const DumpedRow&)>& each);
/// The version of the tables that DumpProvince reads and AddDumped fills.
std::size_t ProvinceSchemaVersion();

/// False once anything was ever written into the tables.
base::Result<bool> IsEmptyProvince(Database& database);
/// kDamaged "backup.malformed" for a table or column that a province does not have. In the caller's
/// transaction.
base::Status AddDumped(Database& database, const DumpedRow& row);
/// PostgreSQL: moves the tables into a schema of this name, which keeps them; open the database
/// anew to have empty ones.
base::Status SetTablesAside(Database& database, const std::string& schema);

}  // namespace hoso::store
