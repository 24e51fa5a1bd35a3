#include "client/flows/dossier_view.h"

#include <algorithm>
#include <set>

#include "client/flows/act_words.h"
#include "client/flows/casework_flow.h"
#include "client/flows/change_words.h"
#include "client/flows/history.h"
#include "sync/engine/dossier_due.h"

namespace hoso::flows {
namespace {

const catalog::Case* CaseOf(const OpenDesk& open, const change::DossierState& state) {
  const catalog::Procedure* procedure = open.ProcedureOf(state);
  return procedure == nullptr ? nullptr : procedure->FindCase(state.case_key);
}

std::string NameOf(OpenDesk& open, const std::string& user) {
  const auto person = open.PersonOf(user);
  return person ? person->name : "";
}

constexpr std::string_view kFieldPrefix = "field.";

std::vector<const catalog::Field*> FormOf(const OpenDesk& open, const change::DossierState& state) {
  std::vector<const catalog::Field*> form;
  for (const catalog::Field& field : open.catalogue().CommonFields()) form.push_back(&field);
  if (const catalog::Procedure* procedure = open.ProcedureOf(state))
    for (const catalog::Field& field : procedure->fields) form.push_back(&field);
  return form;
}

/// In the order of the form; what an older form asked for comes after.
std::vector<FieldView> FieldsOf(const OpenDesk& open, const change::DossierState& state) {
  std::vector<FieldView> fields;
  for (const catalog::Field* field : FormOf(open, state)) {
    const auto place = state.registers.find(std::string(kFieldPrefix) + field->key);
    if (place != state.registers.end())
      fields.push_back({field->key, field->label, place->second.held.value});
  }
  for (const auto& [key, place] : state.registers) {
    if (!key.starts_with(kFieldPrefix)) continue;
    const std::string own = key.substr(kFieldPrefix.size());
    if (std::none_of(fields.begin(), fields.end(),
                     [&](const FieldView& field) { return field.key == own; }))
      fields.push_back({own, own, place.held.value});
  }
  return fields;
}

std::vector<FieldView> UnfilledOf(const OpenDesk& open, const change::DossierState& state) {
  std::vector<FieldView> fields;
  for (const catalog::Field* field : FormOf(open, state))
    if (!state.registers.contains(std::string(kFieldPrefix) + field->key))
      fields.push_back({field->key, field->label, ""});
  return fields;
}

/// In the order of the checklist; what an older version of it asked for comes after.
std::vector<ComponentView> ComponentsOf(const OpenDesk& open, const change::DossierState& state) {
  constexpr std::string_view kPrefix = "component.";
  std::vector<ComponentView> components;
  if (const catalog::Case* the_case = CaseOf(open, state))
    for (const catalog::Component& c : the_case->components)
      if (state.registers.contains(std::string(kPrefix) + c.key))
        components.push_back({c.key, c.name, state.Get(std::string(kPrefix) + c.key), c.optional});
  for (const auto& [key, place] : state.registers) {
    if (!key.starts_with(kPrefix)) continue;
    const std::string own = key.substr(kPrefix.size());
    if (std::none_of(components.begin(), components.end(),
                     [&](const ComponentView& c) { return c.key == own; }))
      components.push_back({own, own, place.held.value, false});
  }
  return components;
}

ChangeView ToView(OpenDesk& open, const change::Change& change) {
  ChangeView view;
  view.id = change.id.ToText();
  view.kind = change::KindOf(change);
  view.author = change.author;
  view.author_name = NameOf(open, change.author);
  view.at = LocalText(change.times.desk_ms);
  view.body = BodyParts(change.body);
  return view;
}

/// Whose work comes after the dossier went to somebody else, as the log tells it.
class Assignees {
 public:
  bool IsExhibit(const change::Change& change) const {
    return change.author != now_ && former_.contains(change.author) &&
           !std::holds_alternative<change::AddNote>(change.body);
  }
  void Take(const change::Change& change, const change::Verdict& verdict) {
    const auto* assign = std::get_if<change::Assign>(&change.body);
    if (assign == nullptr || verdict.outcome != change::Outcome::kAccepted) return;
    if (!now_.empty()) former_.insert(now_);
    now_ = assign->to.value;
  }

