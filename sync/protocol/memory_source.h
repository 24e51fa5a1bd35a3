#pragma once

#include <string_view>

#include "sync/protocol/stream.h"

namespace hoso::protocol {

/// Octets that are in memory already, and outlive it.
class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view octets) : left_(octets) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override {
    const std::size_t count = left_.copy(into, size);
    left_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view left_;
};

}  // namespace hoso::protocol
