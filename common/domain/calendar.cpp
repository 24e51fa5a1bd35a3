#include "common/domain/calendar.h"

#include <algorithm>

namespace hoso::domain {
namespace {

std::optional<int> Number(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string Two(int value) {
  return {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
}

}  // namespace

std::optional<Day> ParseDay(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  const auto y = Number(iso.substr(0, 4)), m = Number(iso.substr(5, 2)),
             d = Number(iso.substr(8, 2));
  if (!y || !m || !d || *y < 2000 || *y > 2200) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*y),
                                         std::chrono::month(static_cast<unsigned>(*m)),
                                         std::chrono::day(static_cast<unsigned>(*d))};
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

std::optional<LocalTime> ParseLocalTime(std::string_view iso) {
  if (iso.size() != 16 && iso.size() != 19) return std::nullopt;
  const auto day = ParseDay(iso.substr(0, 10));
  if (!day || (iso[10] != 'T' && iso[10] != ' ') || iso[13] != ':') return std::nullopt;
  const auto hour = Number(iso.substr(11, 2)), minute = Number(iso.substr(14, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  if (iso.size() == 19 && (iso[16] != ':' || !Number(iso.substr(17, 2)))) return std::nullopt;
  return LocalTime{*day, *hour * 60 + *minute};
}

std::string ToText(Day day) {
  const std::chrono::year_month_day date(day);
  return std::to_string(static_cast<int>(date.year())) + "-" +
         Two(static_cast<int>(static_cast<unsigned>(date.month()))) + "-" +
         Two(static_cast<int>(static_cast<unsigned>(date.day())));
}

std::string ToText(const LocalTime& time) {
  return ToText(time.day) + "T" + Two(time.minute / 60) + ":" + Two(time.minute % 60);
}

LocalTime LocalFromUtcMs(std::int64_t utc_ms) {
  const std::chrono::sys_time<std::chrono::milliseconds> local{std::chrono::milliseconds(utc_ms) +
                                                               std::chrono::hours(7)};
  const Day day = std::chrono::floor<std::chrono::days>(local);
  return {day, static_cast<int>(std::chrono::floor<std::chrono::minutes>(local - day).count())};
}

Calendar::Calendar(std::vector<CalendarDay> days, Day covered_from, Day covered_to,
                   OfficeHours hours)
    : from_(covered_from), to_(covered_to), hours_(std::move(hours)) {
  for (CalendarDay& day : days) days_[day.day] = std::move(day);
}

Calendar Calendar::WithHours(OfficeHours hours) const {
  Calendar other = *this;
  other.hours_ = std::move(hours);
  return other;
}

bool Calendar::IsWorking(Day day, Unconfirmed reading) const {
  if (const auto it = days_.find(day); it != days_.end()) {
    if (!it->second.confirmed) return reading == Unconfirmed::kWorking;
    return it->second.kind == DayKind::kSwapWork;
  }
  const unsigned weekday = std::chrono::weekday(day).iso_encoding();
  return weekday <= 5;
}

int Calendar::ClosingMinute() const {
  int last = 0;
  for (const OfficeHours::Span& span : hours_.spans) last = std::max(last, span.to);
  return last;
}

}  // namespace hoso::domain
