#include "sync/engine/receipt_proof.h"

#include <algorithm>
#include <set>

#include "common/change/entry.h"
#include "common/crypto/sign.h"
#include "sync/engine/rejoin.h"
#include "sync/protocol/messages.h"

namespace hoso::engine {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kPage = 256;

std::optional<std::int64_t> FirstOver(const ReceiptProof::Covered& covered, std::int64_t number) {
  const auto first = std::find_if(covered.begin(), covered.end(),
                                  [&](const auto& one) { return one.first >= number; });
  return first == covered.end() ? std::nullopt : std::optional(first->second);
}

/// One pass over the log and the outbox; the receipts wait at the places that they speak of.
class Prover {
 public:
  explicit Prover(store::DeskStore& store) : store_(store) {}

  base::Result<ReceiptProof> Run() {
    HOSO_TRY(ReadReceipts());
    HOSO_TRY(WalkLog());
    HOSO_TRY(WalkOutbox());
    HOSO_TRY(CheckAllFound());
    return std::move(proof_);
  }

 private:
  struct Held {
    protocol::Receipt receipt;
    bool chain_found = false, log_found = false;
  };
  struct Chain {
    std::int64_t sequence = 0;
    base::Bytes hash = change::ChainStart();
  };
  static base::Error Break(const char* what, const protocol::Receipt& receipt) {
    return Fail(ErrorKind::kDamaged, what,
                "biên nhận đến số " + std::to_string(receipt.accepted_through) + ", vị trí " +
                    std::to_string(receipt.position));
  }

  base::Status ReadReceipts() {
    HOSO_TRY_ASSIGN(auto rows, store_.Receipts(INT64_MAX));
    if (rows.empty()) return Fail(ErrorKind::kNotFound, "proof.none");
    std::reverse(rows.begin(), rows.end());  // The oldest first.
    HOSO_TRY_ASSIGN(const auto key, store_.Meta("receipt_key"));
    HOSO_TRY_ASSIGN(const auto unit, store_.Meta("unit"));
    HOSO_TRY_ASSIGN(const auto epoch, store_.Meta("epoch"));
    unit_ = unit.value_or("");
    epoch_ = epoch.value_or("");
    HOSO_TRY_ASSIGN(const auto replica, store_.Meta("replica"));
    replica_ = replica.value_or("");
    HOSO_TRY_ASSIGN(rejoining_, Rejoin(store_).Marked());
    for (const base::Bytes& octets : rows) {
      const auto receipt = protocol::DecodeReceipt(octets);
      if (!receipt)
        return Fail(ErrorKind::kDamaged, "proof.receipt", std::to_string(held_.size() + 1));
      if (!key || !crypto::Verify(*key, protocol::ReceiptSigned(*receipt), receipt->signature))
        return Break("proof.signature", *receipt);
      if (receipt->unit != unit_) return Break("proof.other", *receipt);
      at_number_[{receipt->replica, receipt->accepted_through}].push_back(held_.size());
      at_position_[receipt->position].push_back(held_.size());
      held_.push_back({*receipt});
    }
    for (const Held& held : held_) HOSO_TRY(CheckChain(held.receipt.replica, Chain{}));
    return CheckLog(0, "");
  }

  /// The receipts that speak of this place of a replica's chain, or of the log.
  base::Status CheckChain(const std::string& replica, const Chain& chain) {
    const auto found = at_number_.find({replica, chain.sequence});
    if (found == at_number_.end()) return {};
    const bool none = chain.sequence == 0;  // A desk that never sent: the chain may be empty.
    for (const std::size_t i : found->second) {
      const base::Bytes& said = held_[i].receipt.chain;
      if (said == chain.hash || (none && said.empty()))
        held_[i].chain_found = true;
      else if (!rejoining_ && held_[i].receipt.epoch == epoch_)
        return Break("proof.chain", held_[i].receipt);
    }
    return {};
  }
  base::Status CheckLog(std::int64_t position, const base::Bytes& hash) {
    const auto found = at_position_.find(position);
    if (found == at_position_.end()) return {};
    for (const std::size_t i : found->second) {
      const protocol::Receipt& receipt = held_[i].receipt;
      if (receipt.log_hash == hash)
        held_[i].log_found = true;
      else if (receipt.epoch == epoch_)
        return Break("proof.log_hash", receipt);
    }
    return {};
  }

