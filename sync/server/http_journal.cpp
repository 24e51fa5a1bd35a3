#include "sync/server/http_journal.h"

#include <ctime>

namespace hoso::server {
namespace {

std::string UtcText(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
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
