#include "client/flows/casework_flow.h"

#include <algorithm>
#include <array>
#include <utility>

#include "client/flows/intake_flow.h"
#include "common/text/fold.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kMaxNote = 16u << 10;

base::Result<std::string> CleanText(const std::string& text, const char* what) {
  if (!base::IsUtf8(text)) return Fail(ErrorKind::kUsage, "field.not_text", what);
  std::string normal = text::Nfc(text);
  if (normal.size() > kMaxNote) return Fail(ErrorKind::kUsage, "field.too_long", what);
  return normal;
}

base::Result<change::Decision> ParseDecision(const std::string& word) {
  if (word == "approve") return change::Decision::kApprove;
  if (word == "return") return change::Decision::kReturn;
  if (word == "refuse") return change::Decision::kRefuse;
  return Fail(ErrorKind::kUsage, "decision.unknown", word);
}

}  // namespace

base::Result<change::Context> ContextOf(OpenDesk& open) {
  HOSO_TRY_ASSIGN(const protocol::Person person, open.PersonOf(open.officer()));
  HOSO_TRY_ASSIGN(const auto unit, open.store().Meta("unit"));
  change::Context context;
  if (const auto role = domain::ParseRole(person.role)) context.role = *role;
  context.active = person.active;
  context.unit = unit.value_or("");
  context.transitions = &open.catalogue().Transitions();
  return context;
}

change::Write Seeing(const change::DossierState& state, const std::string& prefix,
                     const std::string& key, const std::string& value) {
  const auto place = state.registers.find(prefix + key);
  if (place == state.registers.end()) return {key, value, std::nullopt};
  return {key, value, place->second.held.id};
}

base::Result<store::StoredDossier> FindDossier(OpenDesk& open, const std::string& name) {
  HOSO_TRY_ASSIGN(const auto ids, open.store().FindIds(name));
  if (ids.size() > 1) return Fail(ErrorKind::kUsage, "dossier.ambiguous", name);
  if (ids.empty()) return Fail(ErrorKind::kNotFound, "dossier.unknown", name);
  HOSO_TRY_ASSIGN(auto stored, open.desk().Load(ids.front()));
  if (!stored) return Fail(ErrorKind::kNotFound, "dossier.unknown", name);
  return *std::move(stored);
}

base::Result<std::vector<std::string>> CaseworkFlow::Set(
    const std::string& dossier, const std::map<std::string, std::string>& fields) {
  if (fields.empty()) return Fail(ErrorKind::kUsage, "args.fields");
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  const change::DossierState& state = stored.shown;
  HOSO_TRY_ASSIGN(const auto clean,
                  CleanFields(open_.catalogue(), open_.ProcedureOf(state), fields));
  change::SetFields set;
  for (const auto& [key, value] : clean) set.fields.push_back(Seeing(state, "field.", key, value));
  HOSO_TRY(open_.Record(state.id, std::move(set)));
  return WarningsOf(clean);
}

base::Status CaseworkFlow::Check(const std::string& dossier,
                                 const std::map<std::string, std::string>& items) {
  constexpr std::array kStatuses = {"have", "copy", "missing"};
  if (items.empty()) return Fail(ErrorKind::kUsage, "args.components");
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  std::vector<change::Body> bodies;
  for (const auto& [key, status] : items) {
    if (!stored.shown.registers.contains("component." + key))
      return Fail(ErrorKind::kUsage, "component.unknown", key);
    if (std::find(kStatuses.begin(), kStatuses.end(), status) == kStatuses.end())
      return Fail(ErrorKind::kUsage, "check.value", status);
    bodies.push_back(change::CheckItem{Seeing(stored.shown, "component.", key, status)});
  }
  const auto recorded = open_.desk().RecordAll(open_.actor(), stored.shown.id, std::move(bodies));
  return recorded ? base::Status() : base::Status(recorded.error());
}

