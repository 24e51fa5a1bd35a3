#include "common/base/number.h"

#include <charconv>

namespace hoso::base {

std::optional<std::int64_t> ToNumber(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace hoso::base
