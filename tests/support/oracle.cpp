#include "tests/support/oracle.h"

#include <algorithm>
#include <tuple>

namespace hoso::testing {
namespace {

using namespace change;

bool OneOf(const std::string& word, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* w) { return word == w; });
}

/// The writes of a change, each with its whole key.
std::vector<std::pair<std::string, Write>> WritesOf(const Body& body) {
  std::vector<std::pair<std::string, Write>> out;
  if (const auto* create = std::get_if<Create>(&body)) {
    for (const auto& [key, value] : create->fields)
      out.push_back({"field." + key, {"", value, {}}});
    for (const std::string& key : create->components)
      out.push_back({"component." + key, {"", "missing", {}}});
  } else if (const auto* set = std::get_if<SetFields>(&body)) {
    for (const Write& write : set->fields) out.push_back({"field." + write.key, write});
  } else if (const auto* check = std::get_if<CheckItem>(&body)) {
    out.push_back({"component." + check->item.key, check->item});
  } else if (const auto* assign = std::get_if<Assign>(&body)) {
    out.push_back({"assignee", assign->to});
  }
  return out;
}

template <class T>
bool Has(const std::vector<T>& all, const T& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::string PlaceText(const std::string& key, const std::vector<std::string>& values) {
  std::string out = key;
  for (const std::string& value : values) out += " | " + value;
  return out + "\n";
}

}  // namespace

const domain::Transition* Oracle::StepOf(const std::string& name) const {
  for (const domain::Transition& step : steps_)
    if (step.name == name) return &step;
  return nullptr;
}

bool Oracle::May(const Change& change, const Author& author) const {
  if (author.role.empty() || !author.active) return false;
  if (NeedsSignature(change) && !author.signed_it) return false;
  const Body& body = change.body;
  if (std::holds_alternative<Create>(body)) return author.role == "MC";
  if (std::holds_alternative<SetFields>(body) || std::holds_alternative<CheckItem>(body))
    return OneOf(author.role, {"MC", "CV", "TP"});
  if (const auto* step = std::get_if<Step>(&body)) {
    const auto* known = StepOf(step->name);
    return known != nullptr && domain::ToString(known->role) == author.role;
  }
  const auto* resolve = std::get_if<change::Resolve>(&body);
  if (std::holds_alternative<Assign>(body) || std::holds_alternative<Decide>(body) ||
      (resolve != nullptr && resolve->field == "assignee"))
    return OneOf(author.role, {"TP", "LD"});
  if (resolve != nullptr || std::holds_alternative<Settle>(body))
    return OneOf(author.role, {"MC", "CV", "TP", "LD"});
  return std::holds_alternative<Unknown>(body) || author.role != "QT";
}

bool Oracle::Locked(const Dossier& dossier) {
  if (dossier.state == 4) return OneOf(dossier.stage, {"reviewed", "signed", "refused"});
  return dossier.state == 3 || dossier.state >= 7;
}

std::string Oracle::Take(std::int64_t position, const Change& change, const Author& author,
                         const std::string& decided_on, bool issued) {
  Dossier& dossier = dossiers_[change.dossier];
  Fate fate = FateOf(dossier, change, author, decided_on);
  if (fate == Fate::kAside && issued) fate = Fate::kTaken;
  if (fate == Fate::kAside) {
    dossier.asides.push_back({change, position});
    if (const auto* decide = std::get_if<Decide>(&change.body))
      dossier.asides.back().difference = Unseen(dossier, change, *decide);
    return "set_aside";
  }
  Do(dossier, change, author.role, position);
  return fate == Fate::kConflict ? "accepted_with_conflicts" : "accepted";
}

/// Where others than the author's desk have written, or moved the dossier, since what he had seen.
std::vector<std::string> Oracle::Unseen(const Dossier& dossier, const Change& change,
                                        const Decide& decide) {
  const auto unseen = [&](const std::string& replica, std::int64_t position) {
    return replica != change.id.replica && position > decide.seen_position;
  };
  std::vector<std::string> out;
  for (const auto& [key, place] : dossier.places)
    for (const Standing& s : place.values)
      if (unseen(s.ids.front().replica, s.position) && (out.empty() || out.back() != key))
        out.push_back(key);
  if (unseen(dossier.moved.replica, dossier.moved.position)) out.push_back("stage");
  return out;
}

