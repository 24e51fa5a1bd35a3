#include "sync/server/returned_log.h"

#include <algorithm>
#include <utility>

#include "common/change/renumber.h"
#include "common/crypto/sign.h"
#include "common/store/province_ledger.h"
#include "sync/server/accepted.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kEntriesPerRead = 256;

/// An entry, and the change in it if its octets are one.
struct Read {
  change::Entry entry;
  std::optional<change::Change> change;
};

base::Result<std::vector<Read>> ReadAll(const std::vector<base::Bytes>& entries) {
  std::vector<Read> all;
  for (const base::Bytes& encoded : entries) {
    HOSO_TRY_ASSIGN(change::Entry entry, change::DecodeEntry(encoded));
    auto change = change::Decode(entry.change);
    all.push_back({std::move(entry), change ? std::optional(*std::move(change)) : std::nullopt});
  }
  return all;
}

}  // namespace

ReturnedLog::ReturnedLog(store::ProvinceStore& store, const Published& published,
                         std::int64_t now_ms, const std::string& unit, store::UnitHead& head)
    : store_(store),
      published_(published),
      now_ms_(now_ms),
      unit_(unit),
      head_(head),
      log_(store, published, unit, head) {}

bool ReturnedLog::IsOurs(const protocol::Receipt& receipt,
                         const crypto::Secret& receipt_seed) const {
  return receipt.unit == unit_ &&
         crypto::Verify(crypto::PublicKey(receipt_seed), protocol::ReceiptSigned(receipt),
                        receipt.signature);
}

base::Result<bool> ReturnedLog::Has(std::int64_t position, const base::Bytes& hash) {
  HOSO_TRY_ASSIGN(const auto known, store_.HashAt(unit_, position));
  return position == 0 || (known && *known == hash);
}

store::LedgerRow ReturnedLog::EndOf(const protocol::Receipt& receipt) const {
  return store::ReturnedRow(unit_, receipt.log_hash);
}

base::Result<std::vector<base::Bytes>> ReturnedLog::Proven(const ReturnedEntries& returned,
                                                           const crypto::Secret& receipt_seed) {
  const auto count = static_cast<std::int64_t>(returned.entries.size());
  std::vector<base::Bytes> hashes;
  base::Bytes hash = change::LogHashAt(unit_, returned.after(), returned.hash());
  for (const base::Bytes& entry : returned.entries)
    hashes.push_back(hash = change::LogHash(hash, entry));
  if (returned.proof.position != returned.after() + count || hash != returned.proof.log_hash ||
      !IsOurs(returned.proof, receipt_seed) ||
      (returned.start && !IsOurs(*returned.start, receipt_seed)) ||
      (returned.taken && !IsOurs(*returned.taken, receipt_seed)))
    return Fail(ErrorKind::kRefused, "return.unproven");
  return hashes;
}

base::Status ReturnedLog::FindCommon(const ReturnedEntries& returned,
                                     const std::vector<base::Bytes>& hashes) {
  // The desk began where both were the same a moment ago; a log that is put back may do anything.
  HOSO_TRY_ASSIGN(const bool same, Has(returned.common.position, returned.common.log_hash));
  if (!same) return Fail(ErrorKind::kRefused, "log.mismatch");
  common_ = returned.common.position;
  if (returned.taken) {
    HOSO_TRY_ASSIGN(const bool there, Has(returned.taken->position, returned.taken->log_hash));
    if (!there) return Fail(ErrorKind::kRefused, "return.lost");
    taken_ = returned.taken->position;
  }
  if (returned.start) {
    HOSO_TRY_ASSIGN(follows_, Has(returned.start->position, returned.start->log_hash));
  }
  if (!follows_) {
    HOSO_TRY_ASSIGN(const bool before, store_.HasEntered(EndOf(*returned.start)));
    if (!before) return Fail(ErrorKind::kRefused, "return.lost");
    return {};
  }
  common_ = returned.after();
  for (const base::Bytes& hash : hashes) {
    HOSO_TRY_ASSIGN(const bool known, Has(common_ + 1, hash));
    if (!known) return {};
    ++common_;
  }
  return {};
}

base::Status ReturnedLog::Take(const ReturnedEntries& returned, const crypto::Secret& receipt_seed,
                               const std::string& epoch) {
  HOSO_TRY_ASSIGN(const std::vector<base::Bytes> hashes, Proven(returned, receipt_seed));
  HOSO_TRY(FindCommon(returned, hashes));
  HOSO_TRY(TakeMissing(returned, epoch));
  const store::LedgerRow end = EndOf(returned.proof);
  HOSO_TRY_ASSIGN(const bool known, store_.HasEntered(end));
  return known ? base::Status() : store_.Enter(end);
}

base::Status ReturnedLog::TakeMissing(const ReturnedEntries& returned, const std::string& epoch) {
  const auto known = follows_ ? static_cast<std::size_t>(common_ - returned.after()) : 0;
  if (known == returned.entries.size()) return {};  // Another desk was here before.
  const bool unnoticed = returned.proof.epoch == head_.epoch;
  if (unnoticed || head_.restored_ms == 0) head_.restored_ms = now_ms_;
  const std::int64_t before = head_.position;
  HOSO_TRY(TakeAll(returned, known));
  // Also where the epochs differ: the one that stands may be one that it had before, with another
  // log. If nothing was missing, those who read on in the log need not hear of it.
  if (unnoticed || head_.position > before) head_.epoch = epoch;
  return {};
}

