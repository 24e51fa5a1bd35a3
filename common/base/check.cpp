#include "common/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace hoso::base {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "check failed: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace hoso::base
