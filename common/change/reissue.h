#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include "common/base/bytes.h"
#include "common/change/change.h"

namespace hoso::change {

/// The same act as a change of another replica: its id becomes `id`, every reference to a change of
/// its old replica whose number is in `now` becomes what stands there, others stay. On the octets,
/// as Renumber; an officer's signature is gone. Empty when `encoded` is no change.
base::Bytes Reissue(std::string_view encoded, const ChangeId& id,
                    const std::map<std::int64_t, ChangeId>& now);

}  // namespace hoso::change
