#pragma once

#include <string>
#include <vector>

#include "common/domain/role.h"

namespace hoso::domain {

/// The ten national states of a dossier, by their official numbers.
inline constexpr int kRegistered = 1;
inline constexpr int kAccepted = 2;
inline constexpr int kRefusedIntake = 3;
inline constexpr int kProcessing = 4;
inline constexpr int kSupplement = 5;
inline constexpr int kFinancial = 6;
inline constexpr int kWithdrawn = 7;
inline constexpr int kStopped = 8;
inline constexpr int kDone = 9;
inline constexpr int kReturned = 10;

/// One allowed move. The set of them is data of the catalogue.
struct Transition {
  std::string name;
  std::vector<int> from;
  int to = 0;
  Role role = Role::kMc;
  bool needs_reason = false;
  bool needs_approval = false;
  std::string form;  // Number of the form it produces; "" if none.
};

/// The moves this officer could make from this state, in the catalogue's order.
std::vector<Transition> AllowedSteps(const std::vector<Transition>& all, int state, Role role);

}  // namespace hoso::domain