base::Status ReturnedLog::TakeAll(const ReturnedEntries& returned, std::size_t known) {
  const bool fits = follows_ && common_ == head_.position;
  HOSO_TRY_ASSIGN(std::vector<Read> all, ReadAll(returned.entries));
  if (!fits) {
    HOSO_TRY(ReadNewer());
    // Of all, before the first is taken: what has to get another code gets none of theirs.
    for (const Read& read : all) HOSO_TRY(log_.KeepCode(read.entry.code));
  }
  for (std::size_t i = known; i < all.size(); ++i) {
    auto& [entry, change] = all[i];
    if (!fits) {
      HOSO_TRY(Offer(std::move(entry), change));
      continue;
    }
    HOSO_TRY(log_.PutBack(returned.entries[i], entry, change));
    HOSO_TRY(Move(entry, change));
    ++common_;
  }
  return {};
}

base::Status ReturnedLog::ReadNewer() {
  for (std::int64_t after = common_;;) {
    HOSO_TRY_ASSIGN(const auto rows, store_.Entries(unit_, after, kEntriesPerRead));
    if (rows.empty()) return {};
    HOSO_TRY_ASSIGN(const std::vector<Read> all, ReadAll(rows));
    for (const auto& [entry, change] : all) {
      const bool taken = entry.verdict.reason == change::kNumberTaken;
      (taken ? powerless_ : acts_).insert(change::ActOf(entry.change));
      if (!entry.code.empty()) codes_.insert(entry.code);
      if (change) {
        newer_.insert(change->id);
        if (taken) parted_.insert(change->id.replica);
      }
      after = entry.position;
    }
  }
}

/// A change whose old position is taken. What the log has already is not taken twice.
base::Status ReturnedLog::Offer(change::Entry entry, const std::optional<change::Change>& change) {
  const base::Bytes act = change::ActOf(entry.change);
  if (entry.verdict.reason == change::kNumberTaken) {
    // It had no effect before either, and is kept until its desk has issued it again.
    if (acts_.contains(act) || !powerless_.insert(act).second) return {};
    entry.province_ms = now_ms_;
    return log_.Append(std::move(entry), change);
  }
  if (!acts_.insert(act).second) return {};
  entry.province_ms = now_ms_;
  if (!change) {
    HOSO_TRY(log_.Append(entry, change));
    return Move(entry, change);
  }
  // A desk that was put back too, or its copy, has given the number to something else. From there
  // on what this replica's changes refer to may be either: they wait for their desk to issue them
  // again.
  if (parted_.contains(change->id.replica) || !newer_.insert(change->id).second) {
    parted_.insert(change->id.replica);
    acts_.erase(act);  // Its desk may have issued it again further on.
    if (!powerless_.insert(act).second) return {};
    entry.verdict = {change::Outcome::kSetAside, change::kNumberTaken};
    entry.code.clear();
    return log_.Append(std::move(entry), change);
  }
  HOSO_TRY_ASSIGN(const change::DossierState* state, log_.StateOf(change->dossier));
  entry.verdict = JudgeAgain(entry, *change, *state);
  entry.rules = change::kRulesVersion;
  // One code must never lead to two dossiers, whoever has it on paper.
  if (entry.verdict.outcome == change::Outcome::kSetAside || codes_.contains(entry.code))
    entry.code.clear();
  if (entry.code.empty() && entry.verdict.outcome != change::Outcome::kSetAside) {
    HOSO_TRY_ASSIGN(entry.code, log_.NewCode(*change, *state));
  }
  HOSO_TRY(log_.Append(entry, change));
  return Move(entry, change);
}

change::Verdict ReturnedLog::JudgeAgain(const change::Entry& entry, const change::Change& change,
                                        const change::DossierState& state) const {
  const bool took_effect = entry.verdict.outcome != change::Outcome::kSetAside;
  // Who may what was judged when it arrived, and what the province has issued stands: a code on
  // paper, a decision that was handed out.
  if (!took_effect && entry.verdict.reason.starts_with("right.")) return entry.verdict;
  if (took_effect && std::holds_alternative<change::Create>(change.body) && state.state == 0)
    return entry.verdict;
  if (took_effect && std::holds_alternative<change::Decide>(change.body) &&
      state.state == domain::kProcessing)
    return entry.verdict;
  change::Context context;
  context.transitions = &published_.transitions;
  context.unit = unit_;
  if (const auto role = domain::ParseRole(entry.author_role)) context.role = *role;
  return change::Judge(state.id.empty() ? nullptr : &state, change, context);
}

/// Moves what is accepted of the replica that made the change.
base::Status ReturnedLog::Move(const change::Entry& entry,
                               const std::optional<change::Change>& change) {
  if (entry.verdict.reason == change::kNumberTaken) return {};  // It counts for no chain.
  if (!change) {
    nameless_.push_back(entry.change);
    return {};
  }
  HOSO_TRY_ASSIGN(store::Device * device, DeviceOf(change->id.replica));
  if (device == nullptr) return {};
  MoveAccepted(*device, *change, entry.change, nameless_);
  return {};
}

base::Result<store::Device*> ReturnedLog::DeviceOf(const std::string& replica) {
  auto known = devices_.find(replica);
  if (known == devices_.end()) {
    known = devices_.try_emplace(replica).first;
    std::optional<store::Device>& device = known->second;
    HOSO_TRY_ASSIGN(device, store_.FindDevice(replica));
    if (device && device->unit != unit_) device.reset();
    if (device && device->chain.empty()) device->chain = change::ChainStart();
  }
  // None: enrolled after the backup was made. Its changes are taken all the same, and counted when
  // it comes with what was said of it (registrations.h).
  return known->second ? &*known->second : nullptr;
}

base::Status ReturnedLog::Finish() {
  for (const auto& [replica, device] : devices_)
    if (device) HOSO_TRY(store_.SaveAccepted(*device));
  return log_.Finish();
}

}  // namespace hoso::server
