#include "common/base/clock.h"

#include <chrono>
#include <cstdio>

namespace hoso::base {
namespace {

template <class C>
std::int64_t Ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(C::now().time_since_epoch()).count();
}

}  // namespace

std::int64_t SystemClock::NowMs() const {
  return Ms<std::chrono::system_clock>();
}
std::int64_t SystemClock::MonotonicMs() const {
  return Ms<std::chrono::steady_clock>();
}

std::string UtcText(std::int64_t ms) {
  using namespace std::chrono;
  const sys_seconds moment = floor<seconds>(sys_time<milliseconds>(milliseconds(ms)));
  const sys_days day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss time(moment - day);
  char text[80];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

}  // namespace hoso::base
