#include "common/store/province_audit.h"

#include <initializer_list>

#include "common/store/guard.h"
#include "common/store/soci.h"

namespace hoso::store {
namespace {

using soci::into;
using soci::use;

base::Status Octets(std::initializer_list<base::Bytes*> columns) {
  for (base::Bytes* column : columns) {
    HOSO_TRY_ASSIGN(*column, base::FromBase64(*column));
  }
  return {};
}

}  // namespace

base::Result<std::vector<std::string>> AuditReader::Units() {
  return Ask([&] {
    std::vector<std::string> units;
    std::string unit;
    soci::statement query =
        (store_.database().sql().prepare
             << "SELECT unit FROM unit_head UNION SELECT unit FROM log_entry "
                "UNION SELECT unit FROM dossier_state UNION SELECT unit FROM batch ORDER BY 1",
         into(unit));
    query.execute();
    while (query.fetch()) units.push_back(unit);
    return units;
  });
}

base::Result<std::vector<std::pair<std::string, UnitHead>>> AuditReader::UnitHeads() {
  std::vector<std::pair<std::string, UnitHead>> heads;
  HOSO_TRY(Guarded([&] {
    std::string unit;
    UnitHead head;
    long long position = 0, restored = 0;
    soci::statement query =
        (store_.database().sql().prepare
             << "SELECT unit, epoch, position, hash, restored_ms FROM unit_head ORDER BY unit",
         into(unit), into(head.epoch), into(position), into(head.hash), into(restored));
    query.execute();
    while (query.fetch()) {
      head.position = position;
      head.restored_ms = restored;
      heads.emplace_back(unit, head);
    }
  }));
  for (auto& [unit, head] : heads) HOSO_TRY(Octets({&head.hash}));
  return heads;
}

base::Result<std::vector<DeviceOfficer>> AuditReader::OfficerKeys() {
  std::vector<DeviceOfficer> all;
  HOSO_TRY(Guarded([&] {
    DeviceOfficer one;
    soci::statement query = (store_.database().sql().prepare
                                 << "SELECT replica, officer, signing_key FROM device_officer "
                                    "ORDER BY replica, officer, signing_key",
                             into(one.replica), into(one.user), into(one.signing_key));
    query.execute();
    while (query.fetch()) all.push_back(one);
  }));
  for (DeviceOfficer& one : all) HOSO_TRY(Octets({&one.signing_key}));
  return all;
}

base::Result<std::vector<Enrolment>> AuditReader::Enrolments() {
  std::vector<Enrolment> all;
  HOSO_TRY(Guarded([&] {
    Enrolment one;
    long long expires = 0, used = 0;
    soci::statement query =
        (store_.database().sql().prepare << "SELECT certificate, officer, unit, expires_ms, used, "
                                            "replica, answer FROM enrolment ORDER BY certificate",
         into(one.certificate), into(one.user), into(one.unit), into(expires), into(used),
         into(one.replica), into(one.answer));
    query.execute();
    while (query.fetch()) {
      one.expires_ms = expires;
      one.used = used != 0;
      all.push_back(one);
    }
  }));
  for (Enrolment& one : all) HOSO_TRY(Octets({&one.answer}));
  return all;
}

base::Status AuditReader::CheckFlags() {
  long long odd = 0;
  HOSO_TRY(Guarded([&] {
    store_.database().sql() << "SELECT (SELECT count(*) FROM officer WHERE active NOT IN (0, 1)) + "
                               "(SELECT count(*) FROM device WHERE revoked NOT IN (0, 1)) + "
                               "(SELECT count(*) FROM enrolment WHERE used NOT IN (0, 1))",
        into(odd);
  }));
  return odd == 0 ? base::Status() : base::Fail(base::ErrorKind::kDamaged, "base64");
}

base::Result<ProvinceRows> AuditReader::Rows() {
  ProvinceRows rows;
  HOSO_TRY(CheckFlags());  // Any number but 0 would read as true.
  HOSO_TRY_ASSIGN(rows.units, UnitHeads());
  HOSO_TRY_ASSIGN(rows.users, store_.Users());
  HOSO_TRY_ASSIGN(rows.devices, store_.Devices());
  HOSO_TRY_ASSIGN(rows.officers, OfficerKeys());
  HOSO_TRY_ASSIGN(rows.enrolments, Enrolments());
  return rows;
}

base::Result<std::vector<LogRow>> AuditReader::Log(const std::string& unit, std::int64_t after,
                                                   std::int64_t limit) {
  const long long from = after, most = limit;
  std::vector<LogRow> rows;
  HOSO_TRY(Guarded([&] {
    LogRow row;
    long long position = 0;
    soci::statement query =
        (store_.database().sql().prepare
             << "SELECT position, dossier, entry, hash FROM log_entry WHERE unit = :unit AND "
                "position > :after ORDER BY position LIMIT :most",
         use(unit, "unit"), use(from, "after"), use(most, "most"), into(position),
         into(row.dossier), into(row.entry), into(row.hash));
    query.execute();
    while (query.fetch()) {
      row.position = position;
      rows.push_back(row);
    }
  }));
  return rows;
}

base::Result<std::vector<StateRow>> AuditReader::States(const std::string& unit) {
  return Ask([&] {
    std::vector<StateRow> rows;
    StateRow row;
    soci::statement query =
        (store_.database().sql().prepare
             << "SELECT dossier, digest, state FROM dossier_state WHERE unit = :unit",
         use(unit, "unit"), into(row.dossier), into(row.digest), into(row.state));
    query.execute();
    while (query.fetch()) rows.push_back(row);
    return rows;
  });
}

base::Result<std::string> AuditReader::StorageBreak() {
  if (store_.database().IsPostgres()) return std::string();
  return Ask([&] {
    std::string told;
    store_.database().sql() << "PRAGMA integrity_check(1)", into(told);
    return told == "ok" ? std::string() : told;
  });
}

base::Result<std::vector<CodeRow>> AuditReader::Codes() {
  return Ask([&] {
    std::vector<CodeRow> rows;
    CodeRow row;
    long long number = 0;
    soci::statement query = (store_.database().sql().prepare
                                 << "SELECT org, day, number FROM code_number ORDER BY org, day",
                             into(row.org), into(row.day), into(number));
    query.execute();
    while (query.fetch()) {
      row.number = number;
      rows.push_back(row);
    }
    return rows;
  });
}

base::Result<std::vector<BatchHead>> AuditReader::Batches(const std::string& unit) {
  std::vector<BatchHead> all;
  HOSO_TRY(Guarded([&] {
    BatchHead one;
    long long position = 0;
    soci::statement query = (store_.database().sql().prepare
                                 << "SELECT unit, position, replica, signature, receipt FROM batch "
                                    "WHERE unit = :unit ORDER BY position",
                             use(unit, "unit"), into(one.unit), into(position), into(one.replica),
                             into(one.signature), into(one.receipt));
    query.execute();
    while (query.fetch()) {
      one.position = position;
      all.push_back(one);
    }
  }));
  for (BatchHead& one : all) HOSO_TRY(Octets({&one.signature, &one.receipt}));
  return all;
}

base::Result<std::vector<LedgerLine>> AuditReader::Ledger(std::int64_t after, std::int64_t limit) {
  const long long from = after, most = limit;
  std::vector<LedgerLine> lines;
  HOSO_TRY(Guarded([&] {
    LedgerLine line;
    long long number = 0;
    soci::statement query =
        (store_.database().sql().prepare
             << "SELECT number, name, key, digest, hash, seal FROM ledger "
                "WHERE number > :after ORDER BY number LIMIT :most",
         use(from, "after"), use(most, "most"), into(number), into(line.row.name),
         into(line.row.key), into(line.row.digest), into(line.hash), into(line.seal));
    query.execute();
    while (query.fetch()) {
      line.number = number;
      lines.push_back(line);
    }
  }));
  for (LedgerLine& line : lines) HOSO_TRY(Octets({&line.hash, &line.seal}));
  return lines;
}

base::Result<std::optional<LedgerHead>> AuditReader::LedgerEnd() {
  HOSO_TRY_ASSIGN(auto end, Ask([&]() -> std::optional<LedgerHead> {
                    LedgerHead head;
                    long long number = 0;
                    soci::session& sql = store_.database().sql();
                    sql << "SELECT number, hash FROM ledger_head WHERE one = 1", into(number),
                        into(head.hash);
                    if (!sql.got_data()) return std::nullopt;
                    head.number = number;
                    return head;
                  }));
  if (end) HOSO_TRY(Octets({&end->hash}));
  return end;
}

}  // namespace hoso::store
