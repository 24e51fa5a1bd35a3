#pragma once

#include "common/base/result.h"

namespace hoso::flows {

/// What happened and what to do, as far as the kind of an error tells. For the sources of this
/// module; pure.
struct KindWords {
  const char* what;
  const char* todo;
};
KindWords WordsOf(base::ErrorKind kind);

}  // namespace hoso::flows
