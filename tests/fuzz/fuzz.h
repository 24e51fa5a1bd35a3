#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/check.h"

namespace hoso::fuzz {

/// One decoder of outside octets: each target defines this one. A HOSO_CHECK that does not hold
/// ends the program, as a crash does; that is how a finding shows.
void Try(std::string_view octets);

/// The octets as the canonical encoding of what they mean as any CBOR, so that a mutation gets past
/// the strict reading and its content is met too. Nothing if they are no CBOR.
std::optional<base::Bytes> Canonical(std::string_view octets);

/// Every member that `read` has is in `given` with the same octets: nothing was read as something
/// else than what was written. Members of a newer program are given and not read.
bool ReadAsGiven(std::string_view given, std::string_view read);

}  // namespace hoso::fuzz
