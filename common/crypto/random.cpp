#include "common/crypto/random.h"

#include "common/crypto/sodium.h"

namespace hoso::crypto {

void SystemRandom::Fill(std::span<std::uint8_t> out) {
  StartSodium();
  randombytes_buf(out.data(), out.size());
}

Bytes RandomBytes(base::Random& random, std::size_t count) {
  Bytes bytes(count, '\0');
  random.Fill({Out(bytes), count});
  return bytes;
}

Secret RandomSecret(base::Random& random, std::size_t count) {
  return Secret(RandomBytes(random, count));
}

}  // namespace hoso::crypto
