#pragma once

#include <string>

namespace hoso::flows {

/// How good a PIN is, as it is typed.
enum class PinStrength { kRefused, kWeak, kFair, kStrong };

struct PinWords {
  PinStrength strength = PinStrength::kRefused;
  std::string text;  // "Yếu: toàn một ký tự", "Được", "Mạnh".
};

/// kRefused is what crypto::CheckPin refuses; a weak one is told and taken. Pure.
PinWords PinInWords(const std::string& pin);

}  // namespace hoso::flows
