#pragma once

#include <string>
#include <utility>
#include <vector>

#include "common/change/change.h"

namespace hoso::flows {

/// What a change says, as named parts in a fixed order, for history and for other programs:
/// {"text", "..."} of a note, {"summary", "..."} of written fields, {"step", "transfer"} and so on.
std::vector<std::pair<std::string, std::string>> BodyParts(const change::Body& body);

std::string ToText(change::Decision decision);  // approve, return, refuse

}  // namespace hoso::flows
