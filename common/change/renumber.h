#pragma once

#include <cstdint>
#include <map>
#include <string_view>

#include "common/base/bytes.h"

namespace hoso::change {

/// Old number to new number, of changes of one replica.
using Renamed = std::map<std::int64_t, std::int64_t>;

/// The same act under another number, with every reference to a renamed change of its own replica
/// put right. Works on the octets: a pair [replica, number] is a reference wherever it stands, so
/// members and kinds of a newer program are carried along. An officer's signature does not survive
/// an altered change. Empty when `encoded` is no change.
base::Bytes Renumber(std::string_view encoded, std::int64_t sequence, const Renamed& renamed);

/// What stays of a change whatever its number: equal for an act and the same act issued again.
/// Octets that are no change are only like themselves.
base::Bytes ActOf(std::string_view encoded);

/// The change with its officer's signature over SignedPartOf.
base::Bytes WithSignature(std::string_view encoded, std::string_view signature);

}  // namespace hoso::change
