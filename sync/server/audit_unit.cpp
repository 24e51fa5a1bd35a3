#include "sync/server/audit_unit.h"

#include <algorithm>

#include "common/crypto/sign.h"
#include "common/domain/code.h"
#include "sync/protocol/messages.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kPage = 256;

}  // namespace

UnitAuditor::UnitAuditor(store::AuditReader& reader, const store::ProvinceRows& rows,
                         const std::vector<domain::Transition>& transitions,
                         std::string_view receipt_key, const std::string& unit)
    : reader_(reader),
      rows_(rows),
      transitions_(transitions),
      receipt_key_(receipt_key),
      unit_(unit),
      hash_(change::LogStart(unit)) {
  audit_.unit = unit;
}

base::Error UnitAuditor::Here(const char* what, const std::string& more) const {
  return Fail(ErrorKind::kDamaged, what,
              "đơn vị " + unit_ + ", vị trí " + std::to_string(position_) +
                  (more.empty() ? "" : ", " + more));
}

base::Error UnitAuditor::Of(const char* what, const std::string& which) const {
  return Fail(ErrorKind::kDamaged, what, "đơn vị " + unit_ + ", " + which);
}

base::Result<UnitAudit> UnitAuditor::Verify(const LedgerView& ledger, CodesGiven& codes) {
  HOSO_TRY(ReadSeals(ledger));
  for (;;) {
    HOSO_TRY_ASSIGN(const auto rows, reader_.Log(unit_, position_, kPage));
    if (rows.empty()) break;
    for (const store::LogRow& row : rows) HOSO_TRY(TakeRow(row, codes));
  }
  HOSO_TRY(CheckEnds());
  HOSO_TRY(CheckReplicas());
  HOSO_TRY(CheckStates());
  audit_.entries = position_;
  audit_.batches = static_cast<std::int64_t>(batches_.size());
  audit_.replicas = static_cast<std::int64_t>(replicas_.size());
  audit_.dossiers = static_cast<std::int64_t>(states_.size());
  return audit_;
}

base::Status UnitAuditor::ReadSeals(const LedgerView& ledger) {
  taken_ = ledger.Taken(unit_);
  const auto batches = reader_.Batches(unit_);
  if (!batches) return AsBreak(batches.error(), "đơn vị " + unit_ + ", bảng batch");
  for (const store::BatchHead& batch : *batches) batches_[batch.position] = batch;
  return {};
}

base::Status UnitAuditor::TakeRow(const store::LogRow& row, CodesGiven& codes) {
  ++position_;
  if (row.position != position_) return Here("audit.log_gap");
  const auto octets = base::FromBase64(row.entry);
  if (!octets) return Here("audit.log_entry");
  hash_ = change::LogHash(hash_, *octets);
  if (row.hash != base::ToBase64(hash_)) return Here("audit.log_hash");
  const auto entry = change::DecodeEntry(*octets);
  if (!entry || entry->position != position_) return Here("audit.log_entry");
  const auto change = change::Decode(entry->change);
  if (row.dossier != (change ? change->dossier : "")) return Here("audit.log_dossier");

  // Whose word covers it: the batch it came in, or nobody's where the log was taken as it stood.
  const auto batch = batches_.lower_bound(position_);
  const auto taken = taken_.lower_bound(position_);
  if (batch == batches_.end() && taken == taken_.end()) return Here("audit.log_unsealed");
  const bool by_batch =
      batch != batches_.end() && (taken == taken_.end() || batch->first <= taken->first);
  HOSO_TRY(by_batch ? TakeChange(*entry, batch->second.replica) : TakeTaken(*entry));
  HOSO_TRY(TakeCode(*entry, codes));
  return CheckSeal();
}

base::Status UnitAuditor::TakeChange(const change::Entry& entry, const std::string& owner) {
  Replica& replica = replicas_[owner];
  replica.by_batch = true;
  if (replica.sequence == 0) replica.chain = change::ChainStart();
  ++replica.sequence;
  replica.chain = change::ChainHash(replica.chain, entry.change);
  const auto change = change::Decode(entry.change);
  if (!change) return {};  // Octets that are no change have their place in the chain all the same.
  if (change->id != change::ChangeId{owner, replica.sequence})
    return Here("audit.replica_sequence", change->id.ToText());
  if (change::NeedsSignature(*change) && entry.verdict.outcome != change::Outcome::kSetAside) {
    if (!IsSigned(*change, entry))
      return Here("audit.officer_signature", "cán bộ " + change->author);
    ++audit_.signatures;
  }
  change::ApplyEntry(states_[change->dossier], *change, entry, transitions_);
  return {};
}

base::Status UnitAuditor::TakeTaken(const change::Entry& entry) {
  const auto change = change::Decode(entry.change);
  if (!change) {
    nameless_.push_back(entry.change);
    return {};
  }
  // Desks and officers' keys of after the backup are not known any more; what was taken is as the
  // province had sealed it.
  if (change::NeedsSignature(*change) && entry.verdict.outcome != change::Outcome::kSetAside)
    ++(IsSigned(*change, entry) ? audit_.signatures : audit_.foreign);
  change::ApplyEntry(states_[change->dossier], *change, entry, transitions_);
  if (entry.verdict.reason == change::kNumberTaken) return {};  // It counts for no chain.
  Replica& replica = replicas_[change->id.replica];
  if (replica.sequence == 0) replica.chain = change::ChainStart();
  // Numbers that no entry names were those of octets that are no change.
  for (; replica.sequence + 1 < change->id.sequence && !nameless_.empty(); ++replica.sequence) {
    replica.chain = change::ChainHash(replica.chain, nameless_.front());
    nameless_.erase(nameless_.begin());
  }
  if (change->id.sequence != ++replica.sequence)
    return Here("audit.replica_sequence", change->id.ToText());
  replica.chain = change::ChainHash(replica.chain, entry.change);
  return {};
}

