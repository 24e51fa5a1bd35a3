#include "sync/engine/recovery.h"

#include <map>
#include <utility>

#include "common/change/entry.h"
#include "common/change/renumber.h"
#include "common/crypto/sign.h"
#include "sync/engine/own_log.h"

namespace hoso::engine {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kPage = 256;
constexpr std::size_t kPieceBytes = 256u << 10;

/// The province's receipts for positions after `after`: of this log, and of what it was before an
/// earlier loss. The newest is not always the furthest: two programs may exchange for one desk.
base::Result<Recovery::Proofs> ProofsAfter(store::DeskStore& store, std::int64_t after) {
  HOSO_TRY_ASSIGN(const auto key, store.Meta("receipt_key"));
  HOSO_TRY_ASSIGN(const auto head, store.Head());
  Recovery::Proofs proofs;
  HOSO_TRY(store.ForEachReceipt([&](const base::Bytes& octets) {
    const auto receipt = protocol::DecodeReceipt(octets);
    if (receipt && receipt->position > after && receipt->position <= head.position && key &&
        crypto::Verify(*key, protocol::ReceiptSigned(*receipt), receipt->signature))
      proofs.emplace(receipt->position, *receipt);
  }));
  return proofs;
}

}  // namespace

base::Result<store::LogHead> Recovery::Common(const protocol::Behind& behind) {
  store::LogHead common;
  for (const protocol::Behind::Point& point : behind.points) {
    if (point.position <= common.position) continue;
    HOSO_TRY_ASSIGN(const auto hash, store_.HashAt(point.position));
    if (hash && *hash == point.log_hash) common = {point.position, *hash};
  }
  return common;
}

base::Result<bool> Recovery::Has(std::int64_t position, const base::Bytes& encoded) {
  HOSO_TRY_ASSIGN(const auto before, store_.HashAt(position - 1));
  HOSO_TRY_ASSIGN(const auto hash, store_.HashAt(position));
  HOSO_TRY_ASSIGN(const auto unit, store_.Meta("unit"));
  const base::Bytes start = before.value_or(change::LogStart(unit.value_or("")));
  return hash && *hash == change::LogHash(start, encoded);
}

base::Result<Recovery::Plan> Recovery::PlanReturn(const store::LogHead& common, std::int64_t given,
                                                  std::size_t piece) {
  HOSO_TRY_ASSIGN(const Proofs proofs, ProofsAfter(store_, common.position));
  HOSO_TRY_ASSIGN(const auto unit, store_.Meta("unit"));
  Plan plan;
  store::LogHead from = common;
  if (given > common.position) {
    HOSO_TRY_ASSIGN(plan.start, ProofAt(proofs, given));
    if (plan.start) from = {given, plan.start->log_hash};
  }
  plan.after = from.position;
  if (proofs.empty()) return plan;
  base::Bytes hash = change::LogHashAt(unit.value_or(""), from.position, from.hash);
  std::size_t size = 0;
  for (std::int64_t at = from.position; at < proofs.rbegin()->first;) {
    HOSO_TRY_ASSIGN(const auto entries, store_.Entries(at, kPage));
    if (entries.empty()) return plan;
    for (const base::Bytes& entry : entries) {
      size += entry.size();
      if ((plan.proof && size > piece) || size > protocol::kMaxReturnBytes) return plan;
      hash = change::LogHash(hash, entry);
      const auto [first, last] = proofs.equal_range(++at);
      for (auto proof = first; proof != last; ++proof) {
        if (proof->second.log_hash != hash) continue;
        plan.last = at;
        plan.proof = proof->second;
      }
    }
  }
  return plan;
}

/// The one for this desk's log, of those for this position.
base::Result<std::optional<protocol::Receipt>> Recovery::ProofAt(const Proofs& proofs,
                                                                 std::int64_t position) {
  HOSO_TRY_ASSIGN(const auto hash, store_.HashAt(position));
  const auto [first, last] = proofs.equal_range(position);
  for (auto proof = first; proof != last; ++proof)
    if (hash && proof->second.log_hash == *hash) return std::optional(proof->second);
  return std::optional<protocol::Receipt>();
}

base::Result<protocol::Returned> Recovery::Piece(const Plan& plan, std::int64_t after) {
  HOSO_TRY_ASSIGN(auto entries, store_.Entries(after, std::min(kPage, plan.last - after)));
  protocol::Returned piece{after + 1, {}};
  std::size_t size = 0;
  for (base::Bytes& entry : entries) {
    if (!piece.entries.empty() && size + entry.size() > kPieceBytes) break;
    size += entry.size();
    piece.entries.push_back(std::move(entry));
  }
  if (piece.entries.empty()) return Fail(ErrorKind::kDamaged, "log.gap");
  return piece;
}

base::Result<base::Bytes> Recovery::ChainBefore(std::int64_t sequence, const std::string& replica) {
  base::Bytes chain = change::ChainStart();
  std::int64_t last = 0;
  HOSO_TRY(ForEachOwnInLog(store_, replica, sequence - 1,
                           [&](const OwnInLog& own) -> base::Result<bool> {
                             if (own.sequence >= sequence) return false;
                             chain = own.chain;
                             last = own.sequence;
                             return true;
                           }));
  if (last != sequence - 1) return Fail(ErrorKind::kDamaged, "replica.chain");
  return chain;
}

base::Status Recovery::KeepOwn(const change::Change& change, const base::Bytes& octets,
                               std::int64_t accepted, std::optional<base::Bytes>& chain) {
  if (!chain) {
    HOSO_TRY_ASSIGN(chain, ChainBefore(change.id.sequence, change.id.replica));
  }
  chain = change::ChainHash(*chain, octets);
  HOSO_TRY_ASSIGN(const auto waiting, store_.OutboxAt(change.id.sequence));
  if (waiting) return {};
  const auto status =
      change.id.sequence <= accepted ? store::OutboxStatus::kSent : store::OutboxStatus::kHere;
  return store_.ReturnToOutbox(
      {change.id.sequence, change.dossier, octets, *chain, change.times.desk_ms, status});
}

base::Result<Recovery::Rewound> Recovery::Rewind(std::int64_t position, std::int64_t accepted,
                                                 std::int64_t proven) {
  HOSO_TRY_ASSIGN(const auto replica, store_.Meta("replica"));
  Rewound rewound;
  std::optional<base::Bytes> chain;
  for (std::int64_t after = position;;) {
    HOSO_TRY_ASSIGN(const auto entries, store_.Entries(after, kPage));
    if (entries.empty()) break;
    after += static_cast<std::int64_t>(entries.size());
    for (const base::Bytes& encoded : entries) {
      const auto read = change::DecodeEntry(encoded);
      if (!read) continue;  // Of no dossier; it comes back with the rest.
      const change::Entry& entry = *read;
      if (entry.position <= proven) rewound.owed.insert(change::ActOf(entry.change));
      const auto change = change::Decode(entry.change);
      if (!change) continue;
      rewound.dossiers.insert(change->dossier);
      const bool own = replica && change->id.replica == *replica;
      if (own && entry.verdict.reason != change::kNumberTaken)
        HOSO_TRY(KeepOwn(*change, entry.change, accepted, chain));
    }
  }
  HOSO_TRY(store_.RemoveEntriesAfter(position));
  return rewound;
}

}  // namespace hoso::engine
