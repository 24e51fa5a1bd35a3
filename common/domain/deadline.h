#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/domain/calendar.h"

namespace hoso::domain {

enum class LimitUnit { kWorkingDays, kDays, kWorkingHours, kMonths };
std::optional<LimitUnit> ParseLimitUnit(std::string_view text);  // wd, d, h, m
std::string ToString(LimitUnit unit);

struct Limit {
  int value = 0;
  LimitUnit unit = LimitUnit::kWorkingDays;
};
inline constexpr int kMaxLimit = 5000;

/// Time that does not count: the days after `from` up to and including `to`; for hours, the minutes
/// between them. Without `to` it is still running.
struct StopInterval {
  LocalTime from;
  std::optional<LocalTime> to;
  bool supplement = true;  // Else a duty that only ever stops the clock, as payment does.
};

enum class ClockPolicy { kPause, kRestart };  // What a supplement does to the clock.

struct DueQuestion {
  LocalTime received;
  Limit limit;
  std::vector<StopInterval> stops;
  ClockPolicy policy = ClockPolicy::kPause;
};

struct Due {
  LocalTime due;  // For days and months: closing time of the last day.
  bool certain = true;
  Day earliest{}, latest{};
  std::string reason;  // calendar.unconfirmed, calendar.beyond_coverage, pause.open, or "".
};

/// When a result is due (Civil Code art. 147-148; day of receipt not counted; a last day that is
/// off moves to the next working day, never into a stop). A day nobody has confirmed counts as
/// working for `due`; the answer then says so and gives both readings. A stop that is still
/// running is left out: the answer is the earliest it can be. kUsage "limit.range" beyond
/// kMaxLimit. Pure.
base::Result<Due> ComputeDue(const Calendar& calendar, const DueQuestion& question);

}  // namespace hoso::domain
