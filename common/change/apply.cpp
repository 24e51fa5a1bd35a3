#include <algorithm>

#include "common/change/judge.h"

namespace hoso::change {
namespace {

bool Contains(const std::vector<ChangeId>& ids, const ChangeId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void CloseIfAgreed(Register& place) {
  std::erase_if(place.rivals, [&](const Value& rival) {
    if (rival.value != place.held.value) return false;
    place.same.insert(rival.id);
    return true;
  });
  if (place.rivals.empty()) place.began = 0;
}

/// The heart of the merge. The first in the log holds the place; a value whose author saw the held
/// one replaces it; a value whose author saw a rival replaces that rival; any other is a new rival.
void WriteTo(DossierState& state, const std::string& key, const std::optional<ChangeId>& seen,
             const Value& value) {
  auto [it, fresh] = state.registers.try_emplace(key);
  Register& place = it->second;
  if (fresh) {
    place.held = value;
    return;
  }
  if (seen && place.HeldBy(*seen)) {
    place.held = value;
    place.same.clear();
    CloseIfAgreed(place);
    return;
  }
  if (seen) std::erase_if(place.rivals, [&](const Value& rival) { return rival.id == *seen; });
  if (value.value == place.held.value) {
    place.same.insert(value.id);
  } else {
    if (place.began == 0 && place.rivals.empty()) place.began = value.position;
    place.rivals.push_back(value);
  }
  CloseIfAgreed(place);
}

class Applier {
 public:
  Applier(DossierState& state, const Change& change, const Placed& placed,
          const std::vector<domain::Transition>& transitions)
      : state_(state), change_(change), placed_(placed), transitions_(transitions) {}

  void Do(const Body& body) { std::visit(*this, body); }

  void operator()(const Create& create) {
    state_.unit = create.unit;
    state_.procedure = create.procedure;
    state_.procedure_version = create.procedure_version;
    state_.case_key = create.case_key;
    state_.difficult = create.difficult;
    state_.received_at = create.received_at;
    state_.provisional_code = create.provisional_code;
    state_.code = placed_.code;
    state_.state = domain::kAccepted;
    state_.receiver = change_.author;
    for (const auto& [key, value] : create.fields)
      WriteTo(state_, "field." + key, std::nullopt, MakeValue(value));
    for (const std::string& key : create.components)
      WriteTo(state_, "component." + key, std::nullopt, MakeValue("missing"));
  }
  void operator()(const SetFields& set) {
    for (const Write& write : set.fields)
      WriteTo(state_, "field." + write.key, write.seen, MakeValue(write.value));
  }
  void operator()(const CheckItem& check) {
    WriteTo(state_, "component." + check.item.key, check.item.seen, MakeValue(check.item.value));
  }
  void operator()(const AddNote& note) {
    state_.notes.push_back({change_.id, change_.author, change_.times.desk_ms, note.text});
  }
  void operator()(const Assign& assign) {
    WriteTo(state_, "assignee", assign.to.seen, MakeValue(assign.to.value));
  }
  void operator()(const Step& step) {
    const auto t = std::find_if(transitions_.begin(), transitions_.end(),
                                [&](const domain::Transition& x) { return x.name == step.name; });
    if (t == transitions_.end()) return;
    if (step.name == "propose") {
      state_.stage = "proposed";
      state_.proposers.insert(change_.author);
      return;
    }
    if (step.name == "extend") {
      ++state_.extensions;
      return;
    }
    MoveClock(state_.state, t->to, step.at);
    if (step.name == "ask-supplement") ++state_.supplements;
    if (step.name == "reopen") state_.proposers.clear();
    if (t->to != domain::kDone && t->to != domain::kReturned) state_.stage.clear();
    state_.state = t->to;
  }
  void operator()(const Decide& decide) {
    state_.decision = LastDecision{decide.decision, change_.author, placed_.author_role,
                                   decide.reason, change_.times.desk_ms};
    switch (decide.decision) {
      case Decision::kApprove:
        state_.stage = placed_.author_role == "LD" ? "signed" : "reviewed";
        break;
      case Decision::kReturn:
        state_.stage = "returned";
        state_.proposers.clear();
        break;
      case Decision::kRefuse:
        state_.stage = "refused";
        break;
    }
  }
  void operator()(const Resolve& resolve) {
    const auto it = state_.registers.find(resolve.field);
    if (it == state_.registers.end()) return;
    Register& place = it->second;
    std::string chosen = resolve.value.value_or("");
    if (resolve.keep) {
      chosen = place.held.value;
      for (const Value& rival : place.rivals)
        if (rival.id == *resolve.keep) chosen = rival.value;
    }
    std::erase_if(place.rivals, [&](const Value& r) { return Contains(resolve.seen, r.id); });
    const bool saw_held = std::any_of(resolve.seen.begin(), resolve.seen.end(),
                                      [&](const ChangeId& id) { return place.HeldBy(id); });
    if (saw_held) {
      place.held = MakeValue(chosen);
      place.same.clear();
    } else {
      place.rivals.push_back(MakeValue(chosen));
    }
    CloseIfAgreed(place);
  }
  void operator()(const Settle& settle) {
    const auto it = std::find_if(state_.set_aside.begin(), state_.set_aside.end(),
                                 [&](const SetAside& s) { return s.id == settle.change; });
    if (it == state_.set_aside.end()) return;
    it->settled = settle.adopt ? "adopted" : "dismissed";
    if (!settle.adopt) return;
    const auto original = Decode(it->change);
    if (!original || std::holds_alternative<Settle>(original->body)) return;
    Do(AsSeenNow(original->body));
  }
  void operator()(const Unknown&) {}

 private:
  Value MakeValue(std::string value) const {
    return {change_.id, std::move(value), change_.author, change_.times.desk_ms, placed_.position};
  }

  /// Who adopts a set-aside change looks at the dossier as it is, so its writes replace what is
  /// held.
  Body AsSeenNow(const Body& body) const {
    Body out = body;
    const auto look = [&](Write& write, const std::string& key) {
      const auto it = state_.registers.find(key);
      write.seen = it == state_.registers.end() ? std::nullopt : std::optional(it->second.held.id);
    };
    if (auto* set = std::get_if<SetFields>(&out))
      for (Write& write : set->fields) look(write, "field." + write.key);
    if (auto* check = std::get_if<CheckItem>(&out))
      look(check->item, "component." + check->item.key);
    if (auto* assign = std::get_if<Assign>(&out)) look(assign->to, "assignee");
    return out;
  }

  void MoveClock(int from, int to, const std::string& at) {
    const auto stopped = [](int s) { return s == domain::kSupplement || s == domain::kFinancial; };
    if (stopped(from) && !state_.pauses.empty() && state_.pauses.back().to.empty())
      state_.pauses.back().to = at;
    if (stopped(to))
      state_.pauses.push_back({to == domain::kSupplement ? "supplement" : "financial", at, ""});
  }

  DossierState& state_;
  const Change& change_;
  const Placed& placed_;
  const std::vector<domain::Transition>& transitions_;
};

/// Places changed after the log position the decision's author had seen, by others than that desk.
std::vector<std::string> DifferenceSince(const DossierState& state, const Change& change,
                                         const Decide& decide) {
  std::vector<std::string> out;
  for (const auto& [key, place] : state.registers) {
    const auto later = [&](const Value& v) {
      return v.position > decide.seen_position && v.id.replica != change.id.replica;
    };
    if (later(place.held) || std::any_of(place.rivals.begin(), place.rivals.end(), later))
      out.push_back(key);
  }
  return out;
}

}  // namespace

void Apply(DossierState& state, const Change& change, const Placed& placed,
           const std::vector<domain::Transition>& transitions) {
  if (state.id.empty()) state.id = change.dossier;
  if (placed.verdict.outcome == Outcome::kSetAside) {
    SetAside aside{change.id,
                   KindOf(change),
                   change.author,
                   placed.verdict.reason,
                   change.times.desk_ms,
                   placed.position,
                   "",
                   {},
                   placed.octets.empty() ? Encode(change) : base::Bytes(placed.octets)};
    if (const auto* decide = std::get_if<Decide>(&change.body))
      aside.difference = DifferenceSince(state, change, *decide);
    state.set_aside.push_back(std::move(aside));
    return;
  }
  Applier(state, change, placed, transitions).Do(change.body);
}

}  // namespace hoso::change
