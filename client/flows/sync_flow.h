#pragma once

#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// Reconciles with the province: renews the desk's certificate when its time comes, then
/// exchanges until both sides are level. May take long: not for a window's thread.
/// kBusy "sync.running"; Desk::Sync's errors. Whatever happens, what was committed stays, and how
/// it ended is kept for LastOutcome.
base::Result<engine::SyncReport> Synchronise(OpenDesk& open, const engine::SyncWatch& watch = {});

/// kDamaged "desk.not_enrolled".
base::Result<Connection> ConnectionOf(OpenDesk& open, std::stop_token stop);

inline constexpr int kRenewBeforeDays = 30;

/// The province's signed statements of what it holds, newest first, each checked again.
struct ReceiptView {
  std::string at, epoch, unit, replica;
  std::int64_t accepted_through = 0, position = 0;
  std::string chain, log_hash;  // Hexadecimal.
  bool valid = false;
};
base::Result<std::vector<ReceiptView>> Receipts(OpenDesk& open, std::int64_t limit);

}  // namespace hoso::flows
