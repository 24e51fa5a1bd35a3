#include <algorithm>

#include "common/change/judge.h"
#include "common/change/merge.h"

namespace hoso::change {
namespace {

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
    for (const auto& [key, value] : create.fields) Write("field." + key, std::nullopt, value);
    for (const std::string& key : create.components)
      Write("component." + key, std::nullopt, "missing");
  }
  void operator()(const SetFields& set) {
    for (const auto& write : set.fields) Write("field." + write.key, write.seen, write.value);
  }
  void operator()(const CheckItem& check) {
    Write("component." + check.item.key, check.item.seen, check.item.value);
  }
  void operator()(const AddNote& note) {
    state_.notes.push_back({change_.id, change_.author, change_.times.desk_ms, note.text});
  }
  void operator()(const Assign& assign) { Write("assignee", assign.to.seen, assign.to.value); }
  void operator()(const Step& step) {
    const auto t = std::find_if(transitions_.begin(), transitions_.end(),
                                [&](const domain::Transition& x) { return x.name == step.name; });
    if (t == transitions_.end()) return;
    state_.moved = {change_.id.replica, placed_.position};
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
    state_.moved = {change_.id.replica, placed_.position};
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
    ResolveIn(place, resolve, MakeValue(ChosenBy(resolve, place)));
  }
  void operator()(const Settle& settle) {
    const auto it = std::find_if(state_.set_aside.begin(), state_.set_aside.end(),
                                 [&](const SetAside& s) { return IsMeant(settle, s); });
    if (it == state_.set_aside.end()) return;
    it->settled = settle.adopt ? "adopted" : "dismissed";
    if (!settle.adopt) return;
    const auto original = Decode(it->change);
    if (!original || std::holds_alternative<Settle>(original->body)) return;
    // Here and with what its author had seen: what was written since is not overwritten unseen.
    Applier(state_, *original, placed_, transitions_).Do(original->body);
  }
  void operator()(const Unknown&) {}

 private:
  void Write(const std::string& key, const std::optional<ChangeId>& seen,
             const std::string& value) {
    const auto [it, fresh] = state_.registers.try_emplace(key, Register{MakeValue(value), {}, {}});
    if (!fresh) WriteTo(it->second, seen, MakeValue(value));
  }

  Value MakeValue(std::string value) const {
    return {change_.id, std::move(value), change_.author, change_.times.desk_ms, placed_.position};
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
  if (state.moved.position > decide.seen_position && state.moved.replica != change.id.replica)
    out.push_back("stage");
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
