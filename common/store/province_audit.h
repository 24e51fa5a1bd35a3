#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/store/province_ledger.h"

namespace hoso::store {

/// Rows as they lie in the tables: octets are still base64 where a text says so.
struct LogRow {
  std::int64_t position = 0;
  std::string dossier, entry, hash;  // entry and hash in base64.
};
struct StateRow {
  std::string dossier, digest, state;  // digest and state in base64.
};
struct CodeRow {
  std::string org, day;
  std::int64_t number = 0;
};
/// All rows that the ledger knows.
struct ProvinceRows {
  std::vector<std::pair<std::string, UnitHead>> units;
  std::vector<User> users;
  std::vector<Device> devices;
  std::vector<DeviceOfficer> officers;
  std::vector<Enrolment> enrolments;
};

/// Reads all there is, to be checked. For one consistent view inside database().Reading. A column
/// that is no base64, or no truth value, is kDamaged "base64".
class AuditReader {
 public:
  explicit AuditReader(ProvinceStore& store) : store_(store) {}

  base::Result<std::vector<std::string>> Units();  // That any table has rows of.
  base::Result<ProvinceRows> Rows();
  base::Result<std::vector<LogRow>> Log(const std::string& unit, std::int64_t after,
                                        std::int64_t limit);
  base::Result<std::vector<StateRow>> States(const std::string& unit);
  base::Result<std::vector<CodeRow>> Codes();
  base::Result<std::vector<BatchHead>> Batches(const std::string& unit);
  base::Result<std::vector<LedgerLine>> Ledger(std::int64_t after, std::int64_t limit);
  base::Result<std::optional<LedgerHead>> LedgerEnd();
  /// Of SQLite: pages, and indexes against their tables; what is wrong first, in its words, or "".
  base::Result<std::string> StorageBreak();

 private:
  base::Status CheckFlags();
  base::Result<std::vector<std::pair<std::string, UnitHead>>> UnitHeads();
  base::Result<std::vector<DeviceOfficer>> OfficerKeys();
  base::Result<std::vector<Enrolment>> Enrolments();

  ProvinceStore& store_;
};

}  // namespace hoso::store
