#pragma once

#include <cstdint>
#include <map>
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
  using Proofs = std::multimap<std::int64_t, protocol::Receipt>;  // By their positions.

  explicit Recovery(store::DeskStore& store) : store_(store) {}

  /// The highest of these positions where the desk's log has the same hash.
  base::Result<store::LogHead> Common(const protocol::Behind& behind);

  /// Whether this desk's log has this entry at `position`.
  base::Result<bool> Has(std::int64_t position, const base::Bytes& encoded);

  /// The next piece to give back: the entries up to `last`, where `proof` has the log's hash.
  struct Plan {
    std::int64_t after = 0, last = 0;
    std::optional<protocol::Receipt> proof;  // None: nothing more can be proved.
    std::optional<protocol::Receipt> start;  // Proves the hash at `after`, if that is not common.
  };
  /// It begins after `common`, or after `given` where pieces were given back already, and is about
  /// `piece` octets long, or as much more as two receipts are apart.
  base::Result<Plan> PlanReturn(const store::LogHead& common, std::int64_t given,
                                std::size_t piece);
  /// The next piece of it, after `after`.
  base::Result<protocol::Returned> Piece(const Plan& plan, std::int64_t after);

  struct Rewound {
    std::set<std::string> dossiers;  // Whose states must be made anew from what is left.
    std::set<base::Bytes> owed;      // Acts that the province has signed and must have again.
  };
  /// Lets the log end at `position`. Own changes that stood beyond it go back into the outbox,
  /// those through `accepted` as received by the province; those through the position `proven` were
  /// given back to it. In the caller's transaction.
  base::Result<Rewound> Rewind(std::int64_t position, std::int64_t accepted, std::int64_t proven);

 private:
  base::Result<std::optional<protocol::Receipt>> ProofAt(const Proofs& proofs,
                                                         std::int64_t position);
  base::Result<base::Bytes> ChainBefore(std::int64_t sequence, const std::string& replica);
  base::Status KeepOwn(const change::Change& change, const base::Bytes& octets,
                       std::int64_t accepted, std::optional<base::Bytes>& chain);

  store::DeskStore& store_;
};

}  // namespace hoso::engine
