#include "tests/support/change_story.h"

#include "common/catalog/load.h"

namespace hoso::testing {

using namespace change;
using domain::Role;

namespace {

const std::vector<domain::Transition>& Transitions() {
  static const auto transitions = catalog::LoadDefault().value().Transitions();
  return transitions;
}

}  // namespace

Story::Story()
    : transitions_(Transitions()), roles_{{"a", Role::kMc}, {"b", Role::kCv}, {"c", Role::kCv},
                                          {"t", Role::kTp}, {"l", Role::kLd}, {"v", Role::kVt}} {}

Change Story::Make(const std::string& who, Body body) {
  const char letter = who == "nobody" ? 'f'
                      : who[0] == 't' ? '7'
                      : who[0] == 'l' ? '8'
                      : who[0] == 'v' ? '9'
                                      : who[0];
  const std::string replica = std::string(8, letter) + "-0000-7000-8000-000000000000";
  Change change{{replica, ++sequences_[replica]},
                "user-" + who,
                kDossier,
                {1000, 0, -1},
                std::move(body),
                {}};
  if (NeedsSignature(change)) change.signature = base::Bytes(64, 's');
  return change;
}

Change Story::Create(const std::string& who) {
  return Make(who, change::Create{"06994",
                                  "1.013225",
                                  "1",
                                  "nha-o",
                                  "2026-11-23T08:30",
                                  "",
                                  false,
                                  {{"applicant.name", "Nguyễn Văn An"}},
                                  {"c1"}});
}

Write Story::SeeingHeld(const std::string& place, const std::string& key,
                        const std::string& value) const {
  const auto it = state_.registers.find(place);
  if (it == state_.registers.end()) return {key, value, std::nullopt};
  return {key, value, it->second.held.id};
}

Change Story::Set(const std::string& who, const std::string& key, const std::string& value) {
  return Make(who, SetFields{{SeeingHeld("field." + key, key, value)}});
}

Change Story::Check(const std::string& who, const std::string& item, const std::string& value) {
  return Make(who, CheckItem{SeeingHeld("component." + item, item, value)});
}

Change Story::Assign(const std::string& who, const std::string& user) {
  return Make(who, change::Assign{SeeingHeld("assignee", "", user)});
}

Change Story::Note(const std::string& who, const std::string& text) {
  return Make(who, AddNote{text});
}

Change Story::Move(const std::string& who, const std::string& step) {
  return Make(who, Step{step, "lý do", "2026-11-24T09:00"});
}

Change Story::DecideNow(const std::string& who, Decision decision) {
  return Make(who, Decide{decision, ContentDigest(state_), static_cast<std::int64_t>(log_.size()),
                          "lý do"});
}

Change Story::ResolveNow(const std::string& who, const std::string& place, const ChangeId& keep) {
  const Register& at = state_.registers.at(place);
  Resolve resolve{place, at.began, {at.held.id}, keep, {}};
  for (const Value& rival : at.rivals) resolve.seen.push_back(rival.id);
  return Make(who, resolve);
}

Change Story::SettleNow(const std::string& who, const ChangeId& aside, bool adopt) {
  return Make(who, Settle{aside, adopt, "lý do"});
}

Verdict Story::Log(const Change& change) {
  return LogOctets(Encode(change));
}

Verdict Story::LogOctets(const base::Bytes& octets) {
  const Change change = Decode(octets).value();
  const std::string who = change.author.substr(5);
  Context context;
  context.transitions = &transitions_;
  context.unit = "06994";
  if (const auto it = roles_.find(who); it != roles_.end()) context.role = it->second;
  context.active = who != retired_;
  const Verdict verdict = Judge(state_.id.empty() ? nullptr : &state_, change, context);
  const Entry entry{static_cast<std::int64_t>(log_.size()) + 1,          2000,          verdict, "",
                    context.role ? domain::ToString(*context.role) : "", kRulesVersion, octets};
  log_.push_back(entry);
  ApplyEntry(state_, change, entry, transitions_);
  return verdict;
}

void Story::Proposed() {
  Log(Create("a"));
  Log(Move("a", "transfer"));
  Log(Move("b", "propose"));
}

DossierState Story::Refold() const {
  DossierState state;
  for (const Entry& entry : log_) {
    const auto read = DecodeEntry(EncodeEntry(entry));
    const auto change = Decode(read->change);
    ApplyEntry(state, *change, *read, transitions_);
  }
  return state;
}

}  // namespace hoso::testing
