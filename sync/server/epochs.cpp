#include "sync/server/epochs.h"

namespace hoso::server {

base::Status BeginEpochs(store::ProvinceStore& store, const base::Clock& clock,
                         base::Random& random) {
  HOSO_TRY(store.SetMeta(store::ProvinceStore::kRestoredMeta, std::to_string(clock.NowMs())));
  HOSO_TRY_ASSIGN(const auto units, store.Units());
  for (const std::string& unit : units) {
    const std::string epoch = base::MakeUuid7(clock.NowMs(), random);
    HOSO_TRY_ASSIGN(store::UnitHead head, store.LockUnit(unit, epoch));
    head.epoch = epoch;
    head.restored_ms = clock.NowMs();
    HOSO_TRY(store.SetHead(unit, head));
  }
  return {};
}

}  // namespace hoso::server
