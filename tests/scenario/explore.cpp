#include "tests/scenario/explore.h"

#include <unistd.h>
#ifndef _WIN32
#include <sys/time.h>
#endif

#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <string_view>

#include "tests/support/paper_office.h"

namespace hoso::testing {
namespace {

using Seconds = std::chrono::duration<double>;
using SteadyTime = std::chrono::steady_clock::time_point;

double Since(SteadyTime begin) {
  return Seconds(std::chrono::steady_clock::now() - begin).count();
}

unsigned long long Long(std::uint64_t number) {
  return number;
}

void Print(const std::string& line) {
  std::puts(line.c_str());
}

std::atomic<std::uint64_t> living_seed{0};

#ifdef SIGPROF
constexpr int kTimeIsUp = SIGPROF;
#else
constexpr int kTimeIsUp = SIGTERM;
#endif

void Write(std::string_view text) {
  [[maybe_unused]] const auto written =
      ::write(STDOUT_FILENO, text.data(), static_cast<unsigned>(text.size()));
}

/// Only what may be called inside a signal; the signal then takes its course.
void TellSeed(int signal) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), living_seed.load());
  Write("seed ");
  Write({digits.data(), end.ptr});
  Write(signal == kTimeIsUp ? ": comes to no end\n" : ": the program itself fell\n");
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

/// A life that takes the program down with it, or comes to no end, is named like any other that
/// fails.
void NameTheSeedOfAFall() {
  for (const int signal : {SIGSEGV, SIGABRT, SIGFPE, SIGILL, kTimeIsUp})
    std::signal(signal, TellSeed);
}

/// Many times what the longest life takes, in the processor's time.
void LimitTheTime([[maybe_unused]] bool limited) {
#ifdef SIGPROF
  constexpr long kMostSeconds = 30;
  const itimerval limit{{0, 0}, {limited ? kMostSeconds : 0, 0}};
  ::setitimer(ITIMER_PROF, &limit, nullptr);
#endif
}

/// Leaves out events, large parts first, as long as something still goes wrong.
SimPlan Shrunk(const SimCast& cast, SimPlan plan) {
  for (std::size_t part = plan.events.size() / 2; part > 0; part /= 2) {
    for (std::size_t at = 0; at < plan.events.size();) {
      SimPlan shorter = plan;
      const auto begin = shorter.events.begin() + static_cast<long>(at);
      shorter.events.erase(begin,
                           begin + static_cast<long>(std::min(part, shorter.events.size() - at)));
      if (SimLife(cast, shorter).Live().empty()) {
        at += part;
      } else {
        plan = shorter;
      }
    }
  }
  return plan;
}

int TellFailure(const SimCast& cast, const SimPlan& plan, const std::string& wrong,
                const Lives& lives) {
  std::printf("seed %llu: %s\n", Long(plan.seed), wrong.c_str());
  if (lives.quick) return 1;
  const SimPlan least = Shrunk(cast, plan);
  std::printf("%zu of %zu events are enough:\n", least.events.size(), plan.events.size());
  SimLife(cast, least, Print).Live();
  std::printf("replay: scenario --seed %llu --events %zu --trace\n", Long(plan.seed),
              plan.events.size());
  return 1;
}

}  // namespace

int LiveMany(const SimCast& cast, const Lives& lives) {
  constexpr std::uint64_t kTwice = 100;
  const auto begin = std::chrono::steady_clock::now();
  const double most = static_cast<double>(lives.hours) * 3600;
  constexpr double kTellEvery = 600;
  double tell_at = kTellEvery;
  std::uint64_t done = 0, faults = 0;
  NameTheSeedOfAFall();
  for (std::uint64_t seed = lives.first; lives.seeds == 0 || done < lives.seeds; ++seed, ++done) {
    if (lives.hours > 0 && Since(begin) > most) break;
    if (lives.hours > 0 && Since(begin) > tell_at) {
      tell_at += kTellEvery;
      std::printf("%llu seeds after %.0f minutes\n", Long(done), Since(begin) / 60);
      std::fflush(stdout);
    }
    living_seed = seed;
    LimitTheTime(true);
    const auto tell = lives.trace ? SimLife::Tell(Print) : SimLife::Tell();
    const std::string on_paper = LiveOnPaper(seed, cast.catalogue(0).transitions, tell);
    if (!on_paper.empty()) {
      std::printf("seed %llu: %s\n", Long(seed), on_paper.c_str());
      return 1;
    }
    const SimPlan plan = DrawPlan(seed, lives.events);
    SimLife life(cast, plan, tell);
    const std::string wrong = life.Live();
    LimitTheTime(false);
    if (!wrong.empty()) return TellFailure(cast, plan, wrong, lives);
    faults += life.faults();
    if (seed % kTwice != 0) continue;
    SimLife again(cast, plan);
    (void)again.Live();
    if (again.trace_hash() != life.trace_hash()) {
      std::printf("seed %llu went two ways\n", Long(seed));
      return 1;
    }
  }
  std::printf(
      "%llu seeds, %llu events and %.1f faults each: every promise held (%.1f seeds a second)\n",
      Long(done), Long(lives.events),
      static_cast<double>(faults) / static_cast<double>(std::max<std::uint64_t>(done, 1)),
      static_cast<double>(done) / Since(begin));
  return 0;
}

