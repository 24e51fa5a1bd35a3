#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "common/base/bytes.h"

namespace hoso::change {

/// Strict CBOR for this module's codecs: what it reads is exactly what it would write, so one
/// value has one encoding. Depth and size are bounded before anything is built.
inline constexpr int kMaxDepth = 8;

base::Bytes ToCbor(const nlohmann::json& value);
std::optional<nlohmann::json> FromCbor(std::string_view bytes, std::size_t limit);

/// A member read with its type checked; nullptr if absent or of another type.
const std::string* Text(const nlohmann::json& object, const char* key);
std::optional<std::int64_t> Integer(const nlohmann::json& object, const char* key);

}  // namespace hoso::change
