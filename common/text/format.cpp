#include "common/text/format.h"

#include <algorithm>

namespace hoso::text {
namespace {

bool Digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string DateToScreen(std::string_view iso) {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-' || !Digits(iso.substr(0, 4)) ||
      !Digits(iso.substr(5, 2)) || !Digits(iso.substr(8, 2)))
    return std::string(iso);
  return std::string(iso.substr(8, 2)) + "/" + std::string(iso.substr(5, 2)) + "/" +
         std::string(iso.substr(0, 4));
}

std::string NumberToScreen(std::string_view decimal) {
  const bool negative = decimal.starts_with('-');
  const std::string_view unsigned_part = decimal.substr(negative ? 1 : 0);
  const auto point = unsigned_part.find('.');
  const std::string_view whole = unsigned_part.substr(0, point);
  const std::string_view rest =
      point == std::string_view::npos ? std::string_view{} : unsigned_part.substr(point + 1);
  if (!Digits(whole) || (point != std::string_view::npos && !Digits(rest)))
    return std::string(decimal);
  std::string out = negative ? "-" : "";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) out += '.';
    out += whole[i];
  }
  return rest.empty() ? out : out + "," + std::string(rest);
}

}  // namespace hoso::text
