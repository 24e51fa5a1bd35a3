#pragma once

#include <string>
#include <string_view>

#include "client/config/config.h"

namespace hoso::config {

inline constexpr std::size_t kMaxFile = 1u << 16;  // Octets of a file of settings.
inline constexpr std::size_t kMaxValues = 200;     // Of one layer.

/// The lines "ui.language=en" of a file; "#" begins a remark. Of a name given twice the last
/// counts. What can't be understood is named in Layer::ignored. Pure.
Layer ReadLines(std::string_view text, Source source);

/// The first letters of a value, so many octets at most, to be shown: valid UTF-8, without control
/// characters.
std::string Beginning(std::string_view value, std::size_t longest = 120);

}  // namespace hoso::config
