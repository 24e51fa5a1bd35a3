/// scenario --seeds N [--seed S] [--steps K] [--trace]: lives N random lives of a small province,
/// starting at seed S, and stops at the first in which a promise is broken.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "tests/support/sim_world.h"

namespace {

bool Number(const char* text, std::uint64_t& out) {
  const std::string_view view(text);
  const auto [end, error] = std::from_chars(view.data(), view.data() + view.size(), out);
  return error == std::errc() && end == view.data() + view.size();
}

int Usage() {
  std::fputs("usage: scenario --seeds N [--seed S] [--steps K] [--trace]\n", stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  std::uint64_t seeds = 1, first = 1, steps = 60;
  bool trace = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    std::uint64_t* target = name == "--seeds"   ? &seeds
                            : name == "--seed"  ? &first
                            : name == "--steps" ? &steps
                                                : nullptr;
    if (name == "--trace") {
      trace = true;
    } else if (target == nullptr || ++i >= argc || !Number(argv[i], *target)) {
      return Usage();
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
    const std::string wrong = hoso::testing::LiveThrough(seed, static_cast<int>(steps), trace);
    if (!wrong.empty()) {
      std::printf("seed %llu: %s\nreplay: scenario --seeds 1 --seed %llu --steps %llu --trace\n",
                  static_cast<unsigned long long>(seed), wrong.c_str(),
                  static_cast<unsigned long long>(seed), static_cast<unsigned long long>(steps));
      return 1;
    }
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("%llu seeds, %llu steps each: every promise held (%.1f seeds a second)\n",
              static_cast<unsigned long long>(seeds), static_cast<unsigned long long>(steps),
              static_cast<double>(seeds) / seconds);
  return 0;
}
