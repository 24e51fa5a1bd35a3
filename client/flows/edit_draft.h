#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// What an officer is typing into one dossier: durable at every keystroke, a change once the
/// officer leaves the place. It remembers which value was in sight when typing began, so that what
/// somebody else wrote meanwhile makes a conflict and is never overwritten.
///
/// Places: "field.<key>" of a field, kNote and kReason.
class EditDraft {
 public:
  static constexpr const char* kNote = "note";
  static constexpr const char* kReason = "reason";

  static base::Result<EditDraft> Open(OpenDesk& open, const std::string& dossier);

  /// Text that is not in the dossier yet.
  std::optional<std::string> Typed(const std::string& place) const;
  std::vector<std::string> Places() const;  // Where there is such text.

  /// Durable when it returns. The first keystroke in a field takes note of the value it shows.
  base::Status Type(const std::string& place, const std::string& text);
  /// Writes a field's text into the dossier and forgets the draft; returns the warnings. Nothing
  /// happens where nothing was typed, or what is there already. On failure the draft stays.
  base::Result<std::vector<std::string>> Commit(const std::string& place);
  base::Status Drop(const std::string& place);

 private:
  EditDraft(OpenDesk& open, std::string dossier) : open_(&open), dossier_(std::move(dossier)) {}
  base::Status Keep();

  OpenDesk* open_;
  std::string dossier_;
  std::map<std::string, std::string> values_;  // Places, and "seen:<place>" for fields.
};

}  // namespace hoso::flows
