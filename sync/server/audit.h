#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/store/province_store.h"

namespace hoso::server {

/// What was checked and found whole.
struct UnitAudit {
  std::string unit;
  std::int64_t entries = 0, batches = 0, replicas = 0, signatures = 0, dossiers = 0;
  std::int64_t foreign = 0;  // Signatures by keys that went with a loss; the province's seal holds.
};
struct ProvinceAudit {
  std::int64_t ledger = 0, codes = 0;
  std::vector<UnitAudit> units;
};

/// Checks everything that can be checked, on one consistent view, while the server goes on: the
/// ledger and the rows it knows; of each unit the log's chain and the receipts that sealed it, each
/// desk's chain and batch signatures, officers' signatures, every dossier against the fold; codes.
/// Empty `unit`: all. kDamaged "audit.*" is the first break; its detail says where, in words.
base::Result<ProvinceAudit> VerifyProvince(store::ProvinceStore& store,
                                           std::string_view receipt_key, const std::string& unit);

}  // namespace hoso::server
