#pragma once

#include <cstdint>

#include "tests/support/sim_life.h"

namespace hoso::testing {

struct Lives {
  std::uint64_t seeds = 0, hours = 0, first = 1, events = 50;
  bool trace = false, quick = false;
};

// Each says on the standard output what it did and found, and gives the program's exit code.

/// Random lives. A hundredth of them is lived twice, and must go the same way. One that fails is
/// made as short as it can be and told.
int LiveMany(const SimCast& cast, const Lives& lives);
/// The short story, stopped at every point (every n-th), and again while coming up.
int StopEverywhere(const SimCast& cast, std::uint64_t every);
/// The reference day, stopped at so many points of it.
int StopInDay(const SimCast& cast, std::uint64_t seed, std::uint64_t points);

}  // namespace hoso::testing
