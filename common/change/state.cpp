#include "common/change/state.h"

#include <algorithm>

#include "common/domain/workflow.h"

namespace hoso::change {

int DossierState::OpenConflicts() const {
  return static_cast<int>(std::count_if(registers.begin(), registers.end(),
                                        [](const auto& r) { return !r.second.rivals.empty(); }));
}

int DossierState::OpenSetAside() const {
  return static_cast<int>(std::count_if(set_aside.begin(), set_aside.end(),
                                        [](const SetAside& s) { return s.settled.empty(); }));
}

std::string DossierState::Get(const std::string& register_key) const {
  const auto it = registers.find(register_key);
  return it == registers.end() ? std::string() : it->second.held.value;
}

bool DossierState::Locked() const {
  if (state == domain::kProcessing)
    return stage == "reviewed" || stage == "signed" || stage == "refused";
  return state == domain::kRefusedIntake || state >= domain::kWithdrawn;
}

}  // namespace hoso::change
