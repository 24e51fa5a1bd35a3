#include "common/domain/role.h"

namespace hoso::domain {
namespace {
constexpr std::string_view kNames[] = {"MC", "CV", "TP", "LD", "VT", "QT"};
}

std::string ToString(Role role) {
  return std::string(kNames[static_cast<int>(role)]);
}

base::Result<Role> ParseRole(std::string_view text) {
  for (int i = 0; i < 6; ++i)
    if (kNames[i] == text) return static_cast<Role>(i);
  return base::Fail(base::ErrorKind::kUsage, "role.unknown", std::string(text));
}

}  // namespace hoso::domain
