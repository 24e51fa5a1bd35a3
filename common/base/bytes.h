#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace hoso::base {

/// Octets, not text. A std::string because every library we feed takes one.
using Bytes = std::string;

std::string ToHex(std::string_view bytes);        ///< Lower case.
Result<Bytes> FromHex(std::string_view hex);      ///< kDamaged "hex" if malformed.
std::string ToBase64(std::string_view bytes);     ///< RFC 4648, padded.
Result<Bytes> FromBase64(std::string_view text);  ///< kDamaged "base64" if malformed.

/// True for well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool IsUtf8(std::string_view text);

/// Whole small file; kNotFound "file.missing" or kUsage "file.too_big".
Result<Bytes> ReadFile(const std::string& path, std::size_t limit);
/// Writes beside, flushes to disk, renames over. `secret`: as CreateNew in disk.h has it.
Status WriteFile(const std::string& path, std::string_view bytes, bool secret = false);

}  // namespace hoso::base
