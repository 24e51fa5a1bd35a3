#include "sync/engine/rejoin.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "common/change/entry.h"
#include "common/change/reissue.h"
#include "common/change/renumber.h"
#include "common/crypto/hash.h"
#include "common/crypto/sign.h"
#include "sync/engine/desk.h"
#include "sync/engine/handed.h"
#include "sync/engine/own_log.h"

namespace hoso::engine {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr const char* kMark = "rejoin";
constexpr const char* kTold = "told";
constexpr const char* kCopy = "1";
constexpr const char* kSaid = "said";
constexpr const char* kSigned = "rejoin_signed";
constexpr const char* kReissueOfficer = "replica.reissue_officer";
constexpr std::int64_t kParked = std::int64_t{1} << 40;  // No desk ever makes as many changes.

/// Octets that are no change have no number to alter; they are carried as they are.
base::Bytes Carried(const base::Bytes& octets, base::Bytes altered) {
  return altered.empty() ? octets : std::move(altered);
}

using Moved = std::map<std::int64_t, change::ChangeId>;

const base::Bytes& AsMade(const store::OutboxRow& row) {
  return row.made.empty() ? row.change : row.made;
}

/// Where the changes that wait have gone. Those that Park moved know each other by the numbers they
/// were made under, which in the log may mean others; those made since, by the ones they wait
/// under.
class Gone {
 public:
  void Put(const store::OutboxRow& row, const change::ChangeId& now) {
    waiting_[row.sequence] = now;
    if (const auto made = change::Decode(row.made)) made_[made->id.sequence] = now;
  }
  const Moved& For(const store::OutboxRow& row) const {
    return row.made.empty() ? waiting_ : made_;
  }

 private:
  Moved waiting_, made_;
};

/// An act whoever issues it, when what it refers to has moved.
base::Bytes Unnamed(const base::Bytes& octets, const Moved& moved) {
  return Carried(octets, change::Reissue(octets, {}, moved));
}

/// The act under the name it has from now on; its very octets, signature and all, if it has it
/// already.
base::Bytes Named(const base::Bytes& octets, const change::ChangeId& id, const Moved& moved) {
  const auto made = change::Decode(octets);
  if (!made) return octets;
  base::Bytes named = change::Reissue(octets, id, moved);
  return named == change::Reissue(octets, made->id, {}) ? octets : named;
}

}  // namespace

/// What the log holds of this replica.
struct Rejoin::Held {
  std::string replica;
  store::OutboxRow last;
  Acts acts;  // Those that may be waiting here too.
};

base::Status Rejoin::Together(const std::function<base::Status()>& work) {
  const base::Status done = store_.database().Atomically(work);
  if (!done && done.error().reason == kReissueOfficer)
    HOSO_TRY(store_.database().Atomically([&] { return KeepSigned(); }));
  return done;
}

base::Result<bool> Rejoin::Marked() {
  HOSO_TRY_ASSIGN(const auto mark, store_.Meta(kMark));
  return mark && !mark->empty();
}

base::Status Rejoin::Mark() {
  HOSO_TRY_ASSIGN(const auto mark, store_.Meta(kMark));
  return mark == kTold ? base::Status() : store_.SetMeta(kMark, kCopy);
}

base::Status Rejoin::MarkSaid() {
  HOSO_TRY_ASSIGN(const bool marked, Marked());
  return marked ? base::Status() : store_.SetMeta(kMark, kSaid);
}

base::Status Rejoin::MarkTold() {
  return store_.SetMeta(kMark, kTold);
}

base::Result<bool> Rejoin::IsCopy() {
  HOSO_TRY_ASSIGN(const auto mark, store_.Meta(kMark));
  return mark == kCopy;
}

base::Result<std::set<std::string>> Rejoin::Park() {
  HOSO_TRY(Mark());
  std::set<std::string> dossiers;
  change::Renamed renamed;
  HOSO_TRY_ASSIGN(const auto last, store_.LastOwn());
  const std::int64_t first = std::max(kParked, last.sequence);  // Some may be parked already.
  std::int64_t next = first;
  HOSO_TRY(store_.ForEachWaiting(0, [&](store::OutboxRow row) -> base::Status {
    HOSO_TRY(store_.RemoveFromOutbox(row.sequence));
    renamed[row.sequence] = ++next;
    row.sequence = next;
    if (row.made.empty()) row.made = row.change;
    row.change = Carried(row.change, change::Renumber(row.change, next, renamed));
    dossiers.insert(row.dossier);
    return store_.AppendOutbox(row);  // Its chain is made when its last number is known.
  }));
  if (next == first) HOSO_TRY(store_.SetLastOwn({first, "", {}, {}, 0}));
  return dossiers;
}

base::Result<Rejoin::Held> Rejoin::HeldInLog(const protocol::Receipt& receipt) {
  Held held;
  held.replica = receipt.replica;
  held.last.chain = change::ChainStart();
  std::unordered_set<std::int64_t> times;
  HOSO_TRY(store_.ForEachWaiting(0, [&](const store::OutboxRow& row) -> base::Status {
    times.insert(row.at_ms);
    return {};
  }));
  bool proven = receipt.accepted_through == 0;
  const auto take = [&](const OwnInLog& own) -> base::Result<bool> {
    const std::int64_t at_ms = own.change ? own.change->times.desk_ms : 0;
    held.last = {own.sequence, own.change ? own.change->dossier : "",
                 {},           own.chain,
                 at_ms,        store::OutboxStatus::kSent};
    if (!own.change || times.contains(at_ms))
      held.acts.emplace(Unnamed(own.octets, {}), change::ChangeId{held.replica, own.sequence});
    if (own.sequence == receipt.accepted_through) proven = own.chain == receipt.chain;
    return true;
  };
  HOSO_TRY(ForEachOwnInLog(store_, held.replica, receipt.accepted_through, take));
  if (!proven) return Fail(ErrorKind::kDamaged, "replica.chain");
  return held;
}

