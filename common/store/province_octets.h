#pragma once

#include <optional>
#include <string>

#include "common/base/bytes.h"
#include "common/base/result.h"

namespace hoso::store {

/// The octets behind a base64 column that was read, if a row was there.
inline base::Result<std::optional<base::Bytes>> OctetsOf(
    base::Result<std::optional<std::string>> read) {
  if (!read || !*read) return read;
  HOSO_TRY_ASSIGN(const base::Bytes octets, base::FromBase64(**read));
  return std::optional(octets);
}

}  // namespace hoso::store
