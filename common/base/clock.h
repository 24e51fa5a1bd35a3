#pragma once

#include <cstdint>
#include <string>

namespace hoso::base {

/// The only way to the time. Nothing is ever ordered by it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t NowMs() const = 0;        ///< Wall clock, UTC, milliseconds since 1970.
  virtual std::int64_t MonotonicMs() const = 0;  ///< Never goes back while the machine runs.
};

class SystemClock : public Clock {
 public:
  std::int64_t NowMs() const override;
  std::int64_t MonotonicMs() const override;
};

/// "2026-11-24T03:41:07Z" of such a moment, for logs.
std::string UtcText(std::int64_t ms);

}  // namespace hoso::base
