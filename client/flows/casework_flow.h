#pragma once

#include <map>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"
#include "common/change/judge.h"

namespace hoso::flows {

/// What officers do to a dossier. Every act is durable on this desk when it returns, and each
/// names what its author saw. Errors: kNotFound "dossier.unknown" (or kUsage "dossier.ambiguous"),
/// kRefused with the rule's reason, kUsage for what is malformed.
///
/// `dossier` is an id, the beginning of one, or an official or provisional code.
class CaseworkFlow {
 public:
  explicit CaseworkFlow(OpenDesk& open) : open_(open) {}

  /// Returns the warnings of the values written (see WarningsOf).
  base::Result<std::vector<std::string>> Set(const std::string& dossier,
                                             const std::map<std::string, std::string>& fields);
  /// Component key to "have", "copy" or "missing"; all of them or none. kUsage
  /// "component.unknown", "check.value".
  base::Status Check(const std::string& dossier, const std::map<std::string, std::string>& items);
  base::Status AddNote(const std::string& dossier, const std::string& text);
  base::Status Assign(const std::string& dossier, const std::string& user);  // kUsage user.unknown
  base::Status Step(const std::string& dossier, const std::string& name, const std::string& reason);
  /// `decision`: approve, return or refuse. Taken on what this desk shows now, which must still
  /// have the ContentDigest `shown`, unless that is empty: kRefused "decide.changed_meanwhile".
  base::Status Decide(const std::string& dossier, const std::string& decision,
                      const std::string& reason, const std::string& shown = "");

  /// What this officer can do next; decisions are named "approve", "return", "refuse".
  struct NextStep {
    std::string name;
    int to = 0;
    bool needs_reason = false, is_decision = false;
  };
  base::Result<std::vector<NextStep>> Next(const std::string& dossier);
  /// To whom this officer may give the dossier: the active specialists of its unit. Empty where
  /// giving it is not this officer's.
  base::Result<std::vector<protocol::Person>> Assignees(const std::string& dossier);

 private:
  OpenDesk& open_;
};

/// The dossier a person means.
base::Result<store::StoredDossier> FindDossier(OpenDesk& open, const std::string& name);

/// What judging needs to know of this desk's officer.
base::Result<change::Context> ContextOf(OpenDesk& open);

/// A write that names the change whose value `state` shows in that place.
change::Write Seeing(const change::DossierState& state, const std::string& prefix,
                     const std::string& key, const std::string& value);

}  // namespace hoso::flows