Oracle::Fate Oracle::FateOf(const Dossier& dossier, const Change& change, const Author& author,
                            const std::string& decided_on) const {
  if (!May(change, author)) return Fate::kAside;
  const Body& body = change.body;
  if (std::holds_alternative<Unknown>(body)) return Fate::kTaken;
  if (const auto* settle = std::get_if<Settle>(&body)) {
    for (const Aside& aside : dossier.asides) {
      if (aside.change.id != settle->change || !aside.settled.empty()) continue;
      if (settle->reason.empty()) return Fate::kAside;
      if (!settle->adopt) return Fate::kTaken;
      if (NeedsSignature(aside.change) || std::holds_alternative<Unknown>(aside.change.body))
        return Fate::kAside;
      return FateOf(dossier, aside.change, author, decided_on);
    }
    return Fate::kAside;
  }
  if (const auto* create = std::get_if<Create>(&body)) {
    const auto name = create->fields.find("applicant.name");
    const bool good = name != create->fields.end() && !name->second.empty() &&
                      create->unit == unit_ && create->received_at.starts_with("20");
    return dossier.created || !good ? Fate::kAside : Fate::kTaken;
  }
  if (!dossier.created) return Fate::kAside;
  if (const auto* step = std::get_if<Step>(&body)) return FateOfStep(dossier, *step);
  if (const auto* decide = std::get_if<Decide>(&body))
    return FateOfDecision(dossier, change, *decide, author, decided_on);
  if (std::holds_alternative<AddNote>(body)) return Fate::kTaken;
  if (const auto* check = std::get_if<CheckItem>(&body))
    if (!OneOf(check->item.value, {"have", "copy", "missing"})) return Fate::kAside;
  if (Locked(dossier)) return Fate::kAside;
  if (const auto* resolve = std::get_if<change::Resolve>(&body))
    return FateOfResolve(dossier, *resolve);
  Fate fate = Fate::kTaken;
  for (const auto& [key, write] : WritesOf(body))
    if (FateOfWrite(dossier, key, write) == Fate::kConflict) fate = Fate::kConflict;
  return fate;
}

Oracle::Fate Oracle::FateOfWrite(const Dossier& dossier, const std::string& key,
                                 const change::Write& write) const {
  const auto place = dossier.places.find(key);
  if (place == dossier.places.end()) return Fate::kTaken;
  const Standing& holds = place->second.values.front();
  const bool knew = write.seen && Has(holds.ids, *write.seen);
  return knew || holds.value == write.value ? Fate::kTaken : Fate::kConflict;
}

Oracle::Fate Oracle::FateOfStep(const Dossier& dossier, const Step& step) const {
  const auto* known = StepOf(step.name);
  if (known == nullptr || !Has(known->from, dossier.state)) return Fate::kAside;
  if (known->needs_reason && step.reason.empty()) return Fate::kAside;
  if (known->needs_approval && !OneOf(dossier.stage, {"reviewed", "signed"})) return Fate::kAside;
  if (step.name == "propose" && dossier.stage == "proposed") return Fate::kAside;
  if (step.name == "extend" && dossier.extensions > 0) return Fate::kAside;
  // What has been decided is not moved by those who prepare it.
  const std::string role = domain::ToString(known->role);
  if (Locked(dossier) && dossier.state == 4 && OneOf(role, {"CV", "MC"})) return Fate::kAside;
  return Fate::kTaken;
}

Oracle::Fate Oracle::FateOfDecision(const Dossier& dossier, const Change& change,
                                    const Decide& decide, const Author& author,
                                    const std::string& decided_on) const {
  if (decided_on != ContentOf(dossier)) return Fate::kAside;
  const bool asked =
      dossier.stage == "proposed" || (dossier.stage == "reviewed" && author.role == "LD");
  if (dossier.state != 4 || !asked) return Fate::kAside;
  for (const auto& [key, place] : dossier.places)
    if (place.values.size() > 1) return Fate::kAside;
  if (decide.decision != Decision::kApprove)
    return decide.reason.empty() ? Fate::kAside : Fate::kTaken;
  const bool own = dossier.receiver == change.author || dossier.proposers.count(change.author) > 0;
  return own ? Fate::kAside : Fate::kTaken;
}

