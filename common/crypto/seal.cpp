#include "common/crypto/seal.h"

#include "common/crypto/random.h"
#include "common/crypto/sodium.h"

namespace hoso::crypto {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kSealOverhead == kNonceSize + kTagSize);
static_assert(kBoxOverhead == crypto_box_SEALBYTES);
static_assert(kKeySize == crypto_box_PUBLICKEYBYTES && kKeySize == crypto_box_SECRETKEYBYTES);

}  // namespace

Bytes Seal(const Secret& key, std::string_view plain, std::string_view aad, base::Random& random) {
  StartSodium();
  HOSO_CHECK(key.size() == kKeySize);
  Bytes sealed = RandomBytes(random, kNonceSize);
  sealed.resize(kNonceSize + plain.size() + kTagSize);
  crypto_aead_xchacha20poly1305_ietf_encrypt(Out(sealed) + kNonceSize, nullptr, In(plain),
                                             plain.size(), In(aad), aad.size(), nullptr, In(sealed),
                                             In(key.view()));
  return sealed;
}

base::Result<Bytes> Open(const Secret& key, std::string_view sealed, std::string_view aad) {
  StartSodium();
  HOSO_CHECK(key.size() == kKeySize);
  if (sealed.size() < kSealOverhead) return Fail(ErrorKind::kDamaged, "seal.open");
  const std::string_view body = sealed.substr(kNonceSize);
  Bytes plain(body.size() - kTagSize, '\0');
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(Out(plain), nullptr, nullptr, In(body),
                                                 body.size(), In(aad), aad.size(), In(sealed),
                                                 In(key.view())) != 0) {
    return Fail(ErrorKind::kDamaged, "seal.open");
  }
  return plain;
}

BoxKey MakeBoxKey(base::Random& random) {
  StartSodium();
  const Secret seed = RandomSecret(random, crypto_box_SEEDBYTES);
  Bytes public_key(kKeySize, '\0');
  Bytes secret_key(kKeySize, '\0');
  crypto_box_seed_keypair(Out(public_key), Out(secret_key), In(seed.view()));
  return {std::move(public_key), Secret(std::move(secret_key))};
}

base::Result<Bytes> SealTo(std::string_view public_key, std::string_view plain) {
  StartSodium();
  Bytes sealed(plain.size() + kBoxOverhead, '\0');
  if (public_key.size() != kKeySize ||
      crypto_box_seal(Out(sealed), In(plain), plain.size(), In(public_key)) != 0) {
    return Fail(ErrorKind::kDamaged, "seal.public_key");
  }
  return sealed;
}

base::Result<Secret> OpenWith(std::string_view public_key, const Secret& secret_key,
                              std::string_view sealed) {
  StartSodium();
  if (public_key.size() != kKeySize || secret_key.size() != kKeySize ||
      sealed.size() < kBoxOverhead) {
    return Fail(ErrorKind::kDamaged, "seal.open");
  }
  Bytes plain(sealed.size() - kBoxOverhead, '\0');
  if (crypto_box_seal_open(Out(plain), In(sealed), sealed.size(), In(public_key),
                           In(secret_key.view())) != 0) {
    return Fail(ErrorKind::kDamaged, "seal.open");
  }
  return Secret(std::move(plain));
}

}  // namespace hoso::crypto
