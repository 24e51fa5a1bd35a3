/// scenario --seeds N | --hours H [--seed S] [--events E] [--trace]: random lives of a small
/// province, each from one number, and before each an office on paper
/// (tests/support/paper_office.h); stops at the first in which a promise is broken, and says how
/// few of its events are enough for that (--quick: not).
///
/// scenario --exhaustive [--every N]: a short story, stopped at every (N-th) point where something
/// is written or sent, and once more at every (N-th) point of coming up.
///
/// scenario --reference-day N: a whole day, stopped at N points of it.

#include <chrono>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "common/base/number.h"
#include "tests/scenario/explore.h"

namespace {

using namespace hoso::testing;

struct Options {
  std::uint64_t seeds = 0, hours = 0, first = 1, events = 50, reference = 0, every = 1;
  bool trace = false, exhaustive = false, quick = false;
};

bool Number(const char* text, std::uint64_t& out) {
  const auto number = hoso::base::ToNumber(text);
  if (!number || *number < 0) return false;
  out = static_cast<std::uint64_t>(*number);
  return true;
}

int Usage() {
  std::fputs(
      "usage: scenario --seeds N | --hours H [--seed S] [--events E] [--trace]"
      " [--quick]\n"
      "       scenario --exhaustive [--every N]\n"
      "       scenario --reference-day N [--seed S]\n",
      stderr);
  return 2;
}

bool Parse(int argc, char** argv, Options& options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--trace") {
      options.trace = true;
    } else if (name == "--quick") {
      options.quick = true;
    } else if (name == "--exhaustive") {
      options.exhaustive = true;
    } else {
      std::uint64_t* target = name == "--seeds"           ? &options.seeds
                              : name == "--hours"         ? &options.hours
                              : name == "--seed"          ? &options.first
                              : name == "--events"        ? &options.events
                              : name == "--reference-day" ? &options.reference
                              : name == "--every"         ? &options.every
                                                          : nullptr;
      if (target == nullptr || ++i >= argc || !Number(argv[i], *target)) return false;
    }
  }
  // A seed alone is one life.
  if (options.seeds == 0 && options.hours == 0) options.seeds = 1;
  return options.events > 0 && options.every > 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!Parse(argc, argv, options)) return Usage();
  FaultMemory::Install();
  FaultVfs vfs;
  const SimCast cast(vfs);
  if (options.exhaustive) return StopEverywhere(cast, options.every);
  if (options.reference > 0) return StopInDay(cast, options.first, options.reference);
  return LiveMany(cast, {options.seeds, options.hours, options.first, options.events, options.trace,
                         options.quick});
}
