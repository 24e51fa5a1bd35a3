#include "sync/server/http_journal.h"

#include <chrono>
#include <cstdio>

#include "common/domain/calendar.h"

namespace hoso::server {
namespace {

std::string UtcText(std::int64_t ms) {
  using namespace std::chrono;
  const sys_seconds moment{seconds(ms / 1000)};
  const auto day = floor<days>(moment);
  const hh_mm_ss time(moment - day);
  char clock[16];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02dZ", static_cast<int>(time.hours().count()),
                static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
  return domain::ToText(day) + clock;
}

}  // namespace

void Journal::Refused(const std::string& what, const std::string& reason,
                      const std::string& certificate) {
  if (!print_) return;
  const std::lock_guard lock(mutex_);
  const std::int64_t minute = clock_.MonotonicMs() / 60'000;
  const std::string now = UtcText(clock_.NowMs());
  if (minute != minute_) {
    if (untold_ > 0) print_(now + " refused " + std::to_string(untold_) + " more");
    minute_ = minute;
    lines_ = 0;
    untold_ = 0;
  }
  if (++lines_ > kLinesPerMinute) {
    ++untold_;
    return;
  }
  std::string line = now + " refused " + what + " " + reason;
  if (!certificate.empty()) line += " " + certificate.substr(0, 16);
  print_(line);
}

}  // namespace hoso::server
