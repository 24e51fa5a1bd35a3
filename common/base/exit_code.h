#pragma once

#include "common/base/result.h"

namespace hoso::base {

/// How a program ends after a failure of this kind: 2 usage, 3 wrong PIN, 4 refused by the province
/// or by a rule (or not there), 5 not reachable, 6 damaged data, 7 busy. 0 is for success.
constexpr int ExitCode(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return 2;
    case ErrorKind::kWrongPin:
      return 3;
    case ErrorKind::kNotFound:
    case ErrorKind::kRefused:
      return 4;
    case ErrorKind::kUnreachable:
      return 5;
    case ErrorKind::kDamaged:
    case ErrorKind::kNewer:
    case ErrorKind::kDisk:
      return 6;
    case ErrorKind::kBusy:
      return 7;
  }
  return 6;
}

}  // namespace hoso::base
