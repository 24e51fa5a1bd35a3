#pragma once

#include <string>

#include "common/domain/calendar.h"

namespace hoso::flows {

/// How near a due date is, for an icon and a colour beside the words.
enum class DueLevel { kNone, kFine, kSoon, kToday, kLate };

struct DueWords {
  DueLevel level = DueLevel::kNone;
  std::string text;  // "Còn 5 ngày làm việc", "Hôm nay", "Quá 2 ngày"; "" without a date.
};

inline constexpr int kSoonWorkingDays = 3;

/// In working days of the calendar. `due`: an ISO date, or with a time; `state`: only where time
/// still runs (2, 4, 6) is anything late. Pure.
DueWords DueInWords(const domain::Calendar& calendar, const std::string& due, int state,
                    domain::Day today);

}  // namespace hoso::flows
