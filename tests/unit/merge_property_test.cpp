#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "common/catalog/load.h"
#include "common/change/entry.h"
#include "common/change/judge.h"

// Random lives of one dossier on six desks that see only what they have pulled, with every kind of
// change. After each entry of the log the promises of a merge are checked against a ledger of
// values that knows nothing of how the merge is done.

namespace hoso::change {
namespace {

using domain::Role;

constexpr const char* kDossier = "0192a000-0000-7000-8000-00000000d055";
constexpr const char* kUnit = "06994";

std::map<std::string, Write> WritesOf(const Body& body) {
  std::map<std::string, Write> out;
  if (const auto* create = std::get_if<Create>(&body)) {
    for (const auto& [key, value] : create->fields) out["field." + key] = {"", value, {}};
    for (const std::string& key : create->components) out["component." + key] = {"", "missing", {}};
  }
  if (const auto* set = std::get_if<SetFields>(&body))
    for (const Write& write : set->fields) out["field." + write.key] = write;
  if (const auto* check = std::get_if<CheckItem>(&body))
    out["component." + check->item.key] = check->item;
  if (const auto* assign = std::get_if<Assign>(&body)) out["assignee"] = assign->to;
  return out;
}

/// Every value that took effect, by place and change, and those that a later one names as seen.
class Ledger {
 public:
  void Enter(const DossierState& before, const Change& change) {
    if (const auto* settle = std::get_if<Settle>(&change.body)) {
      for (const SetAside& aside : before.set_aside)
        if (settle->adopt && aside.id == settle->change)
          Enter(before, Decode(aside.change).value());
      return;
    }
    if (const auto* resolve = std::get_if<Resolve>(&change.body)) {
      for (const ChangeId& id : resolve->seen) See(before, resolve->field, id);
      const std::string value =
          resolve->value ? *resolve->value : values_.at({resolve->field, *resolve->keep}).value;
      Add(resolve->field, change, value);
      return;
    }
    for (const auto& [key, write] : WritesOf(change.body)) {
      if (write.seen) See(before, key, *write.seen);
      Add(key, change, write.value);
    }
  }

  /// What is wrong with a state, in words.
  std::string Wrong(const DossierState& state) const {
    for (const auto& [at, value] : values_) {
      const Register& place = state.registers.at(at.first);
      const auto is = [&](const Value& v) { return v.id == at.second; };
      const bool open = std::any_of(place.rivals.begin(), place.rivals.end(), is);
      if (seen_.contains(at)) {
        if (open) return at.first + ": a value that was seen and replaced is in a conflict";
        if (is(place.held)) return at.first + ": a value that was seen and replaced holds";
      } else if (!open && !place.HeldBy(at.second)) {
        return at.first + ": lost " + value.value + " of " + value.author;
      }
    }
    for (const auto& [key, place] : state.registers) {
      if (place.rivals.empty() != (place.began == 0)) return key + ": no beginning";
      for (const ChangeId& id : place.same)
        if (values_.at({key, id}).value != place.held.value) return key + ": not the same";
      if (!Known(key, place.held)) return key + ": holds what nobody wrote so";
      for (const Value& rival : place.rivals)
        if (!Known(key, rival)) return key + ": a rival that nobody wrote so";
    }
    return {};
  }

 private:
  using At = std::pair<std::string, ChangeId>;
  struct Entered {
    std::string value, author;
    std::int64_t at_ms = 0;
  };
  void Add(const std::string& key, const Change& change, const std::string& value) {
    values_[{key, change.id}] = {value, change.author, change.times.desk_ms};
  }
  /// Who saw one of several equal values has seen them all.
  void See(const DossierState& before, const std::string& key, const ChangeId& id) {
    seen_.insert({key, id});
    const auto it = before.registers.find(key);
    if (it == before.registers.end() || !it->second.HeldBy(id)) return;
    seen_.insert({key, it->second.held.id});
    for (const ChangeId& same : it->second.same) seen_.insert({key, same});
  }
  bool Known(const std::string& key, const Value& v) const {
    const auto it = values_.find({key, v.id});
    return it != values_.end() && it->second.value == v.value && it->second.author == v.author &&
           it->second.at_ms == v.at_ms;
  }

  std::map<At, Entered> values_;
  std::set<At> seen_;
};

struct Desk {
  Role role;
  std::string user, replica;
  std::int64_t made = 0;
  std::size_t pulled = 0;
  DossierState confirmed;
  std::vector<Change> outbox;
};

class Office {
 public:
  explicit Office(unsigned seed) : random_(seed) {
    static const auto transitions = catalog::LoadDefault().value().Transitions();
    transitions_ = &transitions;
    for (const Role role : {Role::kMc, Role::kCv, Role::kCv, Role::kTp, Role::kLd, Role::kVt}) {
      const std::string n = std::to_string(desks_.size());
      desks_.push_back(
          {role, "u" + n, std::string(8, n[0]) + "-0000-7000-8000-000000000000", 0, 0, {}, {}});
    }
  }

