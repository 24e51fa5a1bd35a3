#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hoso::base {

/// Source of unpredictable octets; tests pass a seeded one.
class Random {
 public:
  virtual ~Random() = default;
  virtual void Fill(std::span<std::uint8_t> out) = 0;
};

/// A UUID version 7 (RFC 9562) in its 36-letter lower-case form. `now_ms` only helps
/// index locality; uniqueness comes from the 74 random bits.
std::string MakeUuid7(std::int64_t now_ms, Random& random);

/// True for the 36-letter lower-case hexadecimal form.
bool IsUuid(std::string_view text);

}  // namespace hoso::base
