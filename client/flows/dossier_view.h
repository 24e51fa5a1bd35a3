#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/flows/change_standing.h"
#include "client/flows/open_desk.h"

namespace hoso::flows {

/// One value of a conflict, or any value with its author.
struct ValueView {
  std::string id, value, author, author_name, at;
  bool held = false;
  bool mine = false;  // By the officer who looks at it.
};
struct ConflictView {
  std::string id;  // "<dossier>:<register>:<position where it began>"
  std::string dossier, field, label;
  std::vector<ValueView> values;  // The held one first.
  std::string code, applicant;    // Of the dossier; the code may be the provisional one.
  std::optional<ValueView> base;  // AttentionFlow::Conflict alone: what all authors had seen.
  bool unsent = false;            // The province has not ordered the values yet.
};
struct SetAsideView {
  std::string id, dossier, kind, author, author_name, at, reason;
  std::string settled;                                          // "", adopted or dismissed.
  std::vector<std::pair<std::string, std::string>> difference;  // Register and what it holds now.
  std::string code, applicant;                                  // As in ConflictView.
};
struct ComponentView {
  std::string key, name, status;
  bool optional = false;
};
struct FieldView {
  std::string key, label, value;
};
struct NoteView {
  std::string text, author, author_name, at;
};
struct ChangeView {
  std::string id, kind, author, author_name, at;
  std::vector<std::pair<std::string, std::string>> body;  // What it says, part by part.
  Standing standing;
  bool exhibit = false;  // By one from whom the dossier had been taken: it counts, marked.
};
struct DueView {
  std::string due;  // "2026-12-03", or with the time where the limit is in hours; "" if none.
  bool certain = true;
  std::string earliest, latest, reason;
};

/// Everything a person sees of one dossier. Times are local, "2026-11-23T08:30".
struct DossierView {
  std::string id, code, provisional_code, procedure, procedure_name, procedure_version;
  std::string case_key, case_name, state_name, stage, assignee, assignee_name, received_at;
  std::string receiver, receiver_name;
  int state = 0;
  bool difficult = false, locked = false;
  DueView due;
  std::vector<FieldView> fields;    // Where something was written.
  std::vector<FieldView> unfilled;  // The procedure's others.
  std::vector<ComponentView> components;
  std::vector<NoteView> notes;
  std::vector<ConflictView> conflicts;
  std::vector<SetAsideView> set_aside;
  std::vector<ChangeView> changes;  // The log first, then what is unsent.
};

/// FindDossier's errors.
base::Result<DossierView> ShowDossier(OpenDesk& open, const std::string& name);

DueView DueOf(OpenDesk& open, const change::DossierState& state);
DueView ToView(const domain::Due& due, domain::LimitUnit unit);
std::string LocalText(std::int64_t utc_ms);
/// The label of "field.<key>", "component.<key>", "assignee" or "stage".
std::string LabelOf(const OpenDesk& open, const change::DossierState& state,
                    const std::string& register_key);

ValueView ToView(OpenDesk& open, const change::Value& value, bool held);
std::vector<ConflictView> ConflictsOf(OpenDesk& open, const change::DossierState& state);
std::vector<SetAsideView> SetAsideOf(OpenDesk& open, const change::DossierState& state);

}  // namespace hoso::flows
