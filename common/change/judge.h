#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/change/state.h"
#include "common/domain/role.h"
#include "common/domain/workflow.h"

namespace hoso::change {

enum class Outcome { kAccepted, kAcceptedWithConflicts, kSetAside };

/// What the province says of a change, once; every desk applies it as it stands in the log.
struct Verdict {
  Outcome outcome = Outcome::kAccepted;
  std::string reason;  // Stable key, e.g. "decide.earlier_version"; empty when accepted.
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

std::string ToText(Outcome outcome);  // accepted, accepted_with_conflicts, set_aside
std::optional<Outcome> ParseOutcome(std::string_view text);

/// What judging needs to know beyond the dossier. Values only: no clock, no database.
struct Context {
  std::optional<domain::Role> role;  // Of the author, now; none: not a user of this province.
  bool active = true;                // The author is neither disabled nor moved away.
  std::string unit;                  // Whose log this is.
  bool signature_valid = true;       // Where NeedsSignature.
  const std::vector<domain::Transition>* transitions = nullptr;  // Not owned, outlives the call.
};

/// Decides what a change does to a dossier (null: not created yet). Pure.
/// Order of questions: may this officer, is the dossier there, does the change still fit it.
Verdict Judge(const DossierState* state, const Change& change, const Context& context);

/// May this officer do this kind of thing at all? Also asked before a desk records an act.
Verdict JudgeRights(const Change& change, const Context& context);

/// How a change enters the state: where it stands in the log and what was said of it.
struct Placed {
  std::int64_t position = 0;  // 0: unsent, on a desk.
  Verdict verdict;
  std::string code;         // Official code assigned with a create; may be empty.
  std::string author_role;  // "TP", for decisions.
  std::string_view octets;  // The change as it came; empty: as Encode would write it.
};

/// Does what the verdict says. Pure and total: an entry that can't be applied (a newer kind, a
/// damaged body) leaves the rest of the state as it was.
void Apply(DossierState& state, const Change& change, const Placed& placed,
           const std::vector<domain::Transition>& transitions);

}  // namespace hoso::change
