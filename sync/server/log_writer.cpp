#include "sync/server/log_writer.h"

#include <algorithm>
#include <utility>

#include "common/change/merge.h"
#include "common/domain/calendar.h"
#include "common/domain/code.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

/// "2026-11-23T08:30" to "261123", the day as codes write it.
std::string CodeDay(const std::string& received_at) {
  return received_at.substr(2, 2) + received_at.substr(5, 2) + received_at.substr(8, 2);
}

/// The receiving that takes effect with this change: its own, or one it adopts.
std::optional<change::Create> ReceivedBy(const change::Change& change,
                                         const change::DossierState& state) {
  if (const auto* create = std::get_if<change::Create>(&change.body)) return *create;
  const auto* settle = std::get_if<change::Settle>(&change.body);
  if (settle == nullptr || !settle->adopt) return std::nullopt;
  for (const change::SetAside& aside : state.set_aside) {
    if (!change::IsMeant(*settle, aside)) continue;
    const auto adopted = change::Decode(aside.change);
    const auto* create = adopted ? std::get_if<change::Create>(&adopted->body) : nullptr;
    if (create != nullptr) return *create;
  }
  return std::nullopt;
}

}  // namespace

std::int64_t CodeFloor(const std::string& received_at, std::int64_t restored_ms) {
  // More than any unit receives in a minute, so that two losses don't give one number twice either.
  constexpr std::int64_t kPerMinute = 10, kMinutesPerDay = 24 * 60, kMostDays = 35;
  const auto received = domain::ParseLocalTime(received_at);
  if (restored_ms == 0 || !received) return 0;
  const domain::LocalTime restored = domain::LocalFromUtcMs(restored_ms);
  const std::int64_t minutes =
      (restored.day - received->day).count() * kMinutesPerDay + restored.minute;
  return std::clamp<std::int64_t>(minutes, 0, kMostDays * kMinutesPerDay) * kPerMinute;
}

LogWriter::LogWriter(store::ProvinceStore& store, const Published& published, std::string unit,
                     store::UnitHead& head)
    : store_(store), published_(published), unit_(std::move(unit)), head_(head) {}

base::Result<change::DossierState*> LogWriter::StateOf(const std::string& id) {
  const auto known = states_.find(id);
  if (known != states_.end()) return &known->second;
  auto state = Stored(id);
  // Damaged on the disk: it is a fold of the log, and one bad row stops nothing.
  if (!state && state.error().kind == ErrorKind::kDamaged) {
    state = Folded(id);
    ++mended_;
  }
  HOSO_TRY(state);
  return &(states_[id] = *std::move(state));
}

base::Result<change::DossierState> LogWriter::Stored(const std::string& id) {
  HOSO_TRY_ASSIGN(const auto row, store_.State(unit_, id));
  if (!row) return change::DossierState();
  HOSO_TRY_ASSIGN(change::DossierState state, change::DecodeState(row->state));
  if (change::StateDigest(state) != row->digest) return Fail(ErrorKind::kDamaged, "state.altered");
  return state;
}

base::Result<change::DossierState> LogWriter::Folded(const std::string& id) {
  HOSO_TRY_ASSIGN(const auto entries, store_.EntriesOf(unit_, id));
  change::DossierState state;
  for (const base::Bytes& encoded : entries) {
    HOSO_TRY_ASSIGN(const change::Logged logged, change::DecodeLogged(encoded));
    change::ApplyEntry(state, logged.change, logged.entry, published_.transitions);
  }
  return state;
}

base::Status LogWriter::Append(change::Entry entry, const std::optional<change::Change>& change) {
  entry.position = head_.position + 1;
  return Write(change::EncodeEntry(entry), entry, change);
}

base::Status LogWriter::PutBack(const base::Bytes& encoded, const change::Entry& entry,
                                const std::optional<change::Change>& change) {
  HOSO_TRY(KeepCode(entry.code));
  return Write(encoded, entry, change);
}

base::Status LogWriter::KeepCode(const std::string& given) {
  const auto code = domain::ParseCode(given);
  return code ? store_.RaiseCodeNumber(code->org, code->day, code->Count()) : base::Status();
}

base::Status LogWriter::Write(const base::Bytes& encoded, const change::Entry& entry,
                              const std::optional<change::Change>& change) {
  if (entry.position != head_.position + 1) return Fail(ErrorKind::kRefused, "log.position");
  change::DossierState* state = nullptr;
  if (change) {
    HOSO_TRY_ASSIGN(state, StateOf(change->dossier));  // Of before this entry.
  }
  head_.hash = change::LogHash(change::LogHashAt(unit_, head_.position, head_.hash), encoded);
  head_.position = entry.position;
  HOSO_TRY(store_.AppendEntry(unit_, head_.position, change ? change->dossier : "", encoded,
                              head_.hash));
  if (state != nullptr) change::ApplyEntry(*state, *change, entry, published_.transitions);
  return {};
}

base::Result<std::string> LogWriter::NewCode(const change::Change& change,
                                             const change::DossierState& state) {
  const auto create = ReceivedBy(change, state);
  if (!create) return std::string();
  const std::string org = published_.catalogue.UnitOrgCode(create->unit);
  const std::string day = CodeDay(create->received_at);
  const std::int64_t floor = CodeFloor(create->received_at, head_.restored_ms);
  if (floor > 0) HOSO_TRY(store_.RaiseCodeNumber(org, day, floor));
  HOSO_TRY_ASSIGN(const std::int64_t number, store_.NextCodeNumber(org, day));
  return domain::FormatCode(org, day, number);
}

base::Status LogWriter::Finish() {
  for (const auto& [id, state] : states_)
    HOSO_TRY(store_.SaveState(unit_, id, change::EncodeState(state), change::StateDigest(state)));
  return store_.SetHead(unit_, head_);
}

}  // namespace hoso::server
