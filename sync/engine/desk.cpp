#include "sync/engine/desk.h"

#include <map>
#include <set>

#include "common/base/number.h"
#include "common/crypto/sign.h"
#include "sync/engine/dossier_due.h"
#include "sync/engine/identity.h"
#include "sync/engine/refold.h"
#include "sync/engine/rejoin.h"

namespace hoso::engine {
namespace {

using base::ErrorKind;

/// What the desk knew of the province's clock when it made a change: kept as "province:monotonic".
change::Times TimesNow(const std::optional<base::Bytes>& trusted, const base::Clock& clock) {
  change::Times times{clock.NowMs(), 0, -1};
  if (!trusted) return times;
  const auto colon = trusted->find(':');
  if (colon == base::Bytes::npos) return times;
  times.trusted_ms = base::ToNumber(std::string_view(*trusted).substr(0, colon)).value_or(0);
  const std::int64_t since =
      clock.MonotonicMs() -
      base::ToNumber(std::string_view(*trusted).substr(colon + 1)).value_or(0);
  if (since >= 0) times.since_ms = since;
  return times;
}

}  // namespace

Desk::Desk(store::DeskStore& store, const catalog::Catalog& catalogue, const base::Clock& clock)
    : store_(store), catalogue_(catalogue), clock_(clock), transitions_(catalogue.Transitions()) {}

base::Status Desk::SetUp(store::DeskStore& store, const std::string& replica,
                         const std::string& unit, const crypto::Secret& device_seed,
                         std::string_view receipt_key) {
  return store.database().Atomically([&]() -> base::Status {
    HOSO_TRY(store.SetMeta("replica", replica));
    HOSO_TRY(store.SetMeta("unit", unit));
    HOSO_TRY(store.SetMeta("device_seed", device_seed.view()));
    return store.SetMeta("receipt_key", receipt_key);
  });
}

base::Status Desk::Remember(store::DeskStore& store, const protocol::Person& person) {
  return store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto known, store.Meta("directory"));
    std::vector<protocol::Person> people;
    if (known) {
      HOSO_TRY_ASSIGN(people, protocol::DecodeDirectory(*known));
    }
    std::erase_if(people, [&](const protocol::Person& p) { return p.id == person.id; });
    people.push_back(person);
    return store.SetMeta("directory", protocol::EncodeDirectory(people));
  });
}

base::Status Desk::MarkRestored(store::DeskStore& store) {
  return store.database().Atomically([&] { return Rejoin(store).MarkTold(); });
}

base::Status Desk::CarryWaiting(store::DeskStore& from, store::DeskStore& into) {
  HOSO_TRY_ASSIGN(const auto replica, from.Meta("replica"));
  HOSO_TRY_ASSIGN(const auto same, into.Meta("replica"));
  HOSO_TRY_ASSIGN(const bool moved, HasMovedFrom(from, same.value_or("")));
  if (!replica || (replica != same && !moved)) return {};
  HOSO_TRY_ASSIGN(const store::OutboxRow newest, from.LastOwn());
  HOSO_TRY_ASSIGN(const std::vector<store::DraftRow> drafts, from.AllDrafts());
  return into.database().Atomically([&]() -> base::Status {
    if (moved) HOSO_TRY(CarryIdentity(from, into));
    HOSO_TRY_ASSIGN(const store::OutboxRow known, into.LastOwn());
    HOSO_TRY(from.ForEachWaiting(
        known.sequence, [&](const store::OutboxRow& row) { return into.AppendOutbox(row); }));
    if (newest.sequence > known.sequence) HOSO_TRY(into.SetLastOwn(newest));
    for (const store::DraftRow& draft : drafts) HOSO_TRY(into.SaveDraft(draft));
    return {};
  });
}

base::Status Desk::ShowWaiting() {
  return store_.database().Atomically([&]() -> base::Status {
    std::set<std::string> dossiers;
    HOSO_TRY(store_.ForEachWaiting(0, [&](const store::OutboxRow& row) -> base::Status {
      dossiers.insert(row.dossier);
      return {};
    }));
    for (const std::string& id : dossiers) {
      HOSO_TRY_ASSIGN(auto stored, store_.Load(id));
      store::StoredDossier dossier = std::move(stored).value_or(store::StoredDossier{});
      HOSO_TRY(Refresh(dossier, id));
    }
    return {};
  });
}

base::Result<std::vector<protocol::Person>> Desk::People() {
  HOSO_TRY_ASSIGN(const auto known, store_.Meta("directory"));
  if (!known) return std::vector<protocol::Person>{};
  if (*known != directory_) {
    HOSO_TRY_ASSIGN(people_, protocol::DecodeDirectory(*known));
    directory_ = *known;
  }
  return people_;
}

base::Result<std::set<std::string>> Desk::AtWork() {
  HOSO_TRY_ASSIGN(const auto unit, store_.Meta("unit"));
  HOSO_TRY_ASSIGN(const auto people, People());
  std::set<std::string> users;
  for (const protocol::Person& person : people)
    if (person.active && person.unit == unit.value_or("")) users.insert(person.id);
  return users;
}

base::Result<change::Context> Desk::ContextFor(const std::string& user) {
  HOSO_TRY_ASSIGN(const auto unit, store_.Meta("unit"));
  HOSO_TRY_ASSIGN(const auto people, People());
  change::Context context;
  context.transitions = &transitions_;
  context.unit = unit.value_or("");
  for (const protocol::Person& person : people) {
    if (person.id != user) continue;
    if (const auto role = domain::ParseRole(person.role)) context.role = *role;
    context.active = person.active && person.unit == context.unit;
  }
  return context;
}

base::Result<change::Change> Desk::Record(const Actor& actor, const std::string& dossier,
                                          change::Body body) {
  HOSO_TRY_ASSIGN(auto made, RecordAll(actor, dossier, {std::move(body)}));
  return std::move(made.front());
}

