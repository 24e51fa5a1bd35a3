#pragma once

#include <optional>
#include <string>
#include <vector>

#include "client/flows/dossier_view.h"

namespace hoso::flows {

/// Conflicts and set-aside changes: what waits for a person to decide.
class AttentionFlow {
 public:
  explicit AttentionFlow(OpenDesk& open) : open_(open) {}

  /// Open conflicts of one dossier, or of all when `dossier` is empty.
  base::Result<std::vector<ConflictView>> Conflicts(const std::string& dossier);
  /// Keeps one of the values (a change id) or writes a new one; exactly one is given. kNotFound
  /// "conflict.unknown"; kUsage "conflict.choice"; kRefused "conflict.unsent" while the province
  /// has not ordered the values yet, or with the rule's reason.
  base::Status Resolve(const std::string& conflict, const std::optional<std::string>& keep,
                       const std::optional<std::string>& value);

  /// Set-aside changes nobody has settled yet.
  base::Result<std::vector<SetAsideView>> SetAside();
  /// kNotFound "setaside.unknown"; kUsage "reason.missing".
  base::Status Settle(const std::string& change, bool adopt, const std::string& reason);

 private:
  OpenDesk& open_;
};

}  // namespace hoso::flows
