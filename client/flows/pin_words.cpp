#include "client/flows/pin_words.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "client/flows/explain.h"
#include "common/crypto/key_slots.h"
#include "common/text/fold.h"

namespace hoso::flows {
namespace {

constexpr std::size_t kGoodLength = 6, kLongLength = 10, kMixedLength = 8;

std::size_t Length(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

bool IsDigit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool AllStep(std::string_view pin, int step) {
  return std::adjacent_find(pin.begin(), pin.end(),
                            [step](char a, char b) { return b - a != step; }) == pin.end();
}

/// "123123", "8686": one piece again and again.
bool Repeats(std::string_view pin) {
  for (std::size_t size = 2; size * 2 <= pin.size(); ++size)
    if (pin.size() % size == 0 && pin.substr(size) == pin.substr(0, pin.size() - size)) return true;
  return false;
}

/// "1985", "20111985", "201185" are the first things that others try.
bool LooksLikeDate(std::string_view pin) {
  if (!std::all_of(pin.begin(), pin.end(), IsDigit)) return false;
  const auto number = [&](std::size_t at, std::size_t size) {
    return std::stoi(std::string(pin.substr(at, size)));
  };
  const auto year = [&](std::size_t at) { return number(at, 4) >= 1930 && number(at, 4) <= 2035; };
  const auto day_month = [&] {
    return number(0, 2) >= 1 && number(0, 2) <= 31 && number(2, 2) >= 1 && number(2, 2) <= 12;
  };
  if (pin.size() == 4) return year(0);
  if (pin.size() == 6) return day_month();
  return pin.size() == 8 && ((day_month() && year(4)) || year(0));
}

std::string Weakness(const std::string& pin) {
  if (AllStep(pin, 0)) return "toàn một ký tự";
  if (AllStep(pin, 1) || AllStep(pin, -1)) return "các ký tự liền nhau";
  if (Repeats(pin)) return "một đoạn lặp lại";
  if (LooksLikeDate(pin)) return "giống ngày hoặc năm sinh";
  if (Length(pin) < kGoodLength) return "nên có từ 6 ký tự";
  return "";
}

bool IsMixed(const std::string& pin) {
  return std::any_of(pin.begin(), pin.end(), IsDigit) &&
         !std::all_of(pin.begin(), pin.end(), IsDigit);
}

}  // namespace

PinWords PinInWords(const std::string& typed) {
  const std::string pin = text::Nfc(typed);
  if (const auto allowed = crypto::CheckPin(pin); !allowed)
    return {PinStrength::kRefused, "Yếu: " + ReasonText(allowed.error().reason)};
  if (const std::string weakness = Weakness(pin); !weakness.empty())
    return {PinStrength::kWeak, "Yếu: " + weakness};
  const std::size_t length = Length(pin);
  if (length >= kLongLength || (length >= kMixedLength && IsMixed(pin)))
    return {PinStrength::kStrong, "Mạnh"};
  return {PinStrength::kFair, "Được"};
}

}  // namespace hoso::flows
