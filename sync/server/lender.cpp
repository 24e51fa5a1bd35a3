#include "sync/server/lender.h"

#include <utility>

#include "common/catalog/load.h"
#include "common/crypto/hash.h"

namespace hoso::server {

base::Result<std::shared_ptr<const Published>> Unpacked(base::Bytes packed) {
  HOSO_TRY_ASSIGN(catalog::Catalog catalogue, catalog::Unpack(packed));
  auto published = std::make_shared<Published>();
  published->id = base::ToHex(crypto::Sha256(packed));
  published->transitions = catalogue.Transitions();
  published->packed = std::move(packed);
  published->catalogue = std::move(catalogue);
  return std::shared_ptr<const Published>(std::move(published));
}

OneStore::OneStore(store::ProvinceStore& store, const catalog::Catalog& catalogue,
                   base::Bytes packed)
    : store_(store),
      published_{base::ToHex(crypto::Sha256(packed)), packed, catalogue, catalogue.Transitions()} {}

}  // namespace hoso::server
