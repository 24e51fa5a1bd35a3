#pragma once

#include <memory>
#include <string_view>

#include "common/base/bytes.h"

namespace hoso::crypto {

using base::Bytes;

inline constexpr std::size_t kSha256Size = 32;

/// SHA-256 (FIPS 180-4, RFC 6234): 32 octets.
Bytes Sha256(std::string_view bytes);

/// The same for data that comes in pieces.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;

  void Update(std::string_view piece);
  /// The hash of everything so far; the stream then starts anew.
  Bytes Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hoso::crypto