namespace {

/// Where in a plan something is written or sent, and lives of it that are stopped there.
class Stopper {
 public:
  Stopper(const SimCast& cast, const SimPlan& plan) : cast_(cast), plan_(plan) {
    SimLife life(cast, plan);
    for (std::size_t i = 0; i < plan.weather.desks; ++i) machines_.push_back({i, 0, 0});
    machines_.push_back({kProvinceMachine, 0, 0});
    for (Machine& machine : machines_) machine.begin = life.DiskOf(machine.number).points() + 1;
    wrong_ = life.Live();
    for (Machine& machine : machines_) machine.end = life.DiskOf(machine.number).points() + 1;
    sends_ = life.sends();
  }

  struct Machine {
    std::size_t number;
    std::uint64_t begin, end;  // Points, from one to before the other.
  };
  const std::vector<Machine>& machines() const { return machines_; }
  std::uint64_t sends() const { return sends_; }
  std::uint64_t points() const {
    std::uint64_t all = 0;
    for (const Machine& machine : machines_) all += machine.end - machine.begin;
    return all;
  }

  /// Stops there, and at that point of coming up if not 0; how many points the coming up took.
  std::uint64_t Stop(std::size_t machine, std::uint64_t point, FaultDisk::Loss loss,
                     std::uint64_t again) {
    SimLife life(cast_, plan_);
    life.DiskOf(machine).Plan(point, FaultDisk::Trouble::kCrash);
    life.SetLoss(loss);
    life.StopAgainAfter(again);
    Note(life.Live(), "machine " + std::to_string(machine) + " stopped at " +
                          std::to_string(point) + " and " + std::to_string(again) +
                          (loss == FaultDisk::Loss::kKill ? " (killed)" : " (power)"));
    return life.recovery_points();
  }
  void Cut(std::uint64_t send) {
    SimLife life(cast_, plan_);
    life.CutAtSend(send);
    Note(life.Live(), "cut at send " + std::to_string(send));
  }

  bool broken() const { return !wrong_.empty(); }
  int Tell(const std::string& what, SteadyTime begin) const {
    if (broken()) {
      std::printf("%s\n", wrong_.c_str());
      return 1;
    }
    std::printf("%s: %llu points and %llu sends, %llu lives: every promise held (%.0f s)\n",
                what.c_str(), Long(points()), Long(sends_), Long(lives_), Since(begin));
    return 0;
  }

 private:
  void Note(const std::string& wrong, const std::string& where) {
    ++lives_;
    if (!wrong.empty() && !broken()) wrong_ = where + ": " + wrong;
  }

  const SimCast& cast_;
  const SimPlan plan_;
  std::vector<Machine> machines_;
  std::uint64_t sends_ = 0, lives_ = 0;
  std::string wrong_;
};

constexpr FaultDisk::Loss kLosses[] = {FaultDisk::Loss::kKill, FaultDisk::Loss::kPower};

}  // namespace

int StopEverywhere(const SimCast& cast, std::uint64_t every) {
  const auto begin = std::chrono::steady_clock::now();
  Stopper stopper(cast, ShortStory());
  for (std::uint64_t send = 1; send <= stopper.sends() && !stopper.broken(); send += every)
    stopper.Cut(send);
  for (const auto& machine : stopper.machines())
    for (std::uint64_t at = machine.begin; at < machine.end && !stopper.broken(); at += every)
      for (const auto loss : kLosses) {
        const std::uint64_t points = stopper.Stop(machine.number, at, loss, 0);
        for (std::uint64_t again = 1; again <= points && !stopper.broken(); again += every)
          stopper.Stop(machine.number, at, loss, again);
      }
  return stopper.Tell("the short story", begin);
}

int StopInDay(const SimCast& cast, std::uint64_t seed, std::uint64_t points) {
  const auto begin = std::chrono::steady_clock::now();
  Stopper stopper(cast, ReferenceDay(seed));
  SeededRandom random(seed);
  for (std::uint64_t i = 0; i < points && !stopper.broken(); ++i) {
    const auto& machine = stopper.machines()[random.Below(stopper.machines().size())];
    const std::uint64_t at = machine.begin + random.Below(machine.end - machine.begin);
    stopper.Stop(machine.number, at, kLosses[random.Below(2)],
                 random.Chance(50) ? 1 + random.Below(20) : 0);
  }
  return stopper.Tell("the reference day", begin);
}

}  // namespace hoso::testing
