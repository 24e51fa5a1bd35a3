#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

#include "common/base/clock.h"

namespace hoso::server {

/// Tells whoever runs the province what was refused at its door, a line each: when, what was asked,
/// why, and which certificate asked; and what it had to mend in its own database. Never a name, an
/// address or anything that was sent. A flood becomes a number, so that nobody fills the disk from
/// outside.
class Journal {
 public:
  using Print = std::function<void(const std::string& line)>;
  static constexpr int kLinesPerMinute = 60;

  /// `print` may be empty; it is called by one thread at a time. `clock` outlives the journal.
  Journal(const base::Clock& clock, Print print) : clock_(clock), print_(std::move(print)) {}

  /// `what` and `reason` are words of ours; `certificate` is a fingerprint, or empty.
  void Refused(const std::string& what, const std::string& reason,
               const std::string& certificate = "");
  /// So many dossiers' states were damaged on the disk and are as the log has them again.
  void Mended(int states);

 private:
  const base::Clock& clock_;
  const Print print_;
  std::mutex mutex_;
  std::int64_t minute_ = 0;  // Guarded by mutex_,
  int lines_ = 0;            // as are these.
  std::int64_t untold_ = 0;
};

}  // namespace hoso::server
