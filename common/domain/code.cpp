#include "common/domain/code.h"

#include <algorithm>
#include <vector>

#include "common/base/number.h"

namespace hoso::domain {
namespace {

bool Digits(std::string_view text, std::size_t least, std::size_t most) {
  return text.size() >= least && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool AgencyLetter(std::string_view text) {  // "H49"
  return text.size() == 3 && text[0] >= 'A' && text[0] <= 'Z' && Digits(text.substr(1), 2, 2);
}

std::vector<std::string_view> Split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto dot = text.find('.');
    parts.push_back(text.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    text.remove_prefix(dot + 1);
  }
}

bool IsOrg(std::string_view org) {
  const auto parts = Split(org);
  if (parts.size() == 4 && AgencyLetter(parts[3]))
    return Digits(parts[0], 3, 3) && Digits(parts[1], 2, 2) && Digits(parts[2], 2, 2);
  return parts.size() <= 4 && AgencyLetter(parts[0]) &&
         std::all_of(parts.begin() + 1, parts.end(),
                     [](std::string_view part) { return Digits(part, 1, 3); });
}

std::string Padded(std::int64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 4) digits.insert(0, 4 - digits.size(), '0');
  return digits;
}

}  // namespace

std::int64_t DossierCode::Count() const {
  return base::ToNumber(number).value_or(0);
}

std::optional<DossierCode> ParseCode(std::string_view text) {
  const auto first = text.find('-');
  const auto second = first == std::string_view::npos ? first : text.find('-', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const DossierCode code{std::string(text.substr(0, first)),
                         std::string(text.substr(first + 1, second - first - 1)),
                         std::string(text.substr(second + 1))};
  const bool day = Digits(code.day, 6, 6) || Digits(code.day, 8, 8);
  if (!IsOrg(code.org) || !day || !Digits(code.number, 4, 7)) return std::nullopt;
  return code;
}

std::string FormatCode(std::string_view org, std::string_view day, std::int64_t number) {
  return std::string(org) + "-" + std::string(day) + "-" + Padded(number);
}

std::string OrgCode(std::string_view province_h_code, std::string_view unit) {
  return std::string(province_h_code) + "." + std::string(unit.substr(0, 2)) + "." +
         std::string(unit.substr(2));
}

std::string ProvisionalCode(std::string_view unit, std::string_view point, std::string_view day,
                            std::int64_t number) {
  return "TẠM-" + std::string(unit) + "." + std::string(point) + "-" + std::string(day) + "-" +
         Padded(number);
}

}  // namespace hoso::domain
