#pragma once

#include <cstdint>
#include <vector>

#include "common/store/desk_store.h"
#include "sync/protocol/messages.h"

namespace hoso::engine {

/// One of the province's signed statements that this desk keeps.
struct HeldReceipt {
  protocol::Receipt receipt;
  bool valid = false;  // Its signature is the province's, checked now.
};
/// Newest first.
base::Result<std::vector<HeldReceipt>> HeldReceipts(store::DeskStore& store, std::int64_t limit);

}  // namespace hoso::engine
