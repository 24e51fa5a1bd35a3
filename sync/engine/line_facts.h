#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace hoso::engine {

/// What must hold between a desk and its province, in the order in which it is tried.
enum class LineStep { kName, kPort, kTls, kCertificate, kClock };
inline constexpr int kLineSteps = 5;

/// A try of the line that changes nothing on either side. It ends at the first step that fails.
struct LineFacts {
  std::optional<LineStep> failed;
  std::string reason;    ///< Of the step that failed: "net.*", "tls.*", "clock.off".
  std::string server;    ///< "host:port" as asked for.
  std::string stranger;  ///< Who vouches for a certificate that we don't trust; "" if not told.
  std::int64_t clock_ahead_s = 0;  ///< This machine's clock less the province's.
  std::string proxy = {};          ///< "host:port" of the one that is gone through; "" if none.
};

/// A clock further off than this is said. Nothing is ever ordered by it.
inline constexpr std::int64_t kClockLimitS = 5 * 60;

}  // namespace hoso::engine