base::Result<std::vector<change::Change>> Desk::RecordAll(const Actor& actor,
                                                          const std::string& dossier,
                                                          std::vector<change::Body> bodies) {
  std::vector<change::Change> made;
  if (bodies.empty()) return made;
  HOSO_TRY(store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const change::Context context, ContextFor(actor.user));
    HOSO_TRY_ASSIGN(auto known, store_.Load(dossier));
    store::StoredDossier stored = std::move(known).value_or(store::StoredDossier{});
    for (change::Body& body : bodies) {
      HOSO_TRY_ASSIGN(auto change, Append(actor, context, std::move(body), stored, dossier));
      made.push_back(std::move(change));
    }
    HOSO_TRY_ASSIGN(const std::int64_t unsent, store_.OutboxCountOf(dossier));
    return SaveView(stored, static_cast<int>(unsent));
  }));
  return made;
}

base::Result<change::Change> Desk::Append(const Actor& actor, const change::Context& context,
                                          change::Body body, store::StoredDossier& dossier,
                                          const std::string& id) {
  HOSO_TRY_ASSIGN(const auto last, store_.LastOwn());
  HOSO_TRY_ASSIGN(const auto replica, store_.Meta("replica"));
  if (!replica) return base::Fail(ErrorKind::kUsage, "desk.not_enrolled");
  HOSO_TRY_ASSIGN(const auto trusted, store_.Meta("trusted"));
  change::Change change{{*replica, last.sequence + 1}, actor.user,      id,
                        TimesNow(trusted, clock_),     std::move(body), {}};
  if (change::NeedsSignature(change) && actor.signing_seed != nullptr)
    change.signature = crypto::Sign(*actor.signing_seed, change::SignedPart(change));
  const base::Bytes encoded = change::Encode(change);
  // What this desk could not read back must not be promised to the officer.
  if (auto again = change::Decode(encoded); !again)
    return base::Fail(ErrorKind::kUsage, "change.too_big");

  const change::DossierState* state = dossier.shown.id.empty() ? nullptr : &dossier.shown;
  const change::Verdict verdict = change::Judge(state, change, context);
  if (verdict.outcome == change::Outcome::kSetAside)
    return base::Fail(ErrorKind::kRefused, verdict.reason);
  change::Apply(dossier.shown, change,
                {0, verdict, "", context.role ? domain::ToString(*context.role) : "", encoded},
                transitions_);
  HOSO_TRY(
      store_.AppendOutbox({change.id.sequence, id, encoded, change::ChainHash(last.chain, encoded),
                           change.times.desk_ms, store::OutboxStatus::kHere}));
  return change;
}

base::Status Desk::SaveView(const store::StoredDossier& dossier, int unsent) {
  store::DossierRow row;
  row.unsent = unsent;
  if (const auto due = DueOf(dossier.shown)) row.due = domain::ToText(due->due.day);
  return store_.Save(dossier, row);
}

base::Status Desk::Refresh(store::StoredDossier& dossier, const std::string& id) {
  HOSO_TRY_ASSIGN(const auto waiting, store_.OutboxOf(id));
  dossier.shown = dossier.confirmed.value_or(change::DossierState{});
  std::map<std::string, change::Context> contexts;
  for (const store::OutboxRow& row : waiting) {
    const auto read = change::Decode(row.change);
    if (!read) continue;  // It waits on; one bad record stops nothing else.
    const change::Change& change = *read;
    if (!contexts.contains(change.author)) {
      HOSO_TRY_ASSIGN(contexts[change.author], ContextFor(change.author));
    }
    const change::Context& context = contexts[change.author];
    const change::DossierState* state = dossier.shown.id.empty() ? nullptr : &dossier.shown;
    const change::Verdict verdict = change::Judge(state, change, context);
    change::Apply(dossier.shown, change,
                  {0, verdict, "", context.role ? domain::ToString(*context.role) : "", row.change},
                  transitions_);
  }
  return SaveView(dossier, static_cast<int>(waiting.size()));
}

base::Status Desk::RefreshAll(const std::set<std::string>& dossiers) {
  for (const std::string& id : dossiers) {
    HOSO_TRY_ASSIGN(auto dossier, LoadOrRefold(store_, id, transitions_));
    HOSO_TRY(Refresh(dossier, id));
  }
  return {};
}

/// Makes both states anew from log and outbox.
base::Status Desk::Refold(const std::set<std::string>& dossiers) {
  for (const std::string& id : dossiers) {
    HOSO_TRY_ASSIGN(store::StoredDossier dossier, FoldAgain(store_, id, transitions_));
    HOSO_TRY_ASSIGN(const std::int64_t waiting, store_.OutboxCountOf(id));
    if (!dossier.confirmed && waiting == 0) {
      HOSO_TRY(store_.RemoveDossier(id));
    } else {
      HOSO_TRY(Refresh(dossier, id));
    }
  }
  return {};
}

base::Result<std::optional<store::StoredDossier>> Desk::Load(const std::string& id) {
  auto stored = store_.Load(id);
  if (stored || stored.error().reason != "state.malformed") return stored;
  HOSO_TRY(store_.database().Atomically([&] { return RefreshAll({id}); }));
  return store_.Load(id);
}

std::optional<domain::Due> Desk::DueOf(const change::DossierState& state) const {
  return DossierDue(catalogue_, state);
}

base::Result<Desk::Digest> Desk::DigestNow() {
  HOSO_TRY_ASSIGN(const auto head, store_.Head());
  HOSO_TRY_ASSIGN(const auto digest, store_.ConfirmedDigest());
  return Digest{head.position, base::ToHex(digest)};
}

}  // namespace hoso::engine
