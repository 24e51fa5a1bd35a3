#include "client/flows/idle_rule.h"

namespace hoso::flows {

void IdleRule::Start(std::int64_t limit_ms) {
  limit_ms_ = limit_ms;
  touched_ms_ = clock_.MonotonicMs();
  touched_wall_ms_ = asked_wall_ms_ = clock_.NowMs();
  due_ = false;
}

void IdleRule::Touched() {
  // The hand that wakes the machine is seen before the next question.
  if (IsDue()) return;
  touched_ms_ = clock_.MonotonicMs();
  touched_wall_ms_ = clock_.NowMs();
}

bool IdleRule::IsDue() {
  const std::int64_t now = clock_.MonotonicMs(), wall = clock_.NowMs();
  // Some systems stop the monotonic clock while they sleep, so the wall clock must count too.
  due_ = due_ || now - touched_ms_ >= limit_ms_ || wall - touched_wall_ms_ >= limit_ms_ ||
         wall - asked_wall_ms_ >= kSleptMs;
  asked_wall_ms_ = wall;
  return due_;
}

}  // namespace hoso::flows
