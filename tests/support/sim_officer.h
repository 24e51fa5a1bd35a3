#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/change/state.h"
#include "common/domain/workflow.h"
#include "tests/support/fakes.h"

namespace hoso::testing {

/// What officers do, as they would: each mostly his own part, on what his desk shows him.
class SimOfficer {
 public:
  static constexpr const char* kUnit = "06994";
  static constexpr const char* kOtherUnit = "06652";

  /// Draws from `random` whenever it is asked; both must outlive it.
  SimOfficer(SeededRandom& random, const std::vector<domain::Transition>& steps)
      : random_(random), steps_(steps) {}

  /// What an officer of that role does next with such a dossier.
  std::string NextAct(const std::string& role, const change::DossierState& state);
  /// That act; none if there is nothing of the kind to do. A decision does not say yet how far the
  /// desk's log went.
  std::optional<change::Body> BodyOf(const std::string& act, const std::string& role,
                                     const change::DossierState& state);
  change::Create Receive();
  change::Create CarelessReceive();
  /// What no program offers: it is refused where it arrives, whoever let it through.
  change::Body CarelessBody(const change::DossierState& state);

 private:
  std::optional<change::Body> StepOf(const std::string& role, const change::DossierState& state);
  std::optional<change::Body> ResolveOf(const change::DossierState& state);
  std::optional<change::Body> SettleOf(const change::DossierState& state);
  change::Write WriteOf(const change::DossierState& state, const std::string& prefix,
                        const std::string& key);
  std::string TimeOfStep();
  std::uint64_t Below(std::uint64_t bound) { return random_.Below(bound); }
  bool Chance(int percent) { return random_.Chance(percent); }

  SeededRandom& random_;
  const std::vector<domain::Transition>& steps_;
};

}  // namespace hoso::testing
