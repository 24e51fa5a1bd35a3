#include "client/flows/due_words.h"

#include "common/domain/workflow.h"
#include "common/text/format.h"

namespace hoso::flows {
namespace {

constexpr std::size_t kIsoDay = 10;

int WorkingDaysBetween(const domain::Calendar& calendar, domain::Day after, domain::Day through) {
  int count = 0;
  for (domain::Day day = after + std::chrono::days(1); day <= through; day += std::chrono::days(1))
    count += calendar.IsWorking(day, domain::Calendar::Unconfirmed::kWorking) ? 1 : 0;
  return count;
}

/// The format is the message id of a translation; a window finds the number again.
std::string Fill(std::string format, int number) {
  return format.replace(format.find("%d"), 2, std::to_string(number));
}

}  // namespace

DueWords DueInWords(const domain::Calendar& calendar, const std::string& due, int state,
                    domain::Day today) {
  const auto day = domain::ParseDay(due.substr(0, kIsoDay));
  if (!day) return {};
  const bool running =
      state == domain::kAccepted || state == domain::kProcessing || state == domain::kFinancial;
  if (!running) return {DueLevel::kNone, text::DateToScreen(due.substr(0, kIsoDay))};
  if (*day < today) {
    const int late = WorkingDaysBetween(calendar, *day, today);
    return {DueLevel::kLate,
            late == 0 ? std::string("Quá hạn") : Fill("Quá %d ngày làm việc", late)};
  }
  if (*day == today)
    return {DueLevel::kToday, due.size() > kIsoDay
                                  ? std::string("Hôm nay") + " " + due.substr(kIsoDay + 1, 5)
                                  : std::string("Hôm nay")};
  const int left = WorkingDaysBetween(calendar, today, *day);
  return {left <= kSoonWorkingDays ? DueLevel::kSoon : DueLevel::kFine,
          Fill("Còn %d ngày làm việc", left)};
}

}  // namespace hoso::flows
