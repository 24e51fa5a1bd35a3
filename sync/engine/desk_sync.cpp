#include <utility>

#include "sync/engine/desk.h"
#include "sync/engine/exchange_run.h"
#include "sync/engine/registration.h"
#include "sync/engine/rejoin.h"

namespace hoso::engine {

using base::ErrorKind;
using base::Fail;

/// A copy that nobody spoke of, with work of its own: the other copy may go on as well.
base::Result<bool> ExchangeRun::MustMove() {
  if (!watch_.moves) return false;
  HOSO_TRY_ASSIGN(const bool told, Rejoin(desk_.store_).WasTold());
  HOSO_TRY_ASSIGN(const auto waiting, desk_.store_.OutboxCount());
  return !told && waiting > 0;
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

base::Result<SyncReport> Desk::Sync(Province& province, const Actor& present,
                                    const SyncWatch& watch) {
  // One is enough, but for a clone at work, or where there is very much to give back.
  constexpr int kMaxRounds = 100'000, kMaxForks = 3, kMaxAgain = 64;
  constexpr int kMaxIdle = 8;  // Rounds one after the other that bring neither side on.
  bool reminded = false;
  int forks = 0, again = 0, idle = 0;
  std::pair<std::int64_t, std::int64_t> before;
  Course course;
  SyncReport report;
  SyncProgress progress;
  HOSO_TRY_ASSIGN(progress.to_send, store_.UnsentThrough(INT64_MAX));
  for (int round = 0; round < kMaxRounds; ++round) {
    ExchangeRun run(*this, present, watch, course, report, progress);
    ++report.round_trips;
    const base::Status exchanged = province.Exchange(run, run);
    const bool unknown = !exchanged && exchanged.error().reason == "device.unknown";
    if ((unknown || run.next().parted) && !std::exchange(reminded, true)) {
      HOSO_TRY(Remind(province));
      if (unknown) continue;
    }
    HOSO_TRY(exchanged);
    if (!run.finished()) return Fail(ErrorKind::kUnreachable, "net.cut");
    if (run.forked() && ++forks > kMaxForks) return Fail(ErrorKind::kRefused, "replica.forked");
    if (run.again() && ++again > kMaxAgain) return Fail(ErrorKind::kRefused, "log.mismatch");
    course = run.next();
    report.forked = run.must_move();
    if (report.forked) break;
    HOSO_TRY_ASSIGN(const auto unsent, store_.UnsentThrough(INT64_MAX));
    if (!run.more() && unsent == 0) break;
    HOSO_TRY_ASSIGN(const auto reached, store_.Head());
    const auto now = std::pair(reached.position, unsent);
    idle = std::exchange(before, now) == now && !run.again() ? idle + 1 : 0;
    if (idle > kMaxIdle) return Fail(ErrorKind::kUnreachable, "sync.no_progress");
  }
  if (!report.forked) HOSO_TRY(KeepRegistered(province, present));
  HOSO_TRY_ASSIGN(const auto head, store_.Head());
  report.position = head.position;
  return report;
}

/// A province that was put back may not know this desk, or some of its officers, any more. One that
/// is older than that, or refuses, is left to say what it has to say in the exchange.
base::Status Desk::Remind(Province& province) {
  const base::Status told = Register(store_, province);
  if (told) return told;
  const ErrorKind kind = told.error().kind;
  const bool refused =
      kind == ErrorKind::kRefused || kind == ErrorKind::kNotFound || kind == ErrorKind::kDamaged;
  return refused ? base::Status() : told;
}

/// What was exchanged is exchanged, whatever becomes of this; it is asked again next time.
base::Status Desk::KeepRegistered(Province& province, const Actor& present) {
  HOSO_TRY_ASSIGN(const bool held, IsRegistered(store_, present));
  const base::Status kept = held ? base::Status() : Register(store_, province);
  return kept || kept.error().kind != ErrorKind::kDisk ? base::Status() : kept;
}

}  // namespace hoso::engine
