#pragma once

#include <string>

#include "common/base/ids.h"
#include "common/crypto/secret.h"
#include "common/store/desk_store.h"
#include "sync/engine/desk.h"
#include "sync/engine/province.h"

namespace hoso::engine {

/// Moves a desk that Sync found to be a copy of another (SyncReport::forked) to an identity of its
/// own: new replica id, keys and certificate; what still waits is issued again under it, nothing is
/// dropped. The keys are on disk before the province is asked, so that a lost answer is told again.
/// Gives how many changes were issued again. kRefused "replica.reissue_officer" when another
/// officer must sign anew; then nothing has moved.
base::Result<std::int64_t> MoveToOwnIdentity(Desk& desk, store::DeskStore& store,
                                             Province& province, const base::Clock& clock,
                                             base::Random& random, const Actor& present);

/// Who a desk is, as its database has it.
struct Identity {
  std::string replica;
  crypto::Secret device_seed;  // Ed25519
  crypto::Secret tls_key;      // PEM
  std::string certificate;     // PEM
  base::Bytes registrations;   // What the province says of it.
};

/// Whether the desk once moved away from that replica.
base::Result<bool> HasMovedFrom(store::DeskStore& store, const std::string& replica);
/// Makes an older copy of the same desk, from before it moved, what the desk is now. All that
/// waited there is in `from`, waiting or in the log, under the new name. Inside `into`'s
/// transaction.
base::Status CarryIdentity(store::DeskStore& from, store::DeskStore& into);

}  // namespace hoso::engine
