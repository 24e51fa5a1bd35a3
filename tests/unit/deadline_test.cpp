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

TEST(Deadline, TheHourOfReceiptMattersForHoursOnly) {
  for (const char* at : {"2026-11-20T00:00", "2026-11-20T16:59", "2026-11-20T23:59"}) {
    EXPECT_EQ(DayOf(at, 2, "wd"), "2026-11-25") << at;
    EXPECT_EQ(DayOf(at, 10, "d"), "2026-11-30") << at;
    EXPECT_EQ(DayOf(at, 1, "m"), "2026-12-21") << at;
  }
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-20T23:59", 2, "wd").due), "2026-11-25T17:00");
}

TEST(Deadline, ReceivedOnADayOffItCountsFromTheNextDayOfItsKind) {
  EXPECT_EQ(DayOf("2026-11-21", 1, "wd"), "2026-11-23");  // A Saturday.
  EXPECT_EQ(DayOf("2026-11-21", 2, "d"), "2026-11-23");
  EXPECT_EQ(DayOf("2026-11-24", 1, "wd"), "2026-11-25");  // A holiday.
  EXPECT_EQ(DayOf("2026-08-22", 1, "wd"), "2026-08-24");  // A Saturday worked in exchange.
}

TEST(Deadline, EveryStopCountsOnceAndOnlyAfterItsFirstDay) {
  EXPECT_EQ(DayOf("2026-11-25", 3, "wd", {{"2026-11-26", "2026-11-26"}}), "2026-11-30");
  EXPECT_EQ(DayOf("2026-11-25", 3, "wd", {{"2026-11-20", "2026-11-27"}}), "2026-12-02");
  EXPECT_EQ(
      DayOf("2026-11-25", 4, "wd", {{"2026-11-26", "2026-11-30"}, {"2026-12-01", "2026-12-03"}}),
      "2026-12-07");
  EXPECT_EQ(
      DayOf("2026-11-25", 4, "wd", {{"2026-11-26", "2026-12-01"}, {"2026-11-27", "2026-12-03"}}),
      "2026-12-08");
  EXPECT_EQ(DayOf("2026-11-25", 1, "wd", {{"2026-11-25", "2026-12-25"}}), "2026-12-28");
  EXPECT_EQ(DayOf("2026-10-10", 1, "m", {{"2026-10-20", "2026-10-30"}}), "2026-11-20");
}

TEST(Deadline, AnEndThatMovesOverDaysOffDoesNotFallIntoAStop) {
  // Fifteen days end on Saturday 21/11; the clock stops that day, before Monday 23/11 is over.
  EXPECT_EQ(DayOf("2026-11-06", 15, "d", {{"2026-11-21", "2026-11-30"}}), "2026-12-01");
  EXPECT_EQ(DayOf("2026-10-21", 1, "m", {{"2026-11-22", "2026-11-26"}}), "2026-11-27");
}

TEST(Deadline, HoursRunInOfficeHoursOnly) {
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-23T08:30", 4, "h").due), "2026-11-23T14:30");
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-23T16:00", 2, "h").due), "2026-11-25T08:30");
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-22T23:00", 1, "h").due), "2026-11-23T08:30");
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-23T07:30", 4, "h").due), "2026-11-23T11:30");
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-23T12:15", 1, "h").due), "2026-11-23T14:30");
  EXPECT_EQ(ToText(Ask(Official(), "2026-11-27T16:00", 2, "h").due), "2026-11-30T08:30");
  EXPECT_EQ(ToText(Ask(Official(), "2026-08-21T16:30", 1, "h").due), "2026-08-22T08:00");
}

TEST(Deadline, HoursLeaveOutTheMinutesOfAStop) {
  const auto due = [](const std::string& from, const std::string& to) {
    return ToText(Ask(Official(), "2026-11-25T08:00", 4, "h", {{from, to}}).due);
  };
  EXPECT_EQ(due("2026-11-25T09:00", "2026-11-25T10:00"), "2026-11-25T15:00");
  EXPECT_EQ(due("2026-11-25T11:00", "2026-11-25T14:00"), "2026-11-25T15:00");
  EXPECT_EQ(due("2026-11-25T16:00", "2026-11-30T08:00"), "2026-11-25T14:00");
  EXPECT_EQ(due("2026-11-25T09:00", "2026-11-30T08:00"), "2026-11-30T11:00");
}

TEST(Deadline, AnOfficeWithOtherHoursHasOtherEnds) {
  const Day from = *ParseDay("2026-01-01"), to = *ParseDay("2026-12-31");
  const Calendar calendar({}, from, to, {{{420, 690}}});  // 07:00-11:30 only.
  EXPECT_EQ(ToText(Ask(calendar, "2026-11-25T10:30", 2, "h").due), "2026-11-26T08:00");
  EXPECT_EQ(ToText(Ask(calendar, "2026-11-25T10:30", 2, "wd").due), "2026-11-27T11:30");
}

