#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"

namespace hoso::domain {

/// Who an officer is in the one-stop mechanism: reception, specialist, department head, chair or
/// deputy, clerk, administrator.
enum class Role { kMc, kCv, kTp, kLd, kVt, kQt };

std::string ToString(Role role);                      ///< "MC", "CV", "TP", "LD", "VT", "QT".
base::Result<Role> ParseRole(std::string_view text);  ///< kUsage "role.unknown".

}  // namespace hoso::domain
