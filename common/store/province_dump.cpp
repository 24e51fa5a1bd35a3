#include "common/store/province_dump.h"

#include <algorithm>

#include "common/store/guard.h"
#include "common/store/migrate.h"
#include "common/store/postgres_raw.h"
#include "common/store/soci.h"

namespace hoso::store {
namespace {

using base::ErrorKind;
using base::Fail;
using soci::into;
using soci::use;

struct Column {
  const char* name;
  bool number = false;
};
struct Table {
  const char* name;
  std::size_t keys;  // The first columns are the primary key.
  std::vector<Column> columns;
};

const std::vector<Table>& Tables() {
  static const std::vector<Table> all = {
      {"meta", 1, {{"key"}, {"value"}}},
      {"unit_head", 1, {{"unit"}, {"epoch"}, {"position", true}, {"hash"}, {"restored_ms", true}}},
      {"log_entry", 2, {{"unit"}, {"position", true}, {"dossier"}, {"entry"}, {"hash"}}},
      {"dossier_state", 2, {{"unit"}, {"dossier"}, {"digest"}, {"state"}}},
      {"code_number", 2, {{"org"}, {"day"}, {"number", true}}},
      {"officer", 1, {{"id"}, {"name"}, {"unit"}, {"role"}, {"active", true}}},
      {"device",
       1,
       {{"replica"},
        {"unit"},
        {"certificate"},
        {"next_certificate"},
        {"signing_key"},
        {"revoked", true},
        {"accepted_through", true},
        {"chain"},
        {"share"}}},
      {"device_officer", 3, {{"replica"}, {"officer"}, {"signing_key"}}},
      {"enrolment",
       1,
       {{"certificate"},
        {"officer"},
        {"unit"},
        {"expires_ms", true},
        {"used", true},
        {"replica"},
        {"answer"}}},
      {"batch", 2, {{"unit"}, {"position", true}, {"replica"}, {"signature"}, {"receipt"}}},
      {"ledger", 1, {{"number", true}, {"name"}, {"key"}, {"digest"}, {"hash"}, {"seal"}}},
      {"ledger_head", 1, {{"one", true}, {"number", true}, {"hash"}}},
  };
  return all;
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

/// A page of a table in the order of its key, after `last`; the first page where that is empty.
std::string PageQuery(const Table& table, bool first) {
  std::vector<std::string> read, key, after;
  for (const Column& column : table.columns)
    read.push_back(column.number ? std::string("CAST(") + column.name + " AS TEXT)" : column.name);
  for (std::size_t i = 0; i < table.keys; ++i) {
    const std::string value = ":k" + std::to_string(i);
    // By the table's name: PostgreSQL would take the bare one for the text that is read.
    key.push_back(std::string("t.") + table.columns[i].name);
    after.push_back(table.columns[i].number ? "CAST(" + value + " AS BIGINT)" : value);
  }
  return "SELECT " + Joined(read) + " FROM " + table.name + " t" +
         (first ? "" : " WHERE (" + Joined(key) + ") > (" + Joined(after) + ")") + " ORDER BY " +
         Joined(key) + " LIMIT 500";
}

std::vector<DumpedRow> ReadPage(soci::session& sql, const Table& table,
                                const std::vector<std::string>& last) {
  DumpedRow row{table.name, {}, std::vector<std::string>(table.columns.size())};
  for (const Column& column : table.columns) row.columns.push_back(column.name);
  soci::statement query(sql);
  for (std::string& value : row.values) query.exchange(into(value));
  for (std::size_t i = 0; !last.empty() && i < table.keys; ++i)
    query.exchange(use(last[i], "k" + std::to_string(i)));
  query.alloc();
  query.prepare(PageQuery(table, last.empty()));
  query.define_and_bind();
  query.execute();
  std::vector<DumpedRow> rows;
  while (query.fetch()) rows.push_back(row);
  return rows;
}

const Table* FindTable(const std::string& name) {
  const auto found = std::find_if(Tables().begin(), Tables().end(),
                                  [&](const Table& table) { return name == table.name; });
  return found == Tables().end() ? nullptr : &*found;
}

}  // namespace

base::Status DumpProvince(Database& database,
                          const std::function<base::Status(const DumpedRow&)>& each) {
  return database.Reading([&]() -> base::Status {
    for (const Table& table : Tables()) {
      for (std::vector<std::string> last;;) {
        HOSO_TRY_ASSIGN(const auto rows,
                        Ask([&] { return ReadPage(database.sql(), table, last); }));
        if (rows.empty()) break;
        for (const DumpedRow& row : rows) HOSO_TRY(each(row));
        last = rows.back().values;
      }
    }
    return {};
  });
}

std::size_t ProvinceSchemaVersion() {
  return ProvinceSchema().size();
}

base::Result<bool> IsEmptyProvince(Database& database) {
  return Ask([&] {
    for (const Table& table : Tables())
      if (!ReadPage(database.sql(), table, {}).empty()) return false;
    return true;
  });
}

base::Status AddDumped(Database& database, const DumpedRow& row) {
  const auto bad = Fail(ErrorKind::kDamaged, "backup.malformed");
  const Table* table = FindTable(row.table);
  if (table == nullptr || row.columns.size() != row.values.size()) return bad;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < row.columns.size(); ++i) {
    const auto column =
        std::find_if(table->columns.begin(), table->columns.end(),
                     [&](const Column& known) { return row.columns[i] == known.name; });
    if (column == table->columns.end()) return bad;
    const std::string value = ":v" + std::to_string(i);
    values.push_back(column->number ? "CAST(" + value + " AS BIGINT)" : value);
  }
  return Guarded([&] {
    soci::statement query(database.sql());
    for (std::size_t i = 0; i < row.values.size(); ++i)
      query.exchange(use(row.values[i], "v" + std::to_string(i)));
    query.alloc();
    query.prepare("INSERT INTO " + row.table + " (" + Joined(row.columns) + ") VALUES (" +
                  Joined(values) + ")");
    query.define_and_bind();
    query.execute(true);
  });
}

base::Status SetTablesAside(Database& database, const std::string& schema) {
  const bool plain = !schema.empty() && std::all_of(schema.begin(), schema.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
  if (!plain || !database.IsPostgres()) return Fail(ErrorKind::kUsage, "store.address");
  return database.Atomically([&] {
    return Guarded([&] {
      soci::session& sql = database.sql();
      RunPostgres(sql, "CREATE SCHEMA " + schema);
      for (const Table& table : Tables())
        RunPostgres(sql, std::string("ALTER TABLE ") + table.name + " SET SCHEMA " + schema);
      RunPostgres(sql, "ALTER TABLE schema_version SET SCHEMA " + schema);
    });
  });
}

}  // namespace hoso::store