TEST(Deadline, MonthsKeepTheDayOrTakeTheLastOne) {
  EXPECT_EQ(DayOf("2026-01-31", 1, "m"), "2026-03-02");  // 28/2 is a Saturday.
  EXPECT_EQ(DayOf("2026-03-10", 2, "m"), "2026-05-11");  // 10/5 is a Sunday.
  EXPECT_EQ(DayOf("2026-08-31", 6, "m"), "2027-03-01");  // 28/2 is a Sunday.
  EXPECT_EQ(DayOf("2025-12-31", 3, "m"), "2026-03-31");
  EXPECT_EQ(DayOf("2026-05-30", 1, "m"), "2026-06-30");
  EXPECT_EQ(DayOf("2025-11-15", 14, "m"), "2027-01-15");
}

TEST(Deadline, ARestartedClockCountsTheWholeLimitAgain) {
  const Due due =
      Ask(Official(), "2026-11-23", 5, "wd", {{"2026-11-26", "2026-11-30"}}, ClockPolicy::kRestart);
  EXPECT_EQ(ToText(due.due.day), "2026-12-07");
}

TEST(Deadline, OnlyASupplementRestartsTheClock) {
  DueQuestion question{
      *ParseLocalTime("2026-11-23T08:30"), {5, *ParseLimitUnit("wd")}, {}, ClockPolicy::kRestart};
  const auto time = [](const char* text) { return *ParseLocalTime(text); };
  question.stops = {{time("2026-11-26T08:00"), time("2026-11-30T08:00"), true},
                    {time("2026-12-02T08:00"), time("2026-12-04T08:00"), false}};
  EXPECT_EQ(ToText(ComputeDue(Official(), question)->due.day), "2026-12-09");
  question.stops[0].supplement = false;  // Nothing was supplemented: both only stop it.
  EXPECT_EQ(ToText(ComputeDue(Official(), question)->due.day), "2026-12-07");
}

TEST(Deadline, TheLastOfSeveralSupplementsRestarts) {
  const Due due =
      Ask(Official(), "2026-11-23", 5, "wd",
          {{"2026-12-02", "2026-12-04"}, {"2026-11-26", "2026-11-30"}}, ClockPolicy::kRestart);
  EXPECT_EQ(ToText(due.due.day), "2026-12-11");
}

TEST(Deadline, ARunningStopLeavesTheAnswerOpen) {
  const Due due = Ask(Official(), "2026-11-23", 7, "wd", {{"2026-11-26", ""}});
  EXPECT_EQ(ToText(due.due.day), "2026-12-03");
  EXPECT_FALSE(due.certain);
  EXPECT_EQ(due.reason, "pause.open");
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
  EXPECT_TRUE(Ask(calendar, "2026-06-10", 3, "wd").certain);  // Counting starts after it.
  EXPECT_TRUE(Ask(calendar, "2026-06-08", 3, "d").certain);   // Within, not at the end.
  EXPECT_EQ(ToText(Ask(calendar, "2026-06-08", 2, "d").latest), "2026-06-11");
  EXPECT_EQ(Ask(calendar, "2026-06-09T16:30", 1, "h").reason, "calendar.unconfirmed");
}

TEST(Deadline, AnUnconfirmedExchangeSaturdayCountsAsWorkingToo) {
  const Day from = *ParseDay("2026-01-01"), to = *ParseDay("2026-12-31");
  const Calendar calendar({{*ParseDay("2026-06-13"), DayKind::kSwapWork, "?", "", false}}, from, to,
                          {});
  const Due due = Ask(calendar, "2026-06-11", 2, "wd");
  EXPECT_EQ(ToText(due.due.day), "2026-06-13");
  EXPECT_EQ(ToText(due.earliest), "2026-06-13");
  EXPECT_EQ(ToText(due.latest), "2026-06-15");
}

TEST(Deadline, BeyondTheCalendarIsUncertain) {
  const Due due = Ask(Official(), "2027-12-20", 20, "wd");
  EXPECT_FALSE(due.certain);
  EXPECT_EQ(due.reason, "calendar.beyond_coverage");
  EXPECT_TRUE(Ask(Official(), "2027-12-20", 9, "wd").certain);  // 31/12/2027, the last it knows.
  EXPECT_EQ(Ask(Official(), "2024-12-31", 5, "wd").reason, "calendar.beyond_coverage");
}

TEST(Deadline, RefusesLimitsNobodyMeans) {
  const LocalTime morning = *ParseLocalTime("2026-11-23T08:30"),
                  evening = *ParseLocalTime("2026-11-23T16:30");
  EXPECT_EQ(ComputeDue(Official(), {morning, {1, LimitUnit::kDays}, {{evening, morning}}, {}})
                .error()
                .reason,
            "pause.range");
  EXPECT_FALSE(
      ComputeDue(Official(),
                 {*ParseLocalTime("2026-11-23T08:30"), {kMaxLimit + 1, LimitUnit::kDays}, {}, {}})
          .has_value());
  EXPECT_FALSE(ParseDay("2026-02-30").has_value());
  EXPECT_FALSE(ParseLocalTime("2026-11-23T25:00").has_value());
}

}  // namespace
}  // namespace hoso::domain
