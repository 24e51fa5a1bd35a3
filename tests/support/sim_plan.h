#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hoso::testing {

/// What a life is made of: drawn from one number, or written as a story. An event's own draws come
/// from its own seed, so that events can be left out without changing those that stay.
struct SimEvent {
  enum class What {
    kAct,        // An officer does something.
    kExchange,   // A desk exchanges with the province.
    kLate,       // A request that was sent before arrives once more.
    kStop,       // The machine stops: a kill or a loss of power.
    kDisk,       // One of the next writes of the machine's disk goes wrong.
    kFull,       // The disk is full, or has room again.
    kReads,      // Reading fails once or twice.
    kMemory,     // The n-th piece of memory is refused during an act or an exchange.
    kCopy,       // Somebody copies a desk's files,
    kPutBack,    // or puts the copy back.
    kClone,      // Somebody copies a desk's folder to another PC, and both go on.
    kStandBy,    // Somebody copies the province's database,
    kFallBack,   // or the province falls back to that copy.
    kClock,      // A clock jumps.
    kRights,     // Administration changes what an officer may do.
    kCatalogue,  // Administration publishes another catalogue.
  };
  std::int64_t at_ms = 0;
  What what = What::kAct;
  std::size_t machine = 0;
  std::uint64_t seed = 0;
  std::string act = {};  // For kAct, kRights and kFallBack: which; drawn if empty.
};

inline constexpr std::size_t kProvinceMachine = 100;  // Others are the desks' numbers.

/// How bad it is in one life, in percent. Every life draws its own, so that some are calm in one
/// thing and terrible in another.
struct SimWeather {
  std::size_t desks = 2;
  int cut = 0, half_open = 0, repeat = 0, portal = 0, lies = 0;  // Of exchanges.
  bool windows = false;       // The line is there for 20 seconds of every 60.
  bool newer = false;         // Some programs are newer and say things that others don't know.
  bool older = false;         // Programs that do not part a copied desk from its original.
  bool careless = false;      // Some programs send what no officer may do.
  bool beside = false;        // Officers go on working during an exchange.
  std::size_t piece = 0;      // Octets in which much goes; 0: as in the programs.
  std::int64_t slow_ms = 50;  // For a piece of an exchange.
  int second_stop = 0;        // A machine stops again while it comes up.
};

struct SimPlan {
  std::uint64_t seed = 0;
  SimWeather weather;
  std::vector<SimEvent> events;
  bool story = false;  // What fails for want of a machine or a line is tried once more.
};

SimPlan DrawPlan(std::uint64_t seed, std::size_t events);
/// Two desks, a conflict, its resolution, a proposal and a decision: small enough to be stopped at
/// every single point.
SimPlan ShortStory();
/// A day of an island's office: 60 dossiers received, 300 edits, 120 steps, three desks that
/// exchange a few times.
SimPlan ReferenceDay(std::uint64_t seed);
std::string ToText(const SimEvent& event);

}  // namespace hoso::testing
