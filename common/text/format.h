#pragma once

#include <string>
#include <string_view>

namespace hoso::text {

/// "2026-11-23" to "23/11/2026"; text of another form comes back unchanged.
std::string DateToScreen(std::string_view iso_date);

/// "1234567.5" to "1.234.567,5"; text that is not a plain decimal comes back unchanged.
std::string NumberToScreen(std::string_view decimal);

}  // namespace hoso::text
