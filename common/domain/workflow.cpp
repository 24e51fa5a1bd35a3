#include "common/domain/workflow.h"

#include <algorithm>

namespace hoso::domain {

std::vector<Transition> AllowedSteps(const std::vector<Transition>& all, int state, Role role) {
  std::vector<Transition> out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out), [&](const Transition& t) {
    return t.role == role && std::find(t.from.begin(), t.from.end(), state) != t.from.end();
  });
  return out;
}

}  // namespace hoso::domain
