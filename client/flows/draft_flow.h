#pragma once

#include <map>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// Typed text that is not a change yet: an intake that is not finished, a field being edited.
struct Draft {
  std::string key;  // "intake:<uuid>", or "edit:", "reason:", "conflict:", "aside:" and a dossier.
  std::map<std::string, std::string> values;
  std::string at;  // Local time of the last keystroke that was kept.

  bool IsIntake() const { return key.starts_with("intake:"); }
};

/// Keeps what officers type, as they type: durable in the encrypted database when Keep returns.
class DraftFlow {
 public:
  explicit DraftFlow(OpenDesk& open) : open_(open) {}

  std::string NewIntakeKey() const;
  static std::string EditKey(const std::string& dossier) { return "edit:" + dossier; }
  static std::string ReasonKey(const std::string& dossier) { return "reason:" + dossier; }
  /// New values for conflicts, by conflict; reasons for what was set aside, by change.
  static std::string ConflictKey(const std::string& dossier) { return "conflict:" + dossier; }
  static std::string AsideKey(const std::string& dossier) { return "aside:" + dossier; }
  static std::string DossierOf(const std::string& key) { return key.substr(key.find(':') + 1); }

  /// Empty values are kept too: clearing a field is typing. An empty map removes the draft.
  base::Status Keep(const std::string& key, const std::map<std::string, std::string>& values);
  base::Status Drop(const std::string& key);
  /// One text of a draft; "" takes it out.
  base::Status KeepOne(const std::string& key, const std::string& name, const std::string& text);
  base::Result<std::string> One(const std::string& key, const std::string& name) const;
  /// This officer's drafts, newest first. One that can't be read is left out, not lost.
  base::Result<std::vector<Draft>> All() const;
  base::Result<std::map<std::string, std::string>> Of(const std::string& key) const;

 private:
  OpenDesk& open_;
};

}  // namespace hoso::flows
