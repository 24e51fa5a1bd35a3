#include "common/crypto/hash.h"

#include "common/crypto/sodium.h"

namespace hoso::crypto {

static_assert(kSha256Size == crypto_hash_sha256_BYTES);

struct Sha256Stream::State {
  crypto_hash_sha256_state sodium;
};

Bytes Sha256(std::string_view bytes) {
  StartSodium();
  Bytes hash(kSha256Size, '\0');
  crypto_hash_sha256(Out(hash), In(bytes), bytes.size());
  return hash;
}

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>()) {
  StartSodium();
  crypto_hash_sha256_init(&state_->sodium);
}

Sha256Stream::~Sha256Stream() = default;
Sha256Stream::Sha256Stream(Sha256Stream&&) noexcept = default;
Sha256Stream& Sha256Stream::operator=(Sha256Stream&&) noexcept = default;

void Sha256Stream::Update(std::string_view piece) {
  crypto_hash_sha256_update(&state_->sodium, In(piece), piece.size());
}

Bytes Sha256Stream::Finish() {
  Bytes hash(kSha256Size, '\0');
  crypto_hash_sha256_final(&state_->sodium, Out(hash));
  crypto_hash_sha256_init(&state_->sodium);
  return hash;
}

}  // namespace hoso::crypto
