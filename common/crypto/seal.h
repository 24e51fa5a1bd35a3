#pragma once

#include <string_view>

#include "common/base/ids.h"
#include "common/crypto/secret.h"

namespace hoso::crypto {

inline constexpr std::size_t kKeySize = 32;
inline constexpr std::size_t kSealOverhead = 24 + 16;  ///< Nonce and tag.
inline constexpr std::size_t kBoxOverhead = 32 + 16;   ///< One-time public key and tag.

/// XChaCha20-Poly1305 (RFC 8439 with the 24-octet nonce of draft-irtf-cfrg-xchacha-03).
/// Gives nonce, ciphertext, tag. `key` is 32 octets, checked. `aad` is bound, not stored.
Bytes Seal(const Secret& key, std::string_view plain, std::string_view aad, base::Random& random);
/// kDamaged "seal.open" for a wrong key, other `aad` or any changed octet.
base::Result<Bytes> Open(const Secret& key, std::string_view sealed, std::string_view aad);

/// An X25519 key pair (RFC 7748), 32 octets each.
struct BoxKey {
  Bytes public_key;
  Secret secret_key;
};
BoxKey MakeBoxKey(base::Random& random);

/// Sealed for the holder of the secret key, sender unknown (libsodium's sealed box; the one-time
/// key comes from the operating system). kDamaged "seal.public_key" if that is no usable key.
base::Result<Bytes> SealTo(std::string_view public_key, std::string_view plain);
/// kDamaged "seal.open" for a wrong key pair or any changed octet.
base::Result<Secret> OpenWith(std::string_view public_key, const Secret& secret_key,
                              std::string_view sealed);

}  // namespace hoso::crypto
