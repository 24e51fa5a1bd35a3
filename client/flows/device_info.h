#pragma once

#include <string>

#include "common/base/bytes.h"
#include "common/base/result.h"

namespace hoso::flows {

/// The desk's replica and public key, in the key file, readable without a PIN so that an officer
/// can join.
struct DeviceInfo {
  std::string replica;
  base::Bytes device_key;

  std::string ToText() const { return replica + " " + base::ToHex(device_key); }
  static base::Result<DeviceInfo> Parse(const std::string& text) {
    constexpr std::size_t kUuid = 36;
    if (text.size() <= kUuid) return base::Fail(base::ErrorKind::kDamaged, "keyfile.damaged");
    HOSO_TRY_ASSIGN(base::Bytes key, base::FromHex(text.substr(kUuid + 1)));
    return DeviceInfo{text.substr(0, kUuid), std::move(key)};
  }
};

}  // namespace hoso::flows
