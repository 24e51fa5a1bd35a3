#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "common/store/desk_store.h"
#include "sync/protocol/messages.h"

namespace hoso::engine {

/// The province's log from where it parted from the one here: kept aside on the disk as it comes,
/// until all of it is there and takes that one's place at once (exchange_log.cpp). A line that
/// breaks takes nothing of it away; the next exchange reads on. Each entry is chained to the one
/// before, the first to the log here. Beside it stands what was given back meanwhile.
///
/// What writes runs inside the caller's transaction.
class OtherLog {
 public:
  explicit OtherLog(store::DeskStore& store) : store_(store) {}

  base::Result<store::LogHead> Head();  // Position 0: nothing has come.
  /// Whether this is on the way that the province's log went, which this desk's own log has up to
  /// `common`. Unknown, where neither log goes so far, is no.
  base::Result<bool> Has(const store::LogHead& at, std::int64_t common);

  /// Takes entries that follow `before`. kDamaged "log.mismatch" when `end` is not their hash.
  base::Status Take(const store::LogHead& before, const std::vector<base::Bytes>& entries,
                    const base::Bytes& end);
  /// Gives all entries to `work` in pieces, with the position of the first of each.
  base::Status ForEach(const std::function<base::Status(const protocol::Entries&)>& work);
  base::Status RemoveAfter(std::int64_t position) { return store_.RemoveOtherAfter(position); }

  /// How far this desk's log was given back, and what the province signed after it had taken that.
  /// As long as its log has that hash there, it has what was given back.
  struct GivenBack {
    std::int64_t through = 0;
    protocol::Receipt receipt;
  };
  base::Result<std::optional<GivenBack>> Given();
  base::Status SetGiven(const GivenBack& given);

  base::Status Forget();  // All of it, and what was given back.

 private:
  store::DeskStore& store_;
};

}  // namespace hoso::engine
