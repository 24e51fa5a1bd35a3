#pragma once

#include <string>

#include "client/cli/json_views.h"

namespace hoso::cli {

/// A result for people: "label: value" lines, lists as one line an item, in Vietnamese.
std::string ToText(const Json& result);

}  // namespace hoso::cli