 private:
  std::string now_;
  std::set<std::string> former_;
};

base::Result<std::vector<ChangeView>> ChangesOf(OpenDesk& open, const change::DossierState& state) {
  std::vector<ChangeView> views;
  Assignees assignees;
  HOSO_TRY_ASSIGN(const auto history, HistoryOf(open, state.id));
  for (const Happened& act : history) {
    ChangeView view = ToView(open, act.change);
    view.standing = StandingOf(act, state);
    view.exhibit = assignees.IsExhibit(act.change);
    if (act.position > 0) assignees.Take(act.change, act.verdict);
    views.push_back(std::move(view));
  }
  return views;
}

void FillNames(OpenDesk& open, const change::DossierState& state, DossierView& view) {
  if (const catalog::Procedure* procedure = open.ProcedureOf(state))
    view.procedure_name = procedure->name;
  if (const catalog::Case* the_case = CaseOf(open, state)) view.case_name = the_case->name;
  view.state_name = open.catalogue().StateName(state.state);
  view.assignee_name = NameOf(open, view.assignee);
  view.receiver_name = NameOf(open, view.receiver);
}

}  // namespace

std::string LocalText(std::int64_t utc_ms) {
  return domain::ToText(domain::LocalFromUtcMs(utc_ms));
}

DueView ToView(const domain::Due& due, domain::LimitUnit unit) {
  const bool hours = unit == domain::LimitUnit::kWorkingHours;
  return {hours ? domain::ToText(due.due) : domain::ToText(due.due.day), due.certain,
          domain::ToText(due.earliest), domain::ToText(due.latest), due.reason};
}

DueView DueOf(OpenDesk& open, const change::DossierState& state) {
  const auto due = engine::DossierDue(open.catalogue(), state);
  const catalog::Case* the_case = CaseOf(open, state);
  if (!due || the_case == nullptr) return {};
  const bool difficult = state.difficult && the_case->difficult_limit;
  return ToView(*due, difficult ? the_case->difficult_limit->unit : the_case->limit.unit);
}

std::string LabelOf(const OpenDesk& open, const change::DossierState& state,
                    const std::string& register_key) {
  const auto dot = register_key.find('.');
  if (register_key == "assignee") return "Người xử lý";
  if (register_key == "stage") return "Bước xử lý";
  if (dot == std::string::npos) return register_key;
  const std::string key = register_key.substr(dot + 1);
  if (register_key.starts_with("component.")) {
    if (const catalog::Case* the_case = CaseOf(open, state))
      for (const catalog::Component& c : the_case->components)
        if (c.key == key) return c.name;
    return key;
  }
  for (const catalog::Field& field : open.catalogue().CommonFields())
    if (field.key == key) return field.label;
  if (const catalog::Procedure* procedure = open.ProcedureOf(state))
    for (const catalog::Field& field : procedure->fields)
      if (field.key == key) return field.label;
  return key;
}

ValueView ToView(OpenDesk& open, const change::Value& value, bool held) {
  return {value.id.ToText(),
          value.value,
          value.author,
          NameOf(open, value.author),
          LocalText(value.at_ms),
          held,
          value.author == open.officer()};
}

std::vector<ConflictView> ConflictsOf(OpenDesk& open, const change::DossierState& state) {
  std::vector<ConflictView> conflicts;
  for (const auto& [key, place] : state.registers) {
    if (place.rivals.empty()) continue;
    ConflictView view{state.id + ":" + key + ":" + std::to_string(place.began),
                      state.id,
                      key,
                      LabelOf(open, state, key),
                      {},
                      CodeText(state),
                      state.Get("field.applicant.name"),
                      {},
                      place.began == 0};
    view.values.push_back(ToView(open, place.held, true));
    for (const change::Value& rival : place.rivals)
      view.values.push_back(ToView(open, rival, false));
    conflicts.push_back(std::move(view));
  }
  return conflicts;
}

std::vector<SetAsideView> SetAsideOf(OpenDesk& open, const change::DossierState& state) {
  std::vector<SetAsideView> views;
  for (const change::SetAside& aside : state.set_aside) {
    SetAsideView view;
    view.id = aside.id.ToText();
    view.dossier = state.id;
    view.kind = aside.kind;
    view.author = aside.author;
    view.author_name = NameOf(open, aside.author);
    view.at = LocalText(aside.at_ms);
    view.reason = aside.reason;
    view.settled = aside.settled;
    for (const std::string& key : aside.difference)
      view.difference.emplace_back(key, key == "stage" ? state.stage : state.Get(key));
    view.code = CodeText(state);
    view.applicant = state.Get("field.applicant.name");
    views.push_back(std::move(view));
  }
  return views;
}

base::Result<DossierView> ShowDossier(OpenDesk& open, const std::string& name) {
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open, name));
  const change::DossierState& state = stored.shown;
  DossierView view;
  view.id = state.id;
  view.code = state.code;
  view.provisional_code = state.provisional_code;
  view.procedure = state.procedure;
  view.procedure_version = state.procedure_version;
  view.case_key = state.case_key;
  view.stage = state.stage;
  view.assignee = state.Get("assignee");
  view.receiver = state.receiver;
  view.received_at = state.received_at;
  view.state = state.state;
  view.difficult = state.difficult;
  view.locked = state.Locked();
  view.due = DueOf(open, state);
  FillNames(open, state, view);
  view.fields = FieldsOf(open, state);
  view.unfilled = UnfilledOf(open, state);
  view.components = ComponentsOf(open, state);
  for (const change::Note& note : state.notes)
    view.notes.push_back(
        {note.text, note.author, NameOf(open, note.author), LocalText(note.at_ms)});
  view.conflicts = ConflictsOf(open, state);
  view.set_aside = SetAsideOf(open, state);
  HOSO_TRY_ASSIGN(view.changes, ChangesOf(open, state));
  return view;
}

}  // namespace hoso::flows
