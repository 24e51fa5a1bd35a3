#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/store/desk_store.h"

namespace hoso::engine {

/// What the province's receipts on this desk prove, checked with nothing but the desk's own
/// database: every signature, every chain over own changes, every log hash, computed again.
struct ReceiptProof {
  std::int64_t receipts = 0;     // Checked; all hold, but for what the next two count.
  std::int64_t ahead = 0;        // Signed for a log that has not come down yet.
  std::int64_t earlier = 0;      // Of an epoch whose log the province has not kept.
  std::int64_t through = 0;      // Own changes up to this number are durable at the province,
  std::int64_t through_ms = 0;   // since then (province time) at the latest.
  std::int64_t position = 0;     // The log up to there is what the province signed,
  std::int64_t position_ms = 0;  // then.

  /// When a receipt first covered that change, or the log up to that position; none if none does.
  std::optional<std::int64_t> ReceivedMs(const std::string& replica, std::int64_t sequence) const;
  std::optional<std::int64_t> OrderedMs(std::int64_t at) const;

  using Covered = std::vector<std::pair<std::int64_t, std::int64_t>>;  // Up to where, when.
  std::map<std::string, Covered> chains;  // By replica; in the order of the receipts.
  Covered logs;
};

/// kNotFound "proof.none" without any receipt. The first break is kDamaged: "proof.receipt" (it
/// can't be read), "proof.signature", "proof.other" (of another unit), "proof.log" (an entry does
/// not follow from those before it), "proof.log_hash", "proof.chain", "proof.changes" (what the
/// receipt covers is not here); the detail says which.
base::Result<ReceiptProof> ProveReceipts(store::DeskStore& store);

}  // namespace hoso::engine