base::Result<base::Bytes> Rejoin::Signed(base::Bytes octets, const base::Bytes& made,
                                         const Signers& signers) {
  static const base::Bytes kNobodys(crypto::kSignatureSize, '\0');
  const auto read = change::Decode(octets);
  if (!read || !change::NeedsSignature(*read) || !read->signature.empty()) return octets;
  const base::Bytes part = change::SignedPartOf(octets), hash = crypto::Sha256(part);
  const Actor& present = signers.present;
  if (read->author == present.user && present.signing_seed != nullptr) {
    const auto before = change::Decode(made);
    const bool his = before && crypto::Verify(crypto::PublicKey(*present.signing_seed),
                                              change::SignedPartOf(made), before->signature);
    signed_[hash] = his ? crypto::Sign(*present.signing_seed, part) : kNobodys;
  }
  if (const auto found = signed_.find(hash); found != signed_.end())
    return change::WithSignature(octets, found->second);
  if (!signers.others.contains(read->author)) return change::WithSignature(octets, kNobodys);
  missing_ = read->author;
  return octets;  // Not to be sent: the caller gives all of it up.
}

base::Status Rejoin::ReadSigned() {
  constexpr std::size_t kRecord = crypto::kSha256Size + crypto::kSignatureSize;
  HOSO_TRY_ASSIGN(const auto kept, store_.Meta(kSigned));
  for (std::size_t at = 0; kept && at + kRecord <= kept->size(); at += kRecord)
    signed_[kept->substr(at, crypto::kSha256Size)] =
        kept->substr(at + crypto::kSha256Size, crypto::kSignatureSize);
  return {};
}

base::Status Rejoin::KeepSigned() {
  base::Bytes all;
  for (const auto& [hash, signature] : signed_) all += hash + signature;
  return store_.SetMeta(kSigned, all);
}

/// What the log has of the acts that wait here, under whatever name: another copy of this desk, or
/// this one after the copy was made, may have been there first.
base::Status Rejoin::FindUnderOthers(Held& held) {
  std::set<std::string> dossiers;
  std::unordered_set<std::int64_t> times;
  HOSO_TRY(store_.ForEachWaiting(0, [&](const store::OutboxRow& row) -> base::Status {
    dossiers.insert(row.dossier);
    times.insert(row.at_ms);
    return {};
  }));
  for (const std::string& dossier : dossiers) {
    HOSO_TRY_ASSIGN(const auto entries, store_.EntriesOf(dossier));
    for (const base::Bytes& encoded : entries) {
      const auto logged = change::DecodeLogged(encoded);
      if (!logged || logged->entry.verdict.reason == change::kNumberTaken) continue;
      const change::Change& change = logged->change;
      if (change.id.replica != held.replica && times.contains(change.times.desk_ms))
        held.acts.emplace(Unnamed(logged->entry.change, {}), change.id);
    }
  }
  return {};
}

base::Result<std::set<std::string>> Rejoin::IssueAgain(const protocol::Receipt& receipt,
                                                       const Signers& signers) {
  HOSO_TRY_ASSIGN(Held held, HeldInLog(receipt));
  return Issue(held, held.replica, held.last, signers);
}

base::Result<std::set<std::string>> Rejoin::IssueUnder(const std::string& replica,
                                                       const protocol::Receipt& receipt,
                                                       const Signers& signers) {
  HOSO_TRY_ASSIGN(Held held, HeldInLog(receipt));
  store::OutboxRow none;
  none.chain = change::ChainStart();
  return Issue(held, replica, none, signers);
}

base::Result<std::set<std::string>> Rejoin::Issue(Held& held, const std::string& replica,
                                                  store::OutboxRow last, const Signers& signers) {
  HOSO_TRY(FindUnderOthers(held));
  HOSO_TRY(ReadSigned());
  std::set<std::string> dossiers;
  Gone gone;
  HOSO_TRY(store_.ForEachWaiting(0, [&](store::OutboxRow row) -> base::Status {
    HOSO_TRY(store_.RemoveFromOutbox(row.sequence));
    dossiers.insert(row.dossier);
    const base::Bytes made = AsMade(row);
    const auto same = held.acts.find(Unnamed(made, gone.For(row)));
    if (same != held.acts.end()) {
      gone.Put(row, same->second);
      held.acts.erase(same);
      return {};
    }
    const change::ChangeId now{replica, last.sequence + 1};
    if (replica != held.replica || row.sequence != now.sequence) ++issued_;
    gone.Put(row, now);
    HOSO_TRY_ASSIGN(row.change, Signed(Named(made, now, gone.For(row)), made, signers));
    row.sequence = now.sequence;
    row.made.clear();
    row.chain = change::ChainHash(last.chain, row.change);
    row.status = store::OutboxStatus::kHere;
    last = row;
    return store_.AppendOutbox(row);
  }));
  HOSO_TRY(Finish(last));
  return dossiers;
}

base::Status Rejoin::Finish(const store::OutboxRow& last) {
  if (!missing_.empty()) return Fail(ErrorKind::kRefused, kReissueOfficer, missing_);
  HOSO_TRY(store_.SetMeta(kSigned, ""));
  HOSO_TRY(store_.SetLastOwn(last));
  HOSO_TRY(ForgetHanded(store_));
  return store_.SetMeta(kMark, "");
}

}  // namespace hoso::engine
