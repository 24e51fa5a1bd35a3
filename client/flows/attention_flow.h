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

  static constexpr std::size_t kAll = static_cast<std::size_t>(-1);

  /// Open conflicts of one dossier, or of all when `dossier` is empty; no more than `limit`.
  base::Result<std::vector<ConflictView>> Conflicts(const std::string& dossier,
                                                    std::size_t limit = kAll);
  /// One of them with its base value. kNotFound "conflict.unknown".
  base::Result<ConflictView> Conflict(const std::string& conflict);
  /// Keeps one of the values (a change id) or writes a new one; exactly one is given. kNotFound
  /// "conflict.unknown"; kUsage "conflict.choice"; kRefused "conflict.unsent" while the province
  /// has not ordered the values yet, or with the rule's reason.
  base::Status Resolve(const std::string& conflict, const std::optional<std::string>& keep,
                       const std::optional<std::string>& value);

  /// Set-aside changes nobody has settled yet; no more than `limit`.
  base::Result<std::vector<SetAsideView>> SetAside(std::size_t limit = kAll);

  /// All that a person needs to settle one.
  struct Settling {
    SetAsideView aside;
    std::string says;  // ActText of the change.
    struct Place {
      std::string label, wanted, now;  // As people read values.
    };
    std::vector<Place> places;        // What it would write, and what stands there now.
    std::string no_adopt, no_settle;  // Reason keys why this officer may not; "" if he may.
  };
  /// kNotFound "setaside.unknown".
  base::Result<Settling> Look(const std::string& dossier, const std::string& change);
  /// kNotFound "setaside.unknown"; kUsage "reason.missing".
  base::Status Settle(const std::string& change, bool adopt, const std::string& reason);

  /// Lines of the log that this program could not read: kept, counted, and nothing waits for them.
  struct Unreadable {
    std::int64_t position = 0;
    std::string reason;  // "change.malformed", or "entry.malformed": a newer province wrote it.
    std::string at;      // Province time as local text; "" if that can't be read either.
  };
  base::Result<std::vector<Unreadable>> UnreadableLines();

 private:
  OpenDesk& open_;
};

/// Why there is a conflict, in one sentence.
std::string WhyText(const ConflictView& conflict);

}  // namespace hoso::flows
