#pragma once

#include <optional>

#include "common/change/state.h"

namespace hoso::change {

/// The heart of the merge. The first in the log holds the place; a value whose author saw the held
/// one replaces it; a value whose author saw a rival replaces that rival; any other is a new rival.
void WriteTo(Register& place, const std::optional<ChangeId>& seen, const Value& value);

/// What a resolve chose: its own new value or one of those in the place.
std::string ChosenBy(const Resolve& resolve, const Register& place);

/// Puts `chosen` where the values were that the resolve's author saw. The others stay open.
void ResolveIn(Register& place, const Resolve& resolve, const Value& chosen);

/// Whether it is this that a settle is about. After a loss of the province two changes set aside
/// may bear one number; they are settled one after the other.
inline bool IsMeant(const Settle& settle, const SetAside& aside) {
  return aside.id == settle.change && aside.settled.empty();
}

}  // namespace hoso::change
