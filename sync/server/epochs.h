#pragma once

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/store/province_store.h"

namespace hoso::server {

/// For a database that was put back from an older copy: every unit's log goes on in a new epoch, so
/// that the next Hello of every desk is compared and what was lost comes back; a unit whose log had
/// not begun yet counts as put back when it begins. In the caller's transaction.
base::Status BeginEpochs(store::ProvinceStore& store, const base::Clock& clock,
                         base::Random& random);

}  // namespace hoso::server