Oracle::Fate Oracle::FateOfResolve(const Dossier& dossier, const change::Resolve& resolve) const {
  const auto at = dossier.places.find(resolve.field);
  if (at == dossier.places.end() || at->second.values.size() < 2 || resolve.began == 0 ||
      at->second.began != resolve.began)
    return Fate::kAside;
  Place place = at->second;
  const auto stands = [&](const Id& id) {
    return std::any_of(place.values.begin(), place.values.end(),
                       [&](const Standing& s) { return Has(s.ids, id); });
  };
  if (std::none_of(resolve.seen.begin(), resolve.seen.end(), stands)) return Fate::kAside;
  if (resolve.keep && !stands(*resolve.keep)) return Fate::kAside;
  Resolve(place, Change{}, resolve, 0);
  return place.values.size() > 1 ? Fate::kConflict : Fate::kTaken;
}

void Oracle::Settled(Place& place, std::int64_t position) {
  for (std::size_t i = 1; i < place.values.size();) {
    if (place.values[i].value == place.values[0].value) {
      for (const Id& id : place.values[i].ids) place.values[0].ids.push_back(id);
      place.values.erase(place.values.begin() + static_cast<long>(i));
    } else {
      ++i;
    }
  }
  if (place.values.size() == 1) place.began = 0;
  if (place.values.size() > 1 && place.began == 0) place.began = position;
}

void Oracle::Write(Dossier& dossier, const std::string& key, const Change& change,
                   const std::string& value, const std::optional<Id>& seen, std::int64_t position) {
  Place& place = dossier.places[key];
  const Standing written{value, change.author, {change.id}, change.times.desk_ms, position};
  if (place.values.empty() || (seen && Has(place.values.front().ids, *seen))) {
    if (!place.values.empty()) place.values.erase(place.values.begin());
    place.values.insert(place.values.begin(), written);
  } else {
    std::erase_if(place.values, [&](const Standing& s) {
      return &s != &place.values.front() && seen && Has(s.ids, *seen);
    });
    place.values.push_back(written);
  }
  Settled(place, position);
}

void Oracle::Resolve(Place& place, const Change& change, const change::Resolve& resolve,
                     std::int64_t position) {
  Standing chosen{
      resolve.value.value_or(""), change.author, {change.id}, change.times.desk_ms, position};
  bool saw_holder = false;
  std::vector<Standing> left;
  for (std::size_t i = 0; i < place.values.size(); ++i) {
    const Standing& s = place.values[i];
    if (resolve.keep && Has(s.ids, *resolve.keep)) chosen.value = s.value;
    const bool seen = std::any_of(s.ids.begin(), s.ids.end(),
                                  [&](const Id& id) { return Has(resolve.seen, id); });
    if (i == 0) saw_holder = seen;
    if (!seen) left.push_back(s);
  }
  place.values = std::move(left);
  place.values.insert(saw_holder ? place.values.begin() : place.values.end(), chosen);
  Settled(place, place.began);
}

void Oracle::DoStep(Dossier& dossier, const Change& change, const Step& step) const {
  if (step.name == "propose") {
    dossier.stage = "proposed";
    dossier.proposers.insert(change.author);
    return;
  }
  if (step.name == "extend") {
    ++dossier.extensions;
    return;
  }
  if (step.name == "ask-supplement") ++dossier.supplements;
  if (step.name == "reopen") dossier.proposers.clear();
  const int from = dossier.state, to = StepOf(step.name)->to;
  const auto waits = [](int state) { return state == 5 || state == 6; };
  if (waits(from)) dossier.pauses.back().to = step.at;
  if (waits(to)) dossier.pauses.push_back({to == 5 ? "supplement" : "financial", step.at, ""});
  dossier.state = to;
  if (dossier.state < 9) dossier.stage.clear();
}

