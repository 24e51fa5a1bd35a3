#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hoso::domain {

using Day = std::chrono::sys_days;  // A civil date; local by convention (UTC+7, no summer time).

/// A local date and the minute of the day, 0 to 1439.
struct LocalTime {
  Day day{};
  int minute = 0;
  friend auto operator<=>(const LocalTime&, const LocalTime&) = default;
};

std::optional<Day> ParseDay(std::string_view iso);  // "2026-11-23"
/// "2026-11-23T08:30", seconds allowed and ignored. Years 2000 to 2200.
std::optional<LocalTime> ParseLocalTime(std::string_view iso);
std::string ToText(Day day);
std::string ToText(const LocalTime& time);
LocalTime LocalFromUtcMs(std::int64_t utc_ms);  // Việt Nam: UTC+7.

enum class DayKind { kHoliday, kCompOff, kSwapOff, kSwapWork };

/// A day that is not what its weekday says.
struct CalendarDay {
  Day day{};
  DayKind kind = DayKind::kHoliday;
  std::string name, source;
  bool confirmed = true;
};

/// When an office works, in minutes of the day.
struct OfficeHours {
  struct Span {
    int from = 0, to = 0;
  };
  std::vector<Span> spans = {{450, 690}, {810, 1020}};  // 07:30-11:30, 13:30-17:00
};

/// The working calendar of a unit. A value; Monday to Friday unless a day says otherwise.
class Calendar {
 public:
  Calendar(std::vector<CalendarDay> days, Day covered_from, Day covered_to, OfficeHours hours);

  Calendar WithHours(OfficeHours hours) const;  // The same days in another office's hours.

  enum class Unconfirmed { kWorking, kOff };  // How to read days nobody has confirmed.
  bool IsWorking(Day day, Unconfirmed reading) const;
  bool Covers(Day day) const { return day >= from_ && day <= to_; }
  const OfficeHours& hours() const { return hours_; }
  int ClosingMinute() const;

 private:
  std::map<Day, CalendarDay> days_;
  Day from_, to_;
  OfficeHours hours_;
};

}  // namespace hoso::domain
