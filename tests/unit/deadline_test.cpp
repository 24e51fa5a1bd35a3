#include "common/domain/deadline.h"

#include <gtest/gtest.h>

#include "common/catalog/load.h"

namespace hoso::domain {
namespace {

const Calendar& Official() {
  static const auto loaded = catalog::LoadDefault();
  return loaded->WorkingCalendar();
}

Due Ask(const Calendar& calendar, const std::string& received, int value, const std::string& unit,
        const std::vector<std::pair<std::string, std::string>>& stops = {},
        ClockPolicy policy = ClockPolicy::kPause) {
  const auto time = [](const std::string& text) {
    return ParseLocalTime(text.size() == 10 ? text + "T08:30" : text);
  };
  DueQuestion question{*time(received), {value, *ParseLimitUnit(unit)}, {}, policy};
  for (const auto& [from, to] : stops) question.stops.push_back({*time(from), time(to)});
  return *ComputeDue(calendar, question);
}

std::string DayOf(const std::string& received, int value, const std::string& unit,
                  const std::vector<std::pair<std::string, std::string>>& stops = {}) {
  return ToText(Ask(Official(), received, value, unit, stops).due.day);
}

TEST(Deadline, TheSeventeenVectorsOfTheLawHold) {
  EXPECT_EQ(DayOf("2026-11-23", 7, "wd"), "2026-12-03");
  EXPECT_EQ(DayOf("2026-11-23", 10, "wd"), "2026-12-08");
  EXPECT_EQ(DayOf("2026-11-23", 5, "wd"), "2026-12-01");
  EXPECT_EQ(DayOf("2026-02-12", 5, "wd"), "2026-02-26");
  EXPECT_EQ(DayOf("2026-08-20", 7, "wd"), "2026-08-28");
  EXPECT_EQ(DayOf("2026-12-29", 5, "wd"), "2027-01-06");
  EXPECT_EQ(DayOf("2026-04-23", 3, "wd"), "2026-04-29");
  EXPECT_EQ(DayOf("2025-04-24", 5, "wd"), "2025-05-05");
  EXPECT_EQ(DayOf("2026-11-09", 15, "d"), "2026-11-25");
  EXPECT_EQ(DayOf("2026-11-06", 15, "d"), "2026-11-23");
  EXPECT_EQ(DayOf("2026-11-23", 7, "wd", {{"2026-11-26", "2026-11-30"}}), "2026-12-07");
  EXPECT_EQ(DayOf("2026-01-08", 2, "wd"), "2026-01-10");
  EXPECT_EQ(DayOf("2026-08-07", 15, "d"), "2026-08-22");
  EXPECT_EQ(DayOf("2027-02-03", 5, "wd"), "2027-02-17");
  EXPECT_EQ(DayOf("2027-04-29", 2, "wd"), "2027-05-05");
  EXPECT_EQ(DayOf("2027-08-31", 3, "wd"), "2027-09-07");
  EXPECT_EQ(DayOf("2026-11-20", 1, "wd"), "2026-11-23");
}

TEST(Deadline, HoursRunInOfficeHoursOnly) {
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-23T08:30", 4, "h").due), "2026-11-23T14:30");
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-23T16:00", 2, "h").due), "2026-11-25T08:30");
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-22T23:00", 1, "h").due), "2026-11-23T08:30");
}

TEST(Deadline, MonthsKeepTheDayOrTakeTheLastOne) {
  EXPECT_EQ(DayOf("2026-01-31", 1, "m"), "2026-03-02");  // 28/2 is a Saturday.
  EXPECT_EQ(DayOf("2026-03-10", 2, "m"), "2026-05-11");  // 10/5 is a Sunday.
}

TEST(Deadline, ARestartedClockCountsTheWholeLimitAgain) {
  const Due due =
      Ask(Official(), "2026-11-23", 5, "wd", {{"2026-11-26", "2026-11-30"}}, ClockPolicy::kRestart);
  EXPECT_EQ(ToText(due.due.day), "2026-12-07");
}

TEST(Deadline, AnUnconfirmedDayCountsAsWorkingAndTheDoubtIsShown) {
  const Day from = *ParseDay("2026-01-01"), to = *ParseDay("2026-12-31");
  const Calendar calendar({{*ParseDay("2026-06-10"), DayKind::kHoliday, "?", "", false}}, from, to,
                          {});
  const Due due = Ask(calendar, "2026-06-08", 3, "wd");
  EXPECT_EQ(ToText(due.due.day), "2026-06-11");
  EXPECT_FALSE(due.certain);
  EXPECT_EQ(due.reason, "calendar.unconfirmed");
  EXPECT_EQ(ToText(due.earliest), "2026-06-11");
  EXPECT_EQ(ToText(due.latest), "2026-06-12");
}

TEST(Deadline, BeyondTheCalendarIsUncertain) {
  const Due due = Ask(Official(), "2027-12-20", 20, "wd");
  EXPECT_FALSE(due.certain);
  EXPECT_EQ(due.reason, "calendar.beyond_coverage");
}

TEST(Deadline, RefusesLimitsNobodyMeans) {
  EXPECT_FALSE(
      ComputeDue(Official(),
                 {*ParseLocalTime("2026-11-23T08:30"), {kMaxLimit + 1, LimitUnit::kDays}, {}, {}})
          .has_value());
  EXPECT_FALSE(ParseDay("2026-02-30").has_value());
  EXPECT_FALSE(ParseLocalTime("2026-11-23T25:00").has_value());
}

}  // namespace
}  // namespace hoso::domain
