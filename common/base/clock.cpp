#include "common/base/clock.h"

#include <chrono>

namespace hoso::base {
namespace {

template <class C>
std::int64_t Ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(C::now().time_since_epoch()).count();
}

}  // namespace

std::int64_t SystemClock::NowMs() const {
  return Ms<std::chrono::system_clock>();
}
std::int64_t SystemClock::MonotonicMs() const {
  return Ms<std::chrono::steady_clock>();
}

}  // namespace hoso::base
