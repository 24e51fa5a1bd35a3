#pragma once

#include <string_view>

#include "common/base/ids.h"
#include "common/crypto/secret.h"

namespace hoso::crypto {

inline constexpr std::size_t kSeedSize = 32;
inline constexpr std::size_t kPublicKeySize = 32;
inline constexpr std::size_t kSignatureSize = 64;

/// Ed25519 (RFC 8032). The seed is the whole private key; 32 octets, checked.
struct SigningKey {
  Secret seed;
};

Secret MakeSeed(base::Random& random);
/// 32 octets.
Bytes PublicKey(const Secret& seed);
/// 64 octets; the same seed and message always give the same signature.
Bytes Sign(const Secret& seed, std::string_view message);
/// False for anything wrong, wrong lengths too; takes outside input.
bool Verify(std::string_view public_key, std::string_view message, std::string_view signature);

}  // namespace hoso::crypto