  /// What is wrong after a random life, in words.
  std::string Live() {
    Record(desks_[0], Create{kUnit,
                             "1.013225",
                             "1",
                             "nha-o",
                             "2026-11-23T08:30",
                             "",
                             false,
                             {{"applicant.name", "An"}},
                             {"c1", "c2"}});
    Send(desks_[0]);
    for (int i = 0; i < 400 && wrong_.empty(); ++i) {
      Desk& desk = desks_[Pick(desks_.size())];
      switch (Pick(8)) {
        case 0:
          Send(desk);
          break;
        case 1:
        case 2:
          Pull(desk, log_.size());
          break;
        default:
          Act(desk, Shown(desk));
      }
    }
    for (Desk& desk : desks_)
      while (!desk.outbox.empty() && wrong_.empty()) Send(desk);
    for (Desk& desk : desks_) {
      Pull(desk, log_.size());
      if (desk.confirmed != state_) Say("a desk differs from the province");
    }
    const auto stored = DecodeState(EncodeState(state_));
    if (!stored || *stored != state_) Say("the state is not read back the same");
    return wrong_;
  }

 private:
  std::size_t Pick(std::size_t bound) { return random_() % bound; }
  void Say(const std::string& what) {
    if (wrong_.empty()) wrong_ = what;
  }

  Verdict JudgeFor(const Desk& desk, const DossierState& state, const Change& change) const {
    Context context;
    context.role = desk.role;
    context.unit = kUnit;
    context.transitions = transitions_;
    return Judge(state.id.empty() ? nullptr : &state, change, context);
  }

  DossierState Shown(const Desk& desk) const {
    DossierState state = desk.confirmed;
    for (const Change& change : desk.outbox)
      Apply(state, change, {0, JudgeFor(desk, state, change), "", domain::ToString(desk.role), ""},
            *transitions_);
    return state;
  }

  /// As a desk records: what could not take effect here is refused at once.
  void Record(Desk& desk, Body body) {
    Change change{
        {desk.replica, desk.made + 1}, desk.user, kDossier, {++now_, 0, -1}, std::move(body), {}};
    if (JudgeFor(desk, Shown(desk), change).outcome == Outcome::kSetAside) return;
    ++desk.made;
    desk.outbox.push_back(std::move(change));
  }

  Write NewWrite(const DossierState& state, const std::string& prefix, const std::string& key) {
    static constexpr const char* kItems[] = {"have", "copy", "missing"};
    Write write{key, prefix == "component." ? kItems[Pick(3)] : std::to_string(Pick(4)), {}};
    const auto it = state.registers.find(prefix + key);
    if (it == state.registers.end()) return write;
    write.seen = it->second.held.id;
    const auto& rivals = it->second.rivals;
    if (!rivals.empty() && Pick(2) == 0) write.seen = rivals[Pick(rivals.size())].id;
    return write;
  }

  void Act(Desk& desk, const DossierState& state) {
    static constexpr const char* kFields[] = {"summary", "phone"};
    // Everybody mostly does what is their part, so that dossiers are decided, closed and reopened.
    const bool head = desk.role == Role::kTp || desk.role == Role::kLd;
    const bool moves = desk.role == Role::kVt || state.state != domain::kProcessing ||
                       (desk.role == Role::kCv && state.stage != "proposed");
    switch (Pick(2) ? Pick(9) : head && state.stage == "proposed" ? 6 : moves ? 5 : 8) {
      case 0:
        return Record(desk, SetFields{{NewWrite(state, "field.", kFields[Pick(2)])}});
      case 1:
        return Record(desk, SetFields{{NewWrite(state, "field.", "summary"),
                                       NewWrite(state, "field.", "phone")}});
      case 2:
        return Record(desk, CheckItem{NewWrite(state, "component.", Pick(2) ? "c1" : "c2")});
      case 3: {
        Write to = NewWrite(state, "", "assignee");
        to.key.clear();
        return Record(desk, Assign{to});
      }
      case 4:
        return Pick(3) ? Record(desk, AddNote{"n"}) : Record(desk, Unknown{"parcel-split"});
      case 5: {
        const auto steps = domain::AllowedSteps(*transitions_, state.state, desk.role);
        if (steps.empty()) return;
        const auto& step = steps[Pick(steps.size())];
        // Detours and ends are rare, so that lives are long.
        if (step.name != "transfer" && step.name != "propose" && step.name != "finish" &&
            step.name != "reopen" && step.from.front() == domain::kProcessing && Pick(8))
          return;
        if ((step.to == domain::kWithdrawn || step.to == domain::kReturned) && Pick(20)) return;
        return Record(desk, Step{step.name, "x", "2026-11-24T09:00"});
      }
      case 6:
        return Record(desk, Decide{static_cast<Decision>(Pick(3)), ContentDigest(state),
                                   static_cast<std::int64_t>(desk.pulled), "x"});
      case 7:
        return ActResolve(desk, state);
      default:
        if (state.Locked()) return;  // What waits is judged anew when the dossier is open again.
        for (const SetAside& aside : state.set_aside)
          if (aside.settled.empty() && Pick(2))
            return Record(desk, Settle{aside.id, Pick(3) > 0, "x"});
    }
  }

