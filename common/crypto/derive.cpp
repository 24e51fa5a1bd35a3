#include "common/crypto/derive.h"

#include "common/crypto/sodium.h"

namespace hoso::crypto {
namespace {

using base::ErrorKind;
using base::Fail;

static_assert(kSaltSize == crypto_pwhash_argon2id_SALTBYTES);
constexpr std::size_t kHashSize = crypto_auth_hmacsha256_BYTES;
constexpr std::string_view kInfo = "HoSoXa desk key slot 1\x01";  // Info, then the block number.

Secret Hmac(std::string_view key, std::string_view first, std::string_view second) {
  crypto_auth_hmacsha256_state state;
  Bytes out(kHashSize, '\0');
  crypto_auth_hmacsha256_init(&state, In(key), key.size());
  crypto_auth_hmacsha256_update(&state, In(first), first.size());
  crypto_auth_hmacsha256_update(&state, In(second), second.size());
  crypto_auth_hmacsha256_final(&state, Out(out));
  sodium_memzero(&state, sizeof state);
  return Secret(std::move(out));
}

}  // namespace

bool IsSaneCost(const KdfCost& cost) {
  return cost.mem_kib >= 8 && cost.mem_kib <= 1024 * 1024 && cost.passes >= 1 && cost.passes <= 16;
}

base::Result<Secret> DeriveFromPin(std::string_view pin, std::string_view salt,
                                   const Secret& device_secret, const KdfCost& cost) {
  StartSodium();
  HOSO_CHECK(salt.size() == kSaltSize && IsSaneCost(cost));
  if (device_secret.size() != kDeviceSecretSize) {
    return Fail(ErrorKind::kUsage, "device_secret.missing");
  }
  Bytes stretched(kHashSize, '\0');
  if (crypto_pwhash_argon2id(Out(stretched), stretched.size(), pin.data(), pin.size(), In(salt),
                             cost.passes, std::size_t{cost.mem_kib} * 1024,
                             crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0) {
    return Fail(ErrorKind::kBusy, "pin.no_memory");
  }
  const Secret pin_part(std::move(stretched));
  const Secret extracted = Hmac(salt, pin_part.view(), device_secret.view());
  return Hmac(extracted.view(), kInfo, {});
}

}  // namespace hoso::crypto