base::Status CaseworkFlow::AddNote(const std::string& dossier, const std::string& text) {
  HOSO_TRY_ASSIGN(std::string clean, CleanText(text, "note"));
  if (clean.empty()) return Fail(ErrorKind::kUsage, "note.empty");
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  return open_.Record(stored.shown.id, change::AddNote{std::move(clean)});
}

base::Status CaseworkFlow::Assign(const std::string& dossier, const std::string& user) {
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  HOSO_TRY_ASSIGN(const protocol::Person person, open_.PersonOf(user));
  if (person.name.empty() || !person.active) return Fail(ErrorKind::kUsage, "user.unknown", user);
  change::Write write = Seeing(stored.shown, "", "assignee", user);
  write.key.clear();
  return open_.Record(stored.shown.id, change::Assign{std::move(write)});
}

base::Status CaseworkFlow::Step(const std::string& dossier, const std::string& name,
                                const std::string& reason) {
  HOSO_TRY_ASSIGN(std::string clean, CleanText(reason, "reason"));
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  const auto& steps = open_.catalogue().Transitions();
  if (std::none_of(steps.begin(), steps.end(), [&](const auto& t) { return t.name == name; }))
    return Fail(ErrorKind::kUsage, "step.unknown", name);
  return open_.Record(stored.shown.id,
                      change::Step{name, std::move(clean), domain::ToText(open_.Now())});
}

base::Status CaseworkFlow::Decide(const std::string& dossier, const std::string& decision,
                                  const std::string& reason, const std::string& shown) {
  HOSO_TRY_ASSIGN(std::string clean, CleanText(reason, "reason"));
  HOSO_TRY_ASSIGN(const change::Decision word, ParseDecision(decision));
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  HOSO_TRY_ASSIGN(const auto head, open_.store().Head());
  std::string digest = change::ContentDigest(stored.shown);
  if (!shown.empty() && shown != digest)
    return Fail(ErrorKind::kRefused, "decide.changed_meanwhile");
  return open_.Record(stored.shown.id,
                      change::Decide{word, std::move(digest), head.position, std::move(clean)});
}

base::Result<std::vector<CaseworkFlow::NextStep>> CaseworkFlow::Next(const std::string& dossier) {
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  const change::DossierState& state = stored.shown;
  HOSO_TRY_ASSIGN(const change::Context context, ContextOf(open_));
  const auto possible = [&](change::Body body) {
    change::Change trial{{"", 1}, open_.officer(), state.id, {}, std::move(body), {}};
    return change::Judge(&state, trial, context).outcome != change::Outcome::kSetAside;
  };
  std::vector<NextStep> next;
  for (const domain::Transition& t : *context.transitions)
    if (possible(change::Step{t.name, "?", ""}))
      next.push_back({t.name, t.to, t.needs_reason, false});
  constexpr std::array<std::pair<const char*, change::Decision>, 3> kDecisions = {
      {{"approve", change::Decision::kApprove},
       {"return", change::Decision::kReturn},
       {"refuse", change::Decision::kRefuse}}};
  for (const auto& [name, decision] : kDecisions)
    if (possible(change::Decide{decision, change::ContentDigest(state), 0, "?"}))
      next.push_back({name, state.state, decision != change::Decision::kApprove, true});
  return next;
}

base::Result<std::vector<protocol::Person>> CaseworkFlow::Assignees(const std::string& dossier) {
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  HOSO_TRY_ASSIGN(const change::Context context, ContextOf(open_));
  HOSO_TRY_ASSIGN(auto people, open_.desk().People());
  std::erase_if(people, [&](const protocol::Person& person) {
    const change::Assign assign{Seeing(stored.shown, "", "assignee", person.id)};
    const change::Change trial{{"", 1}, open_.officer(), stored.shown.id, {}, assign, {}};
    return !person.active || person.unit != stored.shown.unit || person.role != "CV" ||
           change::Judge(&stored.shown, trial, context).outcome == change::Outcome::kSetAside;
  });
  return people;
}

}  // namespace hoso::flows
