#include "common/crypto/sign.h"

#include "common/crypto/random.h"
#include "common/crypto/sodium.h"

namespace hoso::crypto {
namespace {

static_assert(kSeedSize == crypto_sign_SEEDBYTES);
static_assert(kPublicKeySize == crypto_sign_PUBLICKEYBYTES);
static_assert(kSignatureSize == crypto_sign_BYTES);

Bytes Expand(const Secret& seed, Secret& full_key) {
  StartSodium();
  HOSO_CHECK(seed.size() == kSeedSize);
  Bytes public_key(kPublicKeySize, '\0');
  Bytes full(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(Out(public_key), Out(full), In(seed.view()));
  full_key = Secret(std::move(full));
  return public_key;
}

}  // namespace

Secret MakeSeed(base::Random& random) {
  return RandomSecret(random, kSeedSize);
}

Bytes PublicKey(const Secret& seed) {
  Secret full_key;
  return Expand(seed, full_key);
}

Bytes Sign(const Secret& seed, std::string_view message) {
  Secret full_key;
  Expand(seed, full_key);
  Bytes signature(kSignatureSize, '\0');
  crypto_sign_detached(Out(signature), nullptr, In(message), message.size(), In(full_key.view()));
  return signature;
}

bool Verify(std::string_view public_key, std::string_view message, std::string_view signature) {
  StartSodium();
  if (public_key.size() != kPublicKeySize || signature.size() != kSignatureSize) return false;
  return crypto_sign_verify_detached(In(signature), In(message), message.size(), In(public_key)) ==
         0;
}

}  // namespace hoso::crypto
