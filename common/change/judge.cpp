#include "common/change/judge.h"

#include <algorithm>
#include <array>

#include "common/change/merge.h"
#include "common/domain/calendar.h"

namespace hoso::change {
namespace {

using domain::Role;

Verdict Aside(std::string reason) {
  return {Outcome::kSetAside, std::move(reason)};
}

bool OneOf(Role role, std::initializer_list<Role> roles) {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

const domain::Transition* FindStep(const Context& context, const std::string& name) {
  for (const domain::Transition& t : *context.transitions)
    if (t.name == name) return &t;
  return nullptr;
}

bool RoleMay(Role role, const Change& change, const Context& context) {
  struct Visitor {
    Role role;
    const Context& context;
    bool operator()(const Create&) const { return role == Role::kMc; }
    bool operator()(const SetFields&) const {
      return OneOf(role, {Role::kMc, Role::kCv, Role::kTp});
    }
    bool operator()(const CheckItem&) const {
      return OneOf(role, {Role::kMc, Role::kCv, Role::kTp});
    }
    bool operator()(const AddNote&) const { return role != Role::kQt; }
    bool operator()(const Step& step) const {
      const domain::Transition* t = FindStep(context, step.name);
      return t != nullptr && t->role == role;
    }
    bool operator()(const Assign&) const { return OneOf(role, {Role::kTp, Role::kLd}); }
    bool operator()(const Decide&) const { return OneOf(role, {Role::kTp, Role::kLd}); }
    bool operator()(const Resolve& resolve) const {
      if (resolve.field == "assignee") return OneOf(role, {Role::kTp, Role::kLd});
      return OneOf(role, {Role::kMc, Role::kCv, Role::kTp, Role::kLd});
    }
    bool operator()(const Settle&) const {
      return OneOf(role, {Role::kMc, Role::kCv, Role::kTp, Role::kLd});
    }
    bool operator()(const Unknown&) const { return true; }
  };
  return std::visit(Visitor{role, context}, change.body);
}

/// Whether writing would open or lengthen a conflict, without doing it.
bool Conflicts(const DossierState& state, const std::string& key, const Write& write) {
  const auto it = state.registers.find(key);
  if (it == state.registers.end()) return false;
  const Register& place = it->second;
  const bool knew = write.seen && place.HeldBy(*write.seen);
  return !knew && place.held.value != write.value;
}

Verdict JudgeStep(const DossierState& state, const Step& step, const Context& context) {
  const domain::Transition* t = FindStep(context, step.name);
  if (t == nullptr) return Aside("step.unknown");
  if (std::find(t->from.begin(), t->from.end(), state.state) == t->from.end())
    return Aside("step.not_allowed");
  if (t->needs_reason && step.reason.empty()) return Aside("step.reason_missing");
  const bool approved = state.stage == "reviewed" || state.stage == "signed";
  if (t->needs_approval && !approved) return Aside("step.not_approved");
  if (step.name == "propose" && (state.stage == "proposed" || state.Locked()))
    return Aside("step.not_allowed");
  if (state.Locked() && OneOf(t->role, {Role::kCv, Role::kMc}) &&
      state.state == domain::kProcessing)
    return Aside("dossier.locked");
  if (step.name == "extend" && state.extensions > 0) return Aside("step.extended_before");
  return {};
}

Verdict JudgeDecide(const DossierState& state, const Change& change, const Decide& decide,
                    Role role) {
  const bool proposed =
      state.stage == "proposed" || (state.stage == "reviewed" && role == Role::kLd);
  // First: whatever else has become of the dossier, its author decided on something else.
  if (decide.digest != ContentDigest(state)) return Aside("decide.earlier_version");
  if (state.state != domain::kProcessing || !proposed) return Aside("decide.not_proposed");
  if (state.OpenConflicts() > 0) return Aside("decide.open_conflict");
  const bool own = state.receiver == change.author || state.proposers.contains(change.author);
  if (decide.decision == Decision::kApprove && own) return Aside("decide.own_dossier");
  if (decide.decision != Decision::kApprove && decide.reason.empty())
    return Aside("decide.reason_missing");
  return {};
}

Verdict JudgeResolve(const DossierState& state, const Resolve& resolve) {
  // A conflict is named by where it began in the log; one with an unsent change has no name yet.
  if (resolve.began == 0) return Aside("resolve.unsent");
  const auto it = state.registers.find(resolve.field);
  if (it == state.registers.end() || it->second.rivals.empty() || it->second.began != resolve.began)
    return Aside("resolve.closed");
  const Register& place = it->second;
  const auto open = [&](const ChangeId& id) {
    return place.HeldBy(id) || std::any_of(place.rivals.begin(), place.rivals.end(),
                                           [&](const Value& v) { return v.id == id; });
  };
  // Another resolve was first with all that this author saw.
  if (std::none_of(resolve.seen.begin(), resolve.seen.end(), open)) return Aside("resolve.closed");
  if (resolve.keep && !open(*resolve.keep)) return Aside("resolve.value_gone");
  Register after = place;
  ResolveIn(after, resolve, {{}, ChosenBy(resolve, place), {}});
  return {after.rivals.empty() ? Outcome::kAccepted : Outcome::kAcceptedWithConflicts, {}};
}

Verdict JudgeSettle(const DossierState& state, const Settle& settle, const Context& context) {
  const auto it = std::find_if(state.set_aside.begin(), state.set_aside.end(),
                               [&](const SetAside& s) { return IsMeant(settle, s); });
  if (it == state.set_aside.end()) return Aside("settle.closed");
  if (settle.reason.empty()) return Aside("settle.reason_missing");
  if (!settle.adopt) return {};
  const auto original = Decode(it->change);
  if (!original || NeedsSignature(*original) || std::holds_alternative<Unknown>(original->body))
    return Aside("settle.cannot_adopt");
  // It takes effect now: the settler needs the right to do it, and the dossier must allow it.
  const DossierState* target = state.state == 0 ? nullptr : &state;
  const Verdict verdict = Judge(target, *original, context);
  return verdict.outcome == Outcome::kSetAside ? Aside("settle.cannot_adopt") : verdict;
}

Verdict JudgeCreate(const Create& create, const Context& context) {
  if (create.unit != context.unit) return Aside("create.other_unit");
  const auto name = create.fields.find("applicant.name");
  if (name == create.fields.end() || name->second.empty()) return Aside("create.no_applicant");
  if (!domain::ParseLocalTime(create.received_at)) return Aside("create.received_at");
  return {};
}

bool IsChecklistValue(const std::string& value) {
  return value == "have" || value == "copy" || value == "missing";
}

Verdict JudgeWrites(const DossierState& state, const std::string& prefix,
                    const std::vector<Write>& writes) {
  if (state.Locked()) return Aside("dossier.locked");
  for (const Write& write : writes)
    if (Conflicts(state, prefix + write.key, write)) return {Outcome::kAcceptedWithConflicts, {}};
  return {};
}

}  // namespace

Verdict JudgeRights(const Change& change, const Context& context) {
  if (!context.role) return Aside("right.unknown_author");
  if (!context.active) return Aside("right.inactive");
  if (!RoleMay(*context.role, change, context)) return Aside("right.role");
  if (NeedsSignature(change) && !context.signature_valid) return Aside("right.signature");
  return {};
}

Verdict Judge(const DossierState* state, const Change& change, const Context& context) {
  if (const Verdict rights = JudgeRights(change, context); rights.outcome == Outcome::kSetAside)
    return rights;
  const bool here = state != nullptr && state->state != 0;
  if (const auto* create = std::get_if<Create>(&change.body)) {
    if (here) return Aside("create.duplicate");
    return JudgeCreate(*create, context);
  }
  if (const auto* settle = std::get_if<Settle>(&change.body))
    return state == nullptr ? Aside("dossier.unknown") : JudgeSettle(*state, *settle, context);
  if (std::holds_alternative<Unknown>(change.body)) return {};
  if (!here) return Aside("dossier.unknown");
  if (const auto* set = std::get_if<SetFields>(&change.body))
    return JudgeWrites(*state, "field.", set->fields);
  if (const auto* check = std::get_if<CheckItem>(&change.body)) {
    if (!IsChecklistValue(check->item.value)) return Aside("check.value");
    return JudgeWrites(*state, "component.", {check->item});
  }
  if (const auto* assign = std::get_if<Assign>(&change.body)) {
    Write write = assign->to;
    write.key = "assignee";
    return JudgeWrites(*state, "", {write});
  }
  if (const auto* step = std::get_if<Step>(&change.body)) return JudgeStep(*state, *step, context);
  if (const auto* decide = std::get_if<Decide>(&change.body))
    return JudgeDecide(*state, change, *decide, *context.role);
  if (const auto* resolve = std::get_if<Resolve>(&change.body))
    return state->Locked() ? Aside("dossier.locked") : JudgeResolve(*state, *resolve);
  return {};  // A note: always.
}

}  // namespace hoso::change
