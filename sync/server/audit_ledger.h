#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "common/store/province_audit.h"

namespace hoso::server {

/// What the ledger says, its chain and seals checked: the digest of every row by table and key.
struct LedgerView {
  std::int64_t lines = 0;
  std::map<std::pair<std::string, std::string>, std::string> rows;

  /// Up to which positions a unit's log was taken as it stood, with the hash there (base64).
  std::map<std::int64_t, std::string> Taken(const std::string& unit) const;
};
/// kDamaged "audit.ledger*".
base::Result<LedgerView> ReadLedger(store::AuditReader& reader, std::string_view receipt_key);

/// Every row is what the ledger says, and none is missing or too many. kDamaged "audit.row*".
base::Status CompareRows(const LedgerView& ledger, const store::ProvinceRows& rows,
                         const std::string& catalogue_id);

/// An error of reading columns, as a break that says where.
base::Error AsBreak(const base::Error& error, const std::string& where);

}  // namespace hoso::server
