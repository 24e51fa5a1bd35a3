#include "sync/server/admin_catalogue.h"

#include <utility>

#include "common/catalog/catalog.h"
#include "common/catalog/load.h"
#include "sync/server/authority.h"

namespace hoso::server {

using base::ErrorKind;
using base::Fail;

base::Status CheckUnit(store::ProvinceStore& store, const std::string& unit,
                       const std::string& province) {
  HOSO_TRY_ASSIGN(const base::Bytes packed, SavedCatalogue(store));
  HOSO_TRY_ASSIGN(const catalog::Catalog catalogue, catalog::Unpack(packed));
  const auto* known = catalogue.FindUnit(unit);
  if (known == nullptr) return Fail(ErrorKind::kRefused, "unit.unknown", unit);
  if (known->province != province) return Fail(ErrorKind::kRefused, "unit.other_province", unit);
  return {};
}

base::Result<std::string> ImportCatalogue(store::ProvinceStore& store, const std::string& folder) {
  HOSO_TRY_ASSIGN(const base::Bytes packed, catalog::PackFolder(folder));
  HOSO_TRY_ASSIGN(const catalog::Catalog catalogue, catalog::Unpack(packed));
  HOSO_TRY(SaveCatalogue(store, packed));
  return catalogue.Version();
}

}  // namespace hoso::server
