#include "sync/server/admin_audit.h"

#include <utility>

#include "common/crypto/sign.h"
#include "sync/server/audit.h"

namespace hoso::server {

using nlohmann::json;

base::Result<json> AuditVerify(store::ProvinceStore& store, const Authority& authority,
                               const std::string& unit) {
  const std::string key = crypto::PublicKey(authority.receipt_seed);
  HOSO_TRY_ASSIGN(const ProvinceAudit audit, VerifyProvince(store, key, unit));
  json units = json::array();
  for (const UnitAudit& one : audit.units)
    units.push_back({{"unit", one.unit},
                     {"entries", one.entries},
                     {"batches", one.batches},
                     {"replicas", one.replicas},
                     {"signatures", one.signatures},
                     {"foreign_signatures", one.foreign},
                     {"dossiers", one.dossiers}});
  return json{{"result", "Không thấy chỗ nào bị sửa."},
              {"ledger", audit.ledger},
              {"codes", audit.codes},
              {"units", std::move(units)}};
}

}  // namespace hoso::server
