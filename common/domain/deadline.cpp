#include "common/domain/deadline.h"

#include <algorithm>

namespace hoso::domain {
namespace {

using std::chrono::days;
using Reading = Calendar::Unconfirmed;

bool Stopped(const DueQuestion& q, Day day) {
  return std::any_of(q.stops.begin(), q.stops.end(), [&](const StopInterval& s) {
    return s.to && day > s.from.day && day <= s.to->day;
  });
}

bool StoppedMinute(const DueQuestion& q, const LocalTime& at) {
  return std::any_of(q.stops.begin(), q.stops.end(),
                     [&](const StopInterval& s) { return s.to && at >= s.from && at < *s.to; });
}

/// Where a limit that ends on `last` runs out. A day off moves the end on; if a stop began while it
/// was moving, the end had not come yet and waits until the stop is over.
Day End(const Calendar& calendar, const DueQuestion& q, Day last, Reading reading) {
  while (!calendar.IsWorking(last, reading) || Stopped(q, last)) last += days(1);
  return last;
}

Day AfterDays(const Calendar& calendar, const DueQuestion& q, Reading reading) {
  const bool working_only = q.limit.unit == LimitUnit::kWorkingDays;
  Day day = q.received.day;
  for (int left = q.limit.value; left > 0;) {
    day += days(1);
    if (Stopped(q, day) || (working_only && !calendar.IsWorking(day, reading))) continue;
    --left;
  }
  return End(calendar, q, day, reading);
}

Day AfterMonths(const Calendar& calendar, const DueQuestion& q, Reading reading) {
  const std::chrono::year_month_day from(q.received.day);
  std::chrono::year_month_day target = from + std::chrono::months(q.limit.value);
  if (!target.ok()) target = target.year() / target.month() / std::chrono::last;
  Day day(target);
  for (Day counted = q.received.day + days(1); counted <= day; counted += days(1))
    if (Stopped(q, counted)) day += days(1);
  return End(calendar, q, day, reading);
}

LocalTime AfterHours(const Calendar& calendar, const DueQuestion& q, Reading reading) {
  int left = q.limit.value * 60;
  for (Day day = q.received.day;; day += days(1)) {
    if (!calendar.IsWorking(day, reading)) continue;
    for (const OfficeHours::Span& span : calendar.hours().spans) {
      for (int minute = span.from; minute < span.to; ++minute) {
        const LocalTime at{day, minute};
        if (at < q.received || StoppedMinute(q, at)) continue;
        if (left == 0) return at;
        if (--left == 0) return {day, minute + 1};
      }
    }
  }
}

LocalTime Answer(const Calendar& calendar, const DueQuestion& q, Reading reading) {
  switch (q.limit.unit) {
    case LimitUnit::kWorkingHours:
      return AfterHours(calendar, q, reading);
    case LimitUnit::kMonths:
      return {AfterMonths(calendar, q, reading), calendar.ClosingMinute()};
    case LimitUnit::kWorkingDays:
    case LimitUnit::kDays:
      break;
  }
  return {AfterDays(calendar, q, reading), calendar.ClosingMinute()};
}

/// A clock that restarts forgets everything up to the end of the last supplement; what else stops
/// it after that still does.
DueQuestion Restarted(DueQuestion q) {
  if (q.policy != ClockPolicy::kRestart) return q;
  for (const StopInterval& stop : q.stops)
    if (stop.supplement && stop.to) q.received = std::max(q.received, *stop.to);
  std::erase_if(q.stops, [](const StopInterval& stop) { return stop.supplement; });
  return q;
}

}  // namespace

std::optional<LimitUnit> ParseLimitUnit(std::string_view text) {
  if (text == "wd") return LimitUnit::kWorkingDays;
  if (text == "d") return LimitUnit::kDays;
  if (text == "h") return LimitUnit::kWorkingHours;
  if (text == "m") return LimitUnit::kMonths;
  return std::nullopt;
}

std::string ToString(LimitUnit unit) {
  constexpr const char* kNames[] = {"wd", "d", "h", "m"};
  return kNames[static_cast<int>(unit)];
}

base::Result<Due> ComputeDue(const Calendar& calendar, const DueQuestion& question) {
  const auto& limit = question.limit;
  const bool too_long = limit.unit == LimitUnit::kMonths && limit.value > kMaxLimit / 30;
  if (limit.value < 0 || limit.value > kMaxLimit || too_long || calendar.hours().spans.empty())
    return base::Fail(base::ErrorKind::kUsage, "limit.range", std::to_string(limit.value));
  for (const StopInterval& stop : question.stops)
    if (stop.to && (*stop.to < stop.from || stop.to->day - stop.from.day > days(kMaxLimit)))
      return base::Fail(base::ErrorKind::kUsage, "pause.range");

  const DueQuestion q = Restarted(question);
  const LocalTime soonest = Answer(calendar, q, Reading::kWorking);
  const LocalTime latest = Answer(calendar, q, Reading::kOff);
  Due due{soonest, true, soonest.day, latest.day, ""};
  if (latest != soonest) due.reason = "calendar.unconfirmed";
  if (!calendar.Covers(q.received.day) || !calendar.Covers(latest.day))
    due.reason = "calendar.beyond_coverage";
  if (std::any_of(question.stops.begin(), question.stops.end(),
                  [](const StopInterval& s) { return !s.to; }))
    due.reason = "pause.open";
  due.certain = due.reason.empty();
  return due;
}

}  // namespace hoso::domain
