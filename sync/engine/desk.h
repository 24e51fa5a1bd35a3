#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/catalog/catalog.h"
#include "common/change/entry.h"
#include "common/crypto/secret.h"
#include "common/domain/deadline.h"
#include "common/store/desk_store.h"
#include "sync/engine/province.h"
#include "sync/engine/sync_watch.h"
#include "sync/protocol/messages.h"

namespace hoso::engine {

struct Identity;  // sync/engine/identity.h

struct SyncReport {
  std::int64_t sent = 0, received = 0, accepted = 0, conflicts = 0, set_aside = 0;  // Own changes.
  std::int64_t reissued = 0;  // Own changes that got new numbers after an old copy was put back.
  std::int64_t returned = 0;  // Entries of the log given back to a province that had lost some.
  bool forked = false;        // Only with SyncWatch::moves; nothing that waits was sent.
  bool moved = false;         // To an identity of its own, by the caller.
  std::int64_t bytes_up = 0, bytes_down = 0, round_trips = 0, position = 0;
};

/// Who acts: the officer who unlocked the desk, with the key of the slot.
struct Actor {
  std::string user;
  const crypto::Secret* signing_seed = nullptr;  // Ed25519; not owned.
};

/// One replica: records acts, shows them at once, reconciles with the province when it can.
/// Has no thread, socket, file or clock of its own. One thread at a time; another desk on another
/// connection to the same file may work beside it, since whatever is judged is read in the very
/// transaction that writes.
class Desk {
 public:
  /// All references outlive the desk. The store must hold a replica id (SetUp or enrolment).
  Desk(store::DeskStore& store, const catalog::Catalog& catalogue, const base::Clock& clock);

  /// Names a new, empty store. `device_seed` signs its batches.
  static base::Status SetUp(store::DeskStore& store, const std::string& replica,
                            const std::string& unit, const crypto::Secret& device_seed,
                            std::string_view receipt_key);

  /// Adds one person to what the desk knows, for the time before its first exchange.
  static base::Status Remember(store::DeskStore& store, const protocol::Person& person);

  /// For a store that was put back from an older copy: what was made after that copy and reached
  /// the province comes back with the next exchange, before anything is offered. An exchange also
  /// notices by itself; said here, it need not be refused first.
  static base::Status MarkRestored(store::DeskStore& store);
  /// What still waited in the database that a restored one replaces goes on waiting in it; so do
  /// drafts. For the same replica only; then MarkRestored, and ShowWaiting once it is in place.
  static base::Status CarryWaiting(store::DeskStore& from, store::DeskStore& into);
  /// Makes the shown state of every dossier with waiting changes anew.
  base::Status ShowWaiting();

  /// Records an act: change, outbox and shown state in one durable transaction. kRefused with the
  /// verdict's reason when it could not take effect as things stand here.
  base::Result<change::Change> Record(const Actor& actor, const std::string& dossier,
                                      change::Body body);
  /// Several acts on one dossier, each judged after the one before: all are recorded, or none.
  base::Result<std::vector<change::Change>> RecordAll(const Actor& actor,
                                                      const std::string& dossier,
                                                      std::vector<change::Body> bodies);

  /// Exchanges until both sides are level. Whatever happens in between is harmless: what was
  /// committed stays, the rest is offered again.
  /// `present` signs anew what it signed before, should an older copy of this desk have been put
  /// back; kRefused "replica.reissue_officer" (detail: the user) when another officer must do that.
  /// `watch` may look on and end it: kUnreachable "sync.stopped".
  base::Result<SyncReport> Sync(Province& province, const Actor& present = {},
                                const SyncWatch& watch = {});

  /// Goes on under another identity, in one transaction; how many changes were issued again. For
  /// MoveToOwnIdentity.
  base::Result<std::int64_t> TakeIdentity(const Identity& next, const Actor& present);

  /// About how many octets of the log go back in one request to a province that lost them, 1 MiB
  /// when not said: what a request has brought need not be brought again.
  void ReturnInPiecesOf(std::size_t octets) { return_piece_ = octets; }

  base::Result<std::optional<store::StoredDossier>> Load(const std::string& id);
  /// The people of the province as last heard; empty before the first exchange.
  base::Result<std::vector<protocol::Person>> People();
  /// Due date of a dossier under the procedure version it was accepted under.
  std::optional<domain::Due> DueOf(const change::DossierState& state) const;
  /// Position and digest of the confirmed state; equal on all replicas at the same position.
  struct Digest {
    std::int64_t position = 0;
    std::string sha256;
  };
  base::Result<Digest> DigestNow();

 private:
  friend class ExchangeRun;
  base::Result<change::Context> ContextFor(const std::string& user);
  /// The officers of this unit who may act.
  base::Result<std::set<std::string>> AtWork();
  base::Result<change::Change> Append(const Actor& actor, const change::Context& context,
                                      change::Body body, store::StoredDossier& dossier,
                                      const std::string& id);
  base::Status Remind(Province& province);
  base::Status Refresh(store::StoredDossier& dossier, const std::string& id);
  base::Status RefreshAll(const std::set<std::string>& dossiers);
  base::Status Refold(const std::set<std::string>& dossiers);
  base::Status SaveView(const store::StoredDossier& dossier, int unsent);

  store::DeskStore& store_;
  const catalog::Catalog& catalogue_;
  const base::Clock& clock_;
  std::vector<domain::Transition> transitions_;
  std::size_t return_piece_ = 1u << 20;
  base::Bytes directory_;  // What people_ was read from; another connection may take a newer one.
  std::vector<protocol::Person> people_;
};

}  // namespace hoso::engine
