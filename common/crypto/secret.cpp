#include "common/crypto/secret.h"

#include <utility>

#include "common/crypto/sodium.h"

namespace hoso::crypto {

void StartSodium() {
  static const int started = sodium_init();
  HOSO_CHECK(started >= 0);
}

void Wipe(Bytes& bytes) {
  // A short string lives inside the object and stays there after a move: growing to the capacity
  // reaches those octets without allocating.
  bytes.resize(bytes.capacity());
  sodium_memzero(bytes.data(), bytes.size());
  bytes.clear();
}

Secret::Secret(Bytes bytes) : bytes_(std::move(bytes)) {
  Wipe(bytes);
}

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) {
  Wipe(other.bytes_);
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    Wipe(bytes_);
    bytes_ = std::move(other.bytes_);
    Wipe(other.bytes_);
  }
  return *this;
}

Secret::~Secret() {
  Wipe(bytes_);
}

bool SameOctets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace hoso::crypto
