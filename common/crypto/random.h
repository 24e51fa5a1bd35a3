#pragma once

#include "common/base/ids.h"
#include "common/crypto/secret.h"

namespace hoso::crypto {

/// The operating system's generator. Any thread.
class SystemRandom : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> out) override;
};

/// `count` fresh octets.
Bytes RandomBytes(base::Random& random, std::size_t count);
Secret RandomSecret(base::Random& random, std::size_t count);

}  // namespace hoso::crypto
