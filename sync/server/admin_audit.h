#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sync/server/authority.h"

namespace hoso::server {

/// VerifyProvince as JSON with one sentence; its errors.
base::Result<nlohmann::json> AuditVerify(store::ProvinceStore& store, const Authority& authority,
                                         const std::string& unit);

}  // namespace hoso::server
