#include "sync/server/http_journal.h"

namespace hoso::server {

void Journal::Refused(const std::string& what, const std::string& reason,
                      const std::string& certificate) {
  if (!print_) return;
  const std::lock_guard lock(mutex_);
  const std::int64_t minute = clock_.MonotonicMs() / 60'000;
  const std::string now = base::UtcText(clock_.NowMs());
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

void Journal::Mended(int states) {
  if (!print_) return;
  const std::lock_guard lock(mutex_);
  print_(base::UtcText(clock_.NowMs()) + " mended state.damaged " + std::to_string(states));
}

}  // namespace hoso::server
