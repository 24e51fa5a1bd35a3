#include "common/domain/identity.h"

#include <algorithm>
#include <array>

namespace hoso::domain {
namespace {

// Places of birth registration keep the numbers of the 63 former provinces.
constexpr std::array<int, 63> kPlaces = {
    1,  2,  4,  6,  8,  10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33,
    34, 35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66,
    67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96};

bool AllDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int Digit(std::string_view text, std::size_t at) {
  return text[at] - '0';
}

}  // namespace

std::vector<std::string> CheckCitizenId(std::string_view id, std::string_view birth_date) {
  if (id.empty()) return {};
  if (!AllDigits(id)) return {"id.digits"};
  if (id.size() == 9) return {"id.old_number"};
  if (id.size() != 12) return {"id.length"};
  std::vector<std::string> odd;
  const int place = Digit(id, 0) * 100 + Digit(id, 1) * 10 + Digit(id, 2);
  if (std::find(kPlaces.begin(), kPlaces.end(), place) == kPlaces.end()) odd.push_back("id.place");
  if (birth_date.size() >= 4 && AllDigits(birth_date.substr(0, 4))) {
    const int year = 1900 + Digit(id, 3) / 2 * 100 + Digit(id, 4) * 10 + Digit(id, 5);
    const int born = Digit(birth_date, 0) * 1000 + Digit(birth_date, 1) * 100 +
                     Digit(birth_date, 2) * 10 + Digit(birth_date, 3);
    if (year != born) odd.push_back("id.birth_year");
  }
  return odd;
}

bool IsTaxCode(std::string_view text) {
  if (text.size() == 14 && text[10] == '-' && AllDigits(text.substr(11)))
    return IsTaxCode(text.substr(0, 10));
  if (text.size() != 10 || !AllDigits(text)) return false;
  constexpr std::array<int, 9> kWeights = {31, 29, 23, 19, 17, 13, 7, 5, 3};
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * Digit(text, i);
  return 10 - sum % 11 == Digit(text, 9);
}

bool IsPhone(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == ' ' || c == '.') continue;
    digits += c;
  }
  if (!AllDigits(digits)) return false;
  const bool mobile = digits.size() == 10 && digits[0] == '0' &&
                      std::string_view("35789").find(digits[1]) != std::string_view::npos;
  return mobile || (digits.size() == 11 && digits.starts_with("02"));
}

}  // namespace hoso::domain
