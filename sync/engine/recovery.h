#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/change/change.h"
#include "common/store/desk_store.h"
#include "sync/protocol/messages.h"

namespace hoso::engine {

/// What a desk does when the province's log lost what the desk's copy has. It finds how far both
/// are the same, gives back what follows as far as a receipt proves it, and then follows the
/// province's log, whatever became of it: its own changes that are not in it wait again.
class Recovery {
 public:
  explicit Recovery(store::DeskStore& store) : store_(store) {}

  /// The highest of these positions where the desk's log has the same hash.
  base::Result<store::LogHead> Common(const protocol::Behind& behind);

  /// What to give back: the entries up to `last`, where `proof` has the log's hash.
  struct Plan {
    std::int64_t last = 0;
    std::optional<protocol::Receipt> proof;  // None: nothing can be proved.
    bool rest = false;                       // Too much for one request; more can be proved.
  };
  base::Result<Plan> PlanReturn(const store::LogHead& common);
  /// The next piece of it, after `after`.
  base::Result<protocol::Returned> Piece(const Plan& plan, std::int64_t after);

  /// Lets the log end at `position`. Own changes that stood beyond it go back into the outbox,
  /// those through `accepted` as received by the province. Gives the dossiers whose states must be
  /// made anew from what is left. In the caller's transaction.
  base::Result<std::set<std::string>> Rewind(std::int64_t position, std::int64_t accepted);

 private:
  base::Result<base::Bytes> ChainBefore(std::int64_t sequence, const std::string& replica);
  base::Status KeepOwn(const change::Change& change, const base::Bytes& octets,
                       std::int64_t accepted, std::optional<base::Bytes>& chain);

  store::DeskStore& store_;
};

}  // namespace hoso::engine
