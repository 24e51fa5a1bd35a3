#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "common/change/change.h"
#include "common/store/desk_store.h"

namespace hoso::engine {

/// One of the changes that the log holds of a replica.
struct OwnInLog {
  std::int64_t sequence = 0;
  base::Bytes octets;
  base::Bytes chain;                     // Of the replica, up to and with it.
  std::optional<change::Change> change;  // None: octets that are no change.
};

/// Gives what the desk's log holds of `replica` in the order of its numbers, until `take` says
/// false. Octets that are no change name nobody: they fill the numbers that no entry names, and at
/// the end those through `expected`. kDamaged "replica.chain" where a number is missing.
base::Status ForEachOwnInLog(store::DeskStore& store, const std::string& replica,
                             std::int64_t expected,
                             const std::function<base::Result<bool>(const OwnInLog&)>& take);

}  // namespace hoso::engine
