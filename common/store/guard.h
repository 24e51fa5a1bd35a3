#pragma once

#include <utility>

#include "common/base/result.h"
#include "common/store/database.h"

namespace hoso::store {

/// Guarded for work that returns a value.
template <class Work>
auto Ask(Work work) -> base::Result<decltype(work())> {
  decltype(work()) answer{};
  HOSO_TRY(Guarded([&] { answer = work(); }));
  return answer;
}

}  // namespace hoso::store
