#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hoso::text {

/// Normal form C (Unicode UAX #15): what is stored and compared. Text that is not UTF-8 comes back
/// unchanged; the edges refuse it before.
std::string Nfc(std::string_view text);

/// Lower case, normal form C, marks kept: "NGUYỄN" and "nguyễn" are one.
std::string Lower(std::string_view text);

/// Upper case, normal form C: headings on paper.
std::string Upper(std::string_view text);

/// For search: lower case without marks, đ as d. "Đặng Thị Ý" becomes "dang thi y".
std::string Fold(std::string_view text);

/// Runs of letters and digits; everything else separates.
std::vector<std::string> Words(std::string_view text);

}  // namespace hoso::text
