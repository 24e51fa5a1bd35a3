#pragma once

#include <cstdint>
#include <string_view>

#include "common/crypto/secret.h"

namespace hoso::crypto {

inline constexpr std::size_t kSaltSize = 16;
inline constexpr std::size_t kDeviceSecretSize = 32;

/// What one guess at a PIN costs. The default is 64 MiB, three passes.
struct KdfCost {
  std::uint32_t mem_kib = 64 * 1024;
  std::uint32_t passes = 3;
  friend bool operator==(const KdfCost&, const KdfCost&) = default;
};

/// 8 KiB to 1 GiB, 1 to 16 passes.
bool IsSaneCost(const KdfCost& cost);

/// A 32-octet key: HKDF-SHA256 (RFC 5869) over Argon2id (RFC 9106, one lane) of the PIN, then the
/// device secret; so neither the PIN nor the device alone is enough. `salt` is 16 octets and the
/// cost sane, both checked. kUsage "device_secret.missing" unless that is 32 octets; kBusy
/// "pin.no_memory" if the memory could not be had.
base::Result<Secret> DeriveFromPin(std::string_view pin, std::string_view salt,
                                   const Secret& device_secret, const KdfCost& cost = {});

}  // namespace hoso::crypto
