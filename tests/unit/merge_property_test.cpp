#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "common/catalog/load.h"
#include "tests/support/paper_office.h"

// Random lives of one dossier on six desks that see only what they have pulled, with every kind of
// change. After each entry of the log the promises of a merge are checked against a ledger of
// values that knows nothing of how the merge is done, and against a second implementation.

namespace hoso::change {
namespace {

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
    seen_.erase({key, change.id});  // Adopted: who replaced it did so while it had no effect.
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

using testing::PaperOffice;

std::size_t RivalsIn(const DossierState& state) {
  std::size_t count = 0;
  for (const auto& [key, place] : state.registers) count += place.rivals.size();
  return count;
}

/// The dossier as it was; whatever names it first gives it its name.
DossierState Named(const PaperOffice::Entered& entered) {
  DossierState before = entered.before;
  before.id = entered.change.dossier;
  return before;
}

std::string WrongAfterSetAside(const PaperOffice::Entered& entered) {
  DossierState without = entered.after;
  if (without.set_aside.empty()) return "set aside and gone";
  const SetAside last = without.set_aside.back();
  without.set_aside.pop_back();
  if (without != Named(entered)) return "a change that was set aside did something";
  if (last.change != Encode(entered.change) || last.reason != entered.verdict.reason ||
      last.reason.empty() || last.author != entered.change.author ||
      last.at_ms != entered.change.times.desk_ms)
    return "a change that was set aside is not kept as it was";
  return {};
}

std::string WrongAfterTaken(const PaperOffice::Entered& entered) {
  const DossierState &before = entered.before, &after = entered.after;
  const Body& body = entered.change.body;
  const Outcome outcome = entered.verdict.outcome;
  if (outcome == Outcome::kAccepted && RivalsIn(after) > RivalsIn(before))
    return "a conflict began in silence";
  if (outcome == Outcome::kAcceptedWithConflicts && RivalsIn(after) == 0)
    return "a conflict that is none";
  if (before.Locked() && after.registers != before.registers) return "locked content changed";
  if (const auto* decide = std::get_if<Decide>(&body))
    if (decide->digest != ContentDigest(before) || before.OpenConflicts() > 0)
      return "decided on something else";
  if (std::holds_alternative<AddNote>(body) && after.notes.size() != before.notes.size() + 1)
    return "a note is lost";
  if (std::holds_alternative<Unknown>(body) && after != Named(entered))
    return "an unknown kind did something";
  return {};
}

TEST(MergeProperty, WhateverSixDesksDoNothingIsLostAndAllEndInOneState) {
  const auto steps = catalog::LoadDefault().value().Transitions();
  for (unsigned seed = 1; seed <= 200; ++seed) {
    Ledger ledger;
    PaperOffice office(seed, steps, [&](const PaperOffice::Entered& entered) -> std::string {
      if (entered.verdict.outcome == Outcome::kSetAside) return WrongAfterSetAside(entered);
      ledger.Enter(entered.before, entered.change);
      const std::string wrong = ledger.Wrong(entered.after);
      return wrong.empty() ? WrongAfterTaken(entered) : wrong;
    });
    ASSERT_EQ(office.Live(400), "") << seed;
  }
}

/// The second implementation of what a log means says the same of every change.
TEST(MergeProperty, WhatIsSaidOfEveryChangeIsWhatTheDesignSays) {
  const auto steps = catalog::LoadDefault().value().Transitions();
  for (unsigned seed = 1; seed <= 60; ++seed)
    ASSERT_EQ(testing::LiveOnPaper(seed, steps), "") << seed;
}

}  // namespace
}  // namespace hoso::change