void Oracle::Do(Dossier& dossier, const Change& change, const std::string& role,
                std::int64_t position) const {
  const Body& body = change.body;
  if (const auto* create = std::get_if<Create>(&body)) {
    dossier.created = true;
    dossier.received = *create;
    dossier.state = 2;
    dossier.receiver = change.author;
  }
  for (const auto& [key, write] : WritesOf(body))
    Write(dossier, key, change, write.value, write.seen, position);
  if (const auto* note = std::get_if<AddNote>(&body))
    dossier.notes.push_back({change.id, change.author, change.times.desk_ms, note->text});
  if (const auto* step = std::get_if<Step>(&body)) DoStep(dossier, change, *step);
  if (std::holds_alternative<Step>(body) || std::holds_alternative<Decide>(body))
    dossier.moved = {change.id.replica, position};
  if (const auto* decide = std::get_if<Decide>(&body)) {
    dossier.decision = {decide->decision, change.author, role, decide->reason,
                        change.times.desk_ms};
    const char* reviewed = role == "LD" ? "signed" : "reviewed";
    dossier.stage = decide->decision == Decision::kApprove  ? reviewed
                    : decide->decision == Decision::kReturn ? "returned"
                                                            : "refused";
    if (decide->decision == Decision::kReturn) dossier.proposers.clear();
  }
  if (const auto* resolve = std::get_if<change::Resolve>(&body))
    Resolve(dossier.places[resolve->field], change, *resolve, position);
  if (const auto* settle = std::get_if<Settle>(&body))
    for (Aside& aside : dossier.asides) {
      if (aside.change.id != settle->change || !aside.settled.empty()) continue;
      aside.settled = settle->adopt ? "adopted" : "dismissed";
      if (settle->adopt) Do(dossier, aside.change, role, position);
      break;
    }
}

std::string Oracle::ContentOf(const Dossier& dossier) {
  std::string out = std::to_string(dossier.state) + " " + dossier.stage + "\n";
  for (const auto& [key, place] : dossier.places) {
    std::vector<std::string> values;
    for (const Standing& s : place.values) values.push_back(s.value);
    out += PlaceText(key, values);
  }
  return out;
}

std::string Oracle::ContentOf(const DossierState& state) {
  std::string out = std::to_string(state.state) + " " + state.stage + "\n";
  for (const auto& [key, place] : state.registers) {
    std::vector<std::string> values{place.held.value};
    for (const Value& rival : place.rivals) values.push_back(rival.value);
    out += PlaceText(key, values);
  }
  return out;
}

bool Oracle::Standing::Is(const Value& other) const {
  return other == Value{ids.front(), value, author, at_ms, position};
}

bool Oracle::Aside::Is(const SetAside& aside) const {
  return aside.id == change.id && aside.kind == KindOf(change) && aside.author == change.author &&
         aside.at_ms == change.times.desk_ms && aside.position == position &&
         aside.settled == settled && aside.difference == difference && !aside.reason.empty();
}

std::string Oracle::Differs(const DossierState& state) const {
  const auto at = dossiers_.find(state.id);
  if (at == dossiers_.end()) return "a dossier that is not in the log";
  const Dossier& dossier = at->second;
  if (ContentOf(state) != ContentOf(dossier))
    return "content\n" + ContentOf(state) + "instead of\n" + ContentOf(dossier);
  for (const auto& [key, place] : state.registers) {
    const Place& mine = dossier.places.at(key);
    const std::set<Id> ids(mine.values[0].ids.begin(), mine.values[0].ids.end());
    std::set<Id> theirs = place.same;
    theirs.insert(place.held.id);
    if (ids != theirs || !mine.values[0].Is(place.held)) return key + ": held by others";
    if (place.began != mine.began) return key + ": the conflict began elsewhere";
    for (std::size_t i = 0; i < place.rivals.size(); ++i)
      if (!mine.values[i + 1].Is(place.rivals[i])) return key + ": another rival";
  }
  if (state.notes != dossier.notes) return "the notes";
  if (state.pauses != dossier.pauses) return "when its clock stood still";
  if (state.decision != dossier.decision) return "the last decision";
  if (state.set_aside.size() != dossier.asides.size()) return "number of set-aside changes";
  for (std::size_t i = 0; i < state.set_aside.size(); ++i)
    if (!dossier.asides[i].Is(state.set_aside[i])) return "a set-aside change";
  if (state.moved != dossier.moved) return "since when it is where it is";
  if (dossier.created && state.code.empty()) return "no official code";
  if (const auto& r = dossier.received)
    if (std::tie(state.unit, state.procedure, state.procedure_version, state.case_key,
                 state.received_at, state.provisional_code, state.difficult) !=
        std::tie(r->unit, r->procedure, r->procedure_version, r->case_key, r->received_at,
                 r->provisional_code, r->difficult))
      return "what was received, when and where";
  if (state.receiver != dossier.receiver || state.proposers != dossier.proposers ||
      state.extensions != dossier.extensions || state.supplements != dossier.supplements)
    return "who did what, or how often";
  return {};
}

}  // namespace hoso::testing