bool UnitAuditor::IsSigned(const change::Change& change, const change::Entry& entry) const {
  const std::string signed_part = change::SignedPartOf(entry.change);
  return std::any_of(rows_.officers.begin(), rows_.officers.end(), [&](const auto& key) {
    return key.replica == change.id.replica && key.user == change.author &&
           crypto::Verify(key.signing_key, signed_part, change.signature);
  });
}

base::Status UnitAuditor::TakeCode(const change::Entry& entry, CodesGiven& codes) {
  if (entry.code.empty()) return {};
  const auto code = domain::ParseCode(entry.code);
  if (!code || !codes_.insert(entry.code).second) return Here("audit.code", entry.code);
  std::int64_t& highest = codes[{code->org, code->day}];
  highest = std::max(highest, code->Count());
  return {};
}

base::Status UnitAuditor::CheckSeal() {
  const auto taken = taken_.find(position_);
  if (taken != taken_.end() && taken->second != base::ToBase64(hash_))
    return Here("audit.log_taken");
  const auto batch = batches_.find(position_);
  return batch == batches_.end() ? base::Status() : CheckBatch(batch->second);
}

base::Status UnitAuditor::CheckBatch(const store::BatchHead& batch) {
  const Replica& replica = replicas_[batch.replica];
  const std::string which = "máy " + batch.replica;
  const auto receipt = protocol::DecodeReceipt(batch.receipt);
  if (!receipt ||
      !crypto::Verify(receipt_key_, protocol::ReceiptSigned(*receipt), receipt->signature))
    return Here("audit.receipt", which);
  if (receipt->unit != unit_ || receipt->replica != batch.replica ||
      receipt->position != position_ || receipt->log_hash != hash_)
    return Here("audit.receipt_log", which);
  if (receipt->accepted_through != replica.sequence || receipt->chain != replica.chain)
    return Here("audit.replica_chain", which);
  const auto device =
      std::find_if(rows_.devices.begin(), rows_.devices.end(),
                   [&](const auto& known) { return known.replica == batch.replica; });
  if (device == rows_.devices.end()) return Here("audit.replica_unknown", which);
  if (!crypto::Verify(
          device->signing_key,
          protocol::BatchSigned(batch.replica, receipt->epoch, replica.sequence, replica.chain),
          batch.signature))
    return Here("audit.replica_signature", which);
  return {};
}

base::Status UnitAuditor::CheckEnds() {
  const auto beyond = [&](const auto& seals) {
    return !seals.empty() && seals.rbegin()->first > position_;
  };
  if (beyond(batches_) || beyond(taken_)) return Here("audit.log_cut");
  const auto head = std::find_if(rows_.units.begin(), rows_.units.end(),
                                 [&](const auto& known) { return known.first == unit_; });
  if (head == rows_.units.end()) return Here("audit.log_head");
  const base::Bytes hash = position_ == 0 ? "" : hash_;
  if (head->second.position != position_ || head->second.hash != hash)
    return Here("audit.log_head");
  return {};
}

bool UnitAuditor::IsKnown(const std::string& replica) const {
  return std::any_of(rows_.devices.begin(), rows_.devices.end(), [&](const auto& device) {
    return device.replica == replica && device.unit == unit_;
  });
}

base::Status UnitAuditor::CheckReplicas() {
  for (const store::Device& device : rows_.devices) {
    if (device.unit != unit_) continue;
    const auto found = replicas_.find(device.replica);
    const Replica known = found == replicas_.end() ? Replica{} : found->second;
    if (device.accepted_through != known.sequence || device.chain != known.chain)
      return Of("audit.replica_head", "máy " + device.replica);
  }
  for (const auto& [replica, known] : replicas_)
    if (known.by_batch && !IsKnown(replica)) return Of("audit.replica_unknown", "máy " + replica);
  return {};
}

base::Status UnitAuditor::CheckStates() {
  HOSO_TRY_ASSIGN(const auto rows, reader_.States(unit_));
  std::set<std::string> there;
  for (const store::StateRow& row : rows) {
    const auto folded = states_.find(row.dossier);
    if (folded == states_.end()) return Of("audit.state_extra", "hồ sơ " + row.dossier);
    if (row.state != base::ToBase64(change::EncodeState(folded->second)) ||
        row.digest != base::ToBase64(change::StateDigest(folded->second)))
      return Of("audit.state", "hồ sơ " + row.dossier);
    there.insert(row.dossier);
  }
  for (const auto& [dossier, state] : states_)
    if (!there.contains(dossier)) return Of("audit.state_missing", "hồ sơ " + dossier);
  return {};
}

}  // namespace hoso::server
