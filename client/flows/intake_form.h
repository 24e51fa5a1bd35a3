#pragma once

#include <map>
#include <string>
#include <vector>

#include "client/flows/dossier_view.h"
#include "client/flows/intake_flow.h"

namespace hoso::flows {

/// What the intake screen holds while a dossier is being received, kept as a draft at every change.
/// Keys of values: those of fields, and "procedure", "case", "difficult" and "paper.<component>".
/// A draft that is opened again goes on where it stood; accepting twice makes one dossier.
class IntakeForm {
 public:
  /// `draft_key` from DraftFlow::NewIntakeKey, or of a draft that is there.
  static base::Result<IntakeForm> Open(OpenDesk& open, const std::string& draft_key);

  std::string Get(const std::string& key) const;
  /// Durable when it returns. Choosing another procedure or case forgets the papers.
  base::Status Set(const std::string& key, const std::string& value);

  /// Procedures whose name, code or area has every word, without marks too; all when empty.
  std::vector<const catalog::Procedure*> Find(const std::string& words) const;
  const catalog::Procedure* procedure() const;  // Null until one is chosen.
  const catalog::Case* the_case() const;
  std::vector<ComponentView> Papers() const;  // Of the case, with what was handed in.
  DueView Due() const;                        // If it were received now.

  std::vector<std::string> Missing() const;   // Reason keys; empty: it can be accepted.
  std::vector<std::string> Warnings() const;  // Never in the way.
  /// Those of one field, and what would keep it from being accepted: too long, not a text.
  std::vector<std::string> WarningsAt(const std::string& key) const;

  /// Makes the dossier with its papers and drops the draft. Receive's and Check's errors.
  base::Result<Received> Accept();
  base::Status Drop();

 private:
  IntakeForm(OpenDesk& open, std::string key) : open_(&open), key_(std::move(key)) {}
  std::map<std::string, std::string> Fields() const;

  OpenDesk* open_;
  std::string key_;
  std::map<std::string, std::string> values_;
};

}  // namespace hoso::flows
