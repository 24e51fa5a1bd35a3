#pragma once

#include <cstdint>

#include "common/base/clock.h"

namespace hoso::flows {

/// When a desk that nobody uses is to be locked. Time asleep counts, a wall clock set back does not
/// help, and a machine that slept is due at once, whatever was touched since. Pure but for the
/// clock; one thread.
class IdleRule {
 public:
  static constexpr std::int64_t kAskEveryMs = 5'000;
  static constexpr std::int64_t kSleptMs = 60'000;  // So long between two questions is a sleep.

  /// The clock outlives the rule.
  explicit IdleRule(const base::Clock& clock) : clock_(clock) {}

  void Start(std::int64_t limit_ms);  ///< Unlocked now, or another limit.
  void Touched();                     ///< Somebody used the keyboard or the mouse.
  bool IsDue();                       ///< Asked every kAskEveryMs. Stays so until Start.

 private:
  const base::Clock& clock_;
  std::int64_t limit_ms_ = 0;
  std::int64_t touched_ms_ = 0, touched_wall_ms_ = 0, asked_wall_ms_ = 0;
  bool due_ = false;
};

}  // namespace hoso::flows
