#pragma once

// For the sources of this module only.

#include <sodium.h>

#include <string_view>

#include "common/base/bytes.h"

namespace hoso::crypto {

/// Starts libsodium once; any thread, any number of times.
void StartSodium();

inline const unsigned char* In(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
inline unsigned char* Out(base::Bytes& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

}  // namespace hoso::crypto
