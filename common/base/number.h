#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hoso::base {

/// All of `text` as a decimal number, with a '-' before it or none. Absent for anything else, and
/// for what 64 bits don't hold.
std::optional<std::int64_t> ToNumber(std::string_view text);

}  // namespace hoso::base
