#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/change/entry.h"
#include "tests/support/sim_officer.h"

namespace hoso::testing {

/// One dossier of an office without machines: officers at desks that know only what they have
/// pulled, a log, and what the product says of every change. No disk, no line and no signatures, so
/// that thousands of changes a second are judged, merged and applied.
class PaperOffice {
 public:
  /// A change that has just entered the log.
  struct Entered {
    std::int64_t position;
    const change::Change& change;
    const change::Context& author;  // As it was judged.
    const std::string& decided_on;  // What the author of a decision saw, see Oracle::ContentOf.
    const change::Verdict& verdict;
    const change::DossierState &before, &after;
  };
  /// Says in words what is wrong with it; nothing if all is well.
  using Watch = std::function<std::string(const Entered&)>;

  PaperOffice(std::uint64_t seed, const std::vector<domain::Transition>& steps, Watch watch);
  /// So many things happen, then all desks pull. What was wrong first, in words.
  std::string Live(int events);

 private:
  struct Desk {
    domain::Role role;
    std::string user, replica;
    std::int64_t made = 0;
    std::size_t pulled = 0;
    change::DossierState confirmed;
    struct Waiting {
      change::Change change;
      std::string decided_on;
    };
    std::vector<Waiting> outbox;
  };

  void Act(Desk& desk);
  void Promote(Desk& desk);
  void Send(Desk& desk);
  void Pull(Desk& desk, std::size_t through);
  void Enter(const Desk& desk, const Desk::Waiting& sent);
  change::DossierState Shown(const Desk& desk) const;
  change::Context ContextOf(domain::Role role) const;
  change::Context ContextAtProvince(const Desk& desk);
  void Wrong(const std::string& text);

  SeededRandom random_;
  SimOfficer officer_;
  const std::vector<domain::Transition>& steps_;
  Watch watch_;
  std::vector<Desk> desks_;
  std::vector<change::Logged> log_;
  change::DossierState state_;
  std::int64_t now_ms_ = 1000;
  std::string wrong_;
};

/// The same with the second implementation beside it: of every change both must say the same, and
/// have the same of it. What was wrong first, in words.
std::string LiveOnPaper(std::uint64_t seed, const std::vector<domain::Transition>& steps,
                        const std::function<void(const std::string&)>& tell = {});

}  // namespace hoso::testing
