#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/flows/dossier_view.h"
#include "client/flows/due_words.h"
#include "client/flows/history.h"

namespace hoso::flows {

/// One thing that is otherwise than it was. Texts are as people read them.
struct Difference {
  std::string label, before, after;  // `before` is empty for notes and steps.
  std::string who, at;               // Name and local time.
  friend bool operator==(const Difference&, const Difference&) = default;
};

/// What the officer who decides needs on one card.
struct ApprovalView {
  std::string dossier, code, applicant, procedure_name;
  DueView due;
  DueWords due_words;
  std::string proposer, proposed_at, proposer_note;  // His last note, or the step's reason.
  std::string reviewer, reviewed_at, review_note;    // Where a department head has approved.
  std::vector<std::string> warnings;                 // Sentences.
  bool first_look = true;
  std::string looked_at;
  std::vector<Difference> since;  // By others, since `looked_at`.
  struct Choice {
    std::string name;  // approve, return, refuse.
    bool needs_reason = false;
    std::string why_not;  // Reason key; "" if it can be taken.
  };
  std::vector<Choice> choices;

  std::string digest;  // Of exactly what is shown; a decision is taken on it.
  base::Bytes shown;   // The whole state, and how many steps had taken effect, to remember.
  std::int64_t steps = 0;
};

/// Deciding on what was proposed: department heads and leaders.
class ApprovalFlow {
 public:
  explicit ApprovalFlow(OpenDesk& open) : open_(open) {}

  /// None if this officer has nothing to decide there. FindDossier's errors.
  base::Result<std::optional<ApprovalView>> View(const std::string& dossier);
  /// The officer has seen what the view shows and goes on to something else.
  base::Status Looked(const ApprovalView& view);
  /// Takes the decision on what the view shows, remembers it as seen and drops the kept reason.
  /// kRefused "decide.changed_meanwhile" if the content is no longer what was shown, or the rule's
  /// reason. Answers the next dossier that waits for this officer; "" if there is none.
  base::Result<std::string> Decide(const ApprovalView& view, const std::string& decision,
                                   const std::string& reason);

  // The reason being typed, kept as a draft; "" if none.
  base::Status KeepReason(const std::string& dossier, const std::string& text);
  base::Result<std::string> Reason(const std::string& dossier);

 private:
  base::Result<std::string> NextAfter(const std::string& dossier);

  OpenDesk& open_;
};

/// What others than `officer` changed between the two: values, notes, and the steps that history
/// has beyond the first `steps` that took effect.
std::vector<Difference> DifferenceOf(OpenDesk& open, const change::DossierState& before,
                                     const change::DossierState& now,
                                     const std::vector<Happened>& history, std::int64_t steps,
                                     const std::string& officer);

}  // namespace hoso::flows
