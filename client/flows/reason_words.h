#pragma once

#include <string>

namespace hoso::flows {

/// What an officer reads for a reason key. For the sources of this module; pure.
struct ReasonLine {
  const char* key;
  const char* why;
  const char* todo;  // Empty: what the kind of error says.
};
/// Null for a key that has none.
const ReasonLine* FindReason(const std::string& key);

}  // namespace hoso::flows
