#pragma once

// For the sources of this module only.

#include "common/crypto/seal.h"
#include "common/crypto/sign.h"

namespace hoso::crypto {

inline constexpr std::size_t kMaxSlots = 64;
inline constexpr std::size_t kMaxOfficerId = 64;
inline constexpr std::size_t kMaxDeviceInfo = 256;
inline constexpr std::uint32_t kMaxFailures = 1'000'000;
inline constexpr std::size_t kSlotSealed = kKeySize + kSeedSize + kSealOverhead;
inline constexpr std::size_t kRecoverySealed = kKeySize + kBoxOverhead;

}  // namespace hoso::crypto