  base::Status WalkLog() {
    base::Bytes hash = change::LogStart(unit_);
    for (std::int64_t after = 0;; after = end_) {
      HOSO_TRY_ASSIGN(const auto entries, store_.Entries(after, kPage));
      if (entries.empty()) return {};
      for (const base::Bytes& encoded : entries) {
        ++end_;
        hash = change::LogHash(hash, encoded);
        HOSO_TRY_ASSIGN(const auto stored, store_.HashAt(end_));
        if (!stored || *stored != hash)
          return Fail(ErrorKind::kDamaged, "proof.log", "vị trí " + std::to_string(end_));
        HOSO_TRY(CheckLog(end_, hash));
        const auto logged = change::DecodeLogged(encoded);
        if (!logged) continue;
        if (logged->entry.verdict.reason == change::kNumberTaken)
          taken_.insert(logged->change.id.replica);
        else
          HOSO_TRY(Follow(logged->change.id, logged->entry.change));
      }
    }
  }

  base::Status Follow(const change::ChangeId& id, const base::Bytes& encoded) {
    Chain& chain = chains_[id.replica];
    if (id.sequence != chain.sequence + 1) return {};
    chain = {id.sequence, change::ChainHash(chain.hash, encoded)};
    return CheckChain(id.replica, chain);
  }

  base::Status WalkOutbox() {
    return store_.ForEachWaiting(0, [&](const store::OutboxRow& row) -> base::Status {
      return Follow({replica_, row.sequence}, row.change);
    });
  }

  base::Status CheckAllFound() {
    for (const Held& held : held_) {
      const protocol::Receipt& receipt = held.receipt;
      ++proof_.receipts;
      // A desk that was put back from an older copy has yet to get its own changes with the log.
      // After a loss that a copied desk came into, a number may mean another change than before;
      // both are in the log.
      const bool other = receipt.epoch != epoch_ && taken_.contains(receipt.replica);
      if (!held.chain_found && !rejoining_ && !other) return Break("proof.changes", receipt);
      if (held.chain_found) {
        proof_.chains[receipt.replica].emplace_back(receipt.accepted_through, receipt.province_ms);
        proof_.through = receipt.accepted_through;
        proof_.through_ms = receipt.province_ms;
      }
      if (held.log_found) {
        proof_.logs.emplace_back(receipt.position, receipt.province_ms);
        // Those for parts of a long answer come after the one for all of it.
        if (receipt.position >= proof_.position) {
          proof_.position = receipt.position;
          proof_.position_ms = receipt.province_ms;
        }
      } else {
        ++(receipt.epoch == epoch_ ? proof_.ahead : proof_.earlier);
      }
    }
    return {};
  }

  store::DeskStore& store_;
  std::string unit_, epoch_, replica_;
  bool rejoining_ = false;
  std::vector<Held> held_;
  std::map<std::pair<std::string, std::int64_t>, std::vector<std::size_t>> at_number_;
  std::map<std::int64_t, std::vector<std::size_t>> at_position_;
  std::map<std::string, Chain> chains_;
  std::set<std::string> taken_;  // Replicas of which one number was given to two changes.
  std::int64_t end_ = 0;
  ReceiptProof proof_;
};

}  // namespace

std::optional<std::int64_t> ReceiptProof::ReceivedMs(const std::string& replica,
                                                     std::int64_t sequence) const {
  const auto found = chains.find(replica);
  return found == chains.end() ? std::nullopt : FirstOver(found->second, sequence);
}

std::optional<std::int64_t> ReceiptProof::OrderedMs(std::int64_t at) const {
  return FirstOver(logs, at);
}

base::Result<ReceiptProof> ProveReceipts(store::DeskStore& store) {
  return Prover(store).Run();
}

}  // namespace hoso::engine
