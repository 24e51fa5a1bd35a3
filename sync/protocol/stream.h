#pragma once

#include <cstddef>
#include <string_view>

#include "common/base/result.h"

namespace hoso::protocol {

/// Where octets come from: a socket, a file on a stick, a test. Read gives 0 at the clean end and
/// kUnreachable when the line is cut.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual base::Result<std::size_t> Read(char* into, std::size_t size) = 0;
};

/// Where octets go.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual base::Status Write(std::string_view bytes) = 0;
};

}  // namespace hoso::protocol
