#include <array>
#include <utility>

#include "sync/engine/desk.h"
#include "sync/engine/exchange_run.h"
#include "sync/engine/registration.h"

namespace hoso::engine {

using base::ErrorKind;
using base::Fail;

namespace {

/// How far both sides are: of the log here, of the one that lies aside, of what was given back.
using Reached = std::array<std::int64_t, 4>;

base::Result<Reached> ReachedBy(store::DeskStore& store, std::int64_t unsent) {
  HOSO_TRY_ASSIGN(const auto head, store.Head());
  HOSO_TRY_ASSIGN(const auto aside, OtherLog(store).Head());
  HOSO_TRY_ASSIGN(const auto given, OtherLog(store).Given());
  return Reached{head.position, aside.position, given ? given->through : 0, unsent};
}

}  // namespace

base::Result<SyncReport> Desk::Sync(Province& province, const Actor& present,
                                    const SyncWatch& watch) {
  // One is enough, but for a clone at work, or where there is very much to give back.
  constexpr int kMaxRounds = 100'000, kMaxForks = 3, kMaxAgain = 64;
  constexpr int kMaxIdle = 8;       // Rounds one after the other that bring neither side on.
  constexpr int kMaxReminders = 3;  // It may be put back once more meanwhile.
  int reminders = 0, forks = 0, again = 0, idle = 0;
  Reached before;
  Course course;
  SyncReport report;
  SyncProgress progress;
  HOSO_TRY_ASSIGN(progress.to_send, store_.UnsentThrough(INT64_MAX));
  // Before anything is acknowledged: a province that loses this desk knows it again only by that.
  HOSO_TRY_ASSIGN(const bool registered, IsRegistered(store_, present));
  if (!registered) HOSO_TRY(Remind(province));
  for (int round = 0; round < kMaxRounds; ++round) {
    ExchangeRun run(*this, present, watch, course, report, progress);
    ++report.round_trips;
    const base::Status exchanged = province.Exchange(run, run);
    const bool unknown = !exchanged && exchanged.error().reason == "device.unknown";
    if ((unknown && reminders < kMaxReminders) || (run.next().parted && reminders == 0)) {
      ++reminders;
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
    HOSO_TRY_ASSIGN(const Reached now, ReachedBy(store_, unsent));
    idle = std::exchange(before, now) == now && !run.again() ? idle + 1 : 0;
    if (idle > kMaxIdle) return Fail(ErrorKind::kUnreachable, "sync.no_progress");
  }
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

}  // namespace hoso::engine
