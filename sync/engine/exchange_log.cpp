#include <utility>

#include "common/change/renumber.h"
#include "sync/engine/exchange_run.h"
#include "sync/engine/refold.h"
#include "sync/engine/rejoin.h"

// What an exchange brings of the log.

namespace hoso::engine {

using base::ErrorKind;
using base::Fail;

base::Status ExchangeRun::TakeEntries(const protocol::Entries& entries) {
  const auto end = entries.first + static_cast<std::int64_t>(entries.entries.size()) - 1;
  if (entries.entries.empty() || !signed_.contains(end))
    return Fail(ErrorKind::kDamaged, "log.unsigned");
  if (course_.parted) return SetAside(entries);
  came_ = {end, signed_[end]};
  return desk_.store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY(Append(entries));
    return CheckSigned(end);
  });
}

base::Status ExchangeRun::Append(const protocol::Entries& entries) {
  HOSO_TRY_ASSIGN(store::LogHead head, desk_.store_.Head());
  Touched touched;
  std::int64_t position = entries.first;
  for (const base::Bytes& encoded : entries.entries)
    HOSO_TRY(TakeEntry(position++, encoded, head, touched));
  for (auto& [id, dossier] : touched) HOSO_TRY(desk_.Refresh(dossier, id));
  return {};
}

/// What the province signed for is what was taken, or nothing of it was.
base::Status ExchangeRun::CheckSigned(std::int64_t position) {
  if (position == 0) return {};  // An empty log has no entry to compare.
  HOSO_TRY_ASSIGN(const auto hash, desk_.store_.HashAt(position));
  if (hash != signed_[position]) return Fail(ErrorKind::kDamaged, "log.mismatch");
  return {};
}

base::Status ExchangeRun::TakeEntry(std::int64_t position, const base::Bytes& encoded,
                                    store::LogHead& head, Touched& touched) {
  if (position > head.position + 1) return Fail(ErrorKind::kDamaged, "log.gap");
  if (position <= head.position) {
    HOSO_TRY_ASSIGN(const bool known, Recovery(desk_.store_).Has(position, encoded));
    // Another connection of this desk was faster; that both had the same log, Done shows.
    if (known || !course_.parted) return {};
    HOSO_TRY(Rewind(position - 1));
    HOSO_TRY_ASSIGN(head, desk_.store_.Head());
  }
  const auto read = change::DecodeEntry(encoded);
  if (read && read->position != position) return Fail(ErrorKind::kDamaged, "log.position");
  if (position == 1) {
    HOSO_TRY_ASSIGN(const auto unit, desk_.store_.Meta("unit"));
    head.hash = change::LogStart(unit.value_or(""));
  }
  head = {position, change::LogHash(head.hash, encoded)};
  const auto change = read ? change::Decode(read->change) : read.error();
  if (change) HOSO_TRY(Touch(change->dossier, touched));  // As it was before this entry.
  HOSO_TRY(desk_.store_.AppendEntry(position, change ? change->dossier : "", encoded, head.hash));
  ++report_.received;
  if (read && !owed_.empty()) owed_.erase(change::ActOf(read->change));
  // Kept in the log and shown to people; a record that can't be read never stops the rest.
  if (!change) return read ? TakeNameless(read->change) : base::Status();
  const change::Entry& entry = *read;

  const std::string& id = change->dossier;
  auto& confirmed = touched[id].confirmed;
  if (!confirmed) confirmed.emplace();
  change::ApplyEntry(*confirmed, *change, entry, desk_.transitions_);

  HOSO_TRY_ASSIGN(const auto replica, desk_.store_.Meta("replica"));
  if (replica && change->id.replica == *replica) return TakeOwn(change->id, entry, touched);
  return {};
}

base::Status ExchangeRun::Touch(const std::string& id, Touched& touched) {
  if (touched.contains(id)) return {};
  HOSO_TRY_ASSIGN(touched[id], LoadOrRefold(desk_.store_, id, desk_.transitions_));
  return {};
}

void ExchangeRun::CountOwn(const change::Entry& entry) {
  switch (entry.verdict.outcome) {
    case change::Outcome::kAccepted:
      ++report_.accepted;
      break;
    case change::Outcome::kAcceptedWithConflicts:
      ++report_.conflicts;
      break;
    case change::Outcome::kSetAside:
      ++report_.set_aside;
      break;
  }
}

base::Status ExchangeRun::TakeOwn(const change::ChangeId& id, const change::Entry& entry,
                                  Touched& touched) {
  CountOwn(entry);
  HOSO_TRY_ASSIGN(const auto row, desk_.store_.OutboxAt(id.sequence));
  if (row && row->change == entry.change) return desk_.store_.RemoveFromOutbox(id.sequence);
  HOSO_TRY_ASSIGN(const auto last, desk_.store_.LastOwn());
  if (!row && id.sequence <= last.sequence) return {};
  HOSO_TRY_ASSIGN(const auto parked, Rejoin(desk_.store_).Park());
  for (const std::string& dossier : parked) HOSO_TRY(Touch(dossier, touched));
  return {};
}

/// Octets that are no change name nobody; they are the ones that wait here if the province has
/// taken those.
base::Status ExchangeRun::TakeNameless(const base::Bytes& octets) {
  HOSO_TRY_ASSIGN(const auto first, desk_.store_.Outbox(0, 1));
  const bool taken = !first.empty() && first.front().change == octets && receipt_ &&
                     first.front().sequence <= receipt_->accepted_through;
  return taken ? desk_.store_.RemoveFromOutbox(first.front().sequence) : base::Status();
}

}  // namespace hoso::engine