  void ActResolve(Desk& desk, const DossierState& state) {
    for (const auto& [key, place] : state.registers) {
      if (place.rivals.empty()) continue;
      Resolve resolve{key, place.began, {place.held.id}, {}, {}};
      for (const Value& rival : place.rivals)
        if (Pick(4)) resolve.seen.push_back(rival.id);
      if (Pick(3)) {
        resolve.keep = resolve.seen[Pick(resolve.seen.size())];
      } else {
        resolve.value = "new";
      }
      return Record(desk, resolve);
    }
  }

  void Send(Desk& desk) {
    const std::size_t count = std::min(desk.outbox.size(), 1 + Pick(4));
    for (std::size_t i = 0; i < count; ++i) Log(desk, desk.outbox[i]);
    desk.outbox.erase(desk.outbox.begin(), desk.outbox.begin() + static_cast<long>(count));
    // A desk that sends hears at least of what it sent, as one exchange does.
    Pull(desk, log_.size());
  }

  void Pull(Desk& desk, std::size_t through) {
    for (; desk.pulled < through; ++desk.pulled) {
      const Entry entry = DecodeEntry(log_[desk.pulled]).value();
      ApplyEntry(desk.confirmed, Decode(entry.change).value(), entry, *transitions_);
    }
  }

  void Log(const Desk& desk, const Change& change) {
    const DossierState before = state_;
    const Verdict verdict = JudgeFor(desk, before, change);
    const Entry entry{static_cast<std::int64_t>(log_.size()) + 1,
                      2000,
                      verdict,
                      "",
                      domain::ToString(desk.role),
                      kRulesVersion,
                      Encode(change)};
    log_.push_back(EncodeEntry(entry));
    ApplyEntry(state_, change, entry, *transitions_);
    if (verdict.outcome == Outcome::kSetAside) return CheckSetAside(before, change, verdict);
    ledger_.Enter(before, change);
    if (const std::string wrong = ledger_.Wrong(state_); !wrong.empty())
      Say(KindOf(change) + " " + change.id.ToText() + ": " + wrong);
    CheckTaken(before, change, verdict);
  }

  void CheckSetAside(const DossierState& before, const Change& change, const Verdict& verdict) {
    DossierState without = state_;
    if (without.set_aside.empty()) return Say("set aside and gone");
    const SetAside last = without.set_aside.back();
    without.set_aside.pop_back();
    if (without != before) Say("a change that was set aside did something");
    if (last.change != Encode(change) || last.reason != verdict.reason || last.reason.empty() ||
        last.author != change.author || last.at_ms != change.times.desk_ms)
      Say("a change that was set aside is not kept as it was");
  }

  void CheckTaken(const DossierState& before, const Change& change, const Verdict& verdict) {
    const auto rivals = [](const DossierState& state) {
      std::size_t count = 0;
      for (const auto& [key, place] : state.registers) count += place.rivals.size();
      return count;
    };
    if (verdict.outcome == Outcome::kAccepted && rivals(state_) > rivals(before))
      Say("a conflict began in silence");
    if (verdict.outcome == Outcome::kAcceptedWithConflicts && rivals(state_) == 0)
      Say("a conflict that is none, by " + KindOf(change));
    if (before.Locked() && state_.registers != before.registers)
      Say("locked content changed by " + KindOf(change));
    if (const auto* decide = std::get_if<Decide>(&change.body))
      if (decide->digest != ContentDigest(before) || before.OpenConflicts() > 0)
        Say("decided on something else");
    if (std::holds_alternative<AddNote>(change.body) &&
        state_.notes.size() != before.notes.size() + 1)
      Say("a note is lost");
    if (std::holds_alternative<Unknown>(change.body) && state_ != before)
      Say("an unknown kind did something");
  }

  std::mt19937 random_;
  const std::vector<domain::Transition>* transitions_ = nullptr;
  std::vector<Desk> desks_;
  std::vector<base::Bytes> log_;
  DossierState state_;
  Ledger ledger_;
  std::int64_t now_ = 1000;
  std::string wrong_;
};

TEST(MergeProperty, WhateverSixDesksDoNothingIsLostAndAllEndInOneState) {
  for (unsigned seed = 1; seed <= 200; ++seed) ASSERT_EQ(Office(seed).Live(), "") << seed;
}

}  // namespace
}  // namespace hoso::change
