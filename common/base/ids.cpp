#include "common/base/ids.h"

#include <array>

#include "common/base/bytes.h"

namespace hoso::base {

std::string MakeUuid7(std::int64_t now_ms, Random& random) {
  std::array<std::uint8_t, 16> raw{};
  random.Fill(raw);
  for (int i = 0; i < 6; ++i)
    raw[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(now_ms >> (8 * (5 - i)));
  raw[6] = static_cast<std::uint8_t>(0x70 | (raw[6] & 0x0f));
  raw[8] = static_cast<std::uint8_t>(0x80 | (raw[8] & 0x3f));
  const std::string hex =
      ToHex(std::string_view(reinterpret_cast<const char*>(raw.data()), raw.size()));
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20);
}

bool IsUuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? c != '-' : !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
  }
  return true;
}

}  // namespace hoso::base
