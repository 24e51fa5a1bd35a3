#include "tests/support/paper_office.h"

#include <algorithm>

#include "tests/support/oracle.h"

namespace hoso::testing {
namespace {

using namespace change;
using domain::Role;

constexpr const char* kDossier = "0192a000-0000-7000-8000-00000000d055";
constexpr Role kRoles[] = {Role::kMc, Role::kCv, Role::kTp, Role::kLd, Role::kVt, Role::kQt};

}  // namespace

PaperOffice::PaperOffice(std::uint64_t seed, const std::vector<domain::Transition>& steps,
                         Watch watch)
    : random_(seed), officer_(random_, steps), steps_(steps), watch_(std::move(watch)) {
  for (const Role role : {Role::kMc, Role::kCv, Role::kCv, Role::kTp, Role::kLd, Role::kVt}) {
    const std::string n = std::to_string(desks_.size());
    desks_.push_back(
        {role, "u-" + n, std::string(8, n[0]) + "-0000-7000-8000-000000000000", 0, 0, {}, {}});
  }
}

std::string PaperOffice::Live(int events) {
  // In some lives everybody hears of everything at once, in others hardly ever.
  const int fresh = static_cast<int>(random_.Below(100));
  for (int i = 0; i < events && wrong_.empty(); ++i) {
    Desk& desk = desks_[random_.Below(desks_.size())];
    if (random_.Chance(fresh)) Pull(desk, log_.size());
    Act(desk);
    if (random_.Chance(fresh)) Send(desk);
    if (random_.Chance(state_.stage == "proposed" ? 5 : 1)) Promote(desk);
  }
  for (Desk& desk : desks_)
    while (!desk.outbox.empty() && wrong_.empty()) Send(desk);
  for (Desk& desk : desks_) {
    Pull(desk, log_.size());
    if (desk.confirmed != state_) Wrong("a desk has something else than the province");
  }
  const auto stored = DecodeState(EncodeState(state_));
  if (!stored || *stored != state_) Wrong("the state is not read back the same");
  return wrong_;
}

void PaperOffice::Wrong(const std::string& text) {
  if (wrong_.empty()) wrong_ = text;
}

Context PaperOffice::ContextOf(Role role) const {
  return {role, true, SimOfficer::kUnit, true, &steps_};
}

/// Who has proposed a dossier may come to decide about it.
void PaperOffice::Promote(Desk& desk) {
  const bool proposed = state_.proposers.contains(desk.user);
  desk.role = proposed ? Role::kTp : kRoles[random_.Below(6)];
}

/// Meanwhile administration may have done something, and signatures may be bad.
Context PaperOffice::ContextAtProvince(const Desk& desk) {
  Context context = ContextOf(desk.role);
  if (random_.Chance(4)) context.role = kRoles[random_.Below(6)];
  if (random_.Chance(2)) context.role.reset();
  context.active = !random_.Chance(3);
  context.signature_valid = !random_.Chance(5);
  return context;
}

DossierState PaperOffice::Shown(const Desk& desk) const {
  DossierState state = desk.confirmed;
  const Context context = ContextOf(desk.role);
  for (const auto& [change, decided_on] : desk.outbox) {
    const Verdict verdict = Judge(state.id.empty() ? nullptr : &state, change, context);
    Apply(state, change, {0, verdict, "", domain::ToString(desk.role), ""}, steps_);
  }
  return state;
}

void PaperOffice::Act(Desk& desk) {
  const DossierState state = Shown(desk);
  const std::string role = domain::ToString(desk.role);
  std::optional<Body> body;
  if (state.state == 0 && random_.Chance(desk.role == Role::kMc ? 70 : 2)) {
    body = random_.Chance(85) ? officer_.Receive() : officer_.CarelessReceive();
  } else if (random_.Chance(2)) {
    body = Unknown{"parcel-split"};
  } else if (random_.Chance(6)) {
    body = officer_.CarelessBody(state);
  } else {
    body = officer_.BodyOf(officer_.NextAct(role, state), role, state);
  }
  if (!body) return;
  std::string decided_on;
  if (auto* decide = std::get_if<Decide>(&*body)) {
    decide->seen_position = static_cast<std::int64_t>(desk.pulled);
    decided_on = Oracle::ContentOf(state);
  }
  Change change{
      {desk.replica, desk.made + 1}, desk.user, kDossier, {++now_ms_, 0, -1}, *std::move(body), {}};
  // Some programs ask whether it could take effect before they record it; some let all go.
  const DossierState* known = state.id.empty() ? nullptr : &state;
  if (random_.Chance(50) &&
      Judge(known, change, ContextOf(desk.role)).outcome == Outcome::kSetAside)
    return;
  ++desk.made;
  desk.outbox.push_back({std::move(change), std::move(decided_on)});
}

void PaperOffice::Send(Desk& desk) {
  const std::size_t count = std::min(desk.outbox.size(), std::size_t{1} + random_.Below(4));
  for (std::size_t i = 0; i < count; ++i) Enter(desk, desk.outbox[i]);
  desk.outbox.erase(desk.outbox.begin(), desk.outbox.begin() + static_cast<long>(count));
  // A desk that sends hears at least of what it sent, as one exchange does.
  Pull(desk, log_.size());
}

void PaperOffice::Pull(Desk& desk, std::size_t through) {
  for (; desk.pulled < through; ++desk.pulled) {
    const Logged& next = log_[desk.pulled];
    ApplyEntry(desk.confirmed, next.change, next.entry, steps_);
  }
}

void PaperOffice::Enter(const Desk& desk, const Desk::Waiting& sent) {
  const DossierState before = state_;
  const Context author = ContextAtProvince(desk);
  const auto position = static_cast<std::int64_t>(log_.size()) + 1;
  const Verdict verdict = Judge(before.id.empty() ? nullptr : &before, sent.change, author);
  const Entry entry{position,
                    now_ms_,
                    verdict,
                    "H06." + std::to_string(position),
                    author.role ? domain::ToString(*author.role) : "",
                    kRulesVersion,
                    Encode(sent.change)};
  log_.push_back(DecodeLogged(EncodeEntry(entry)).value());  // As every desk will read it.
  ApplyEntry(state_, sent.change, entry, steps_);
  if (wrong_.empty())
    wrong_ = watch_({position, sent.change, author, sent.decided_on, verdict, before, state_});
}

std::string LiveOnPaper(std::uint64_t seed, const std::vector<domain::Transition>& steps,
                        const std::function<void(const std::string&)>& tell) {
  constexpr int kEvents = 200;
  Oracle oracle(SimOfficer::kUnit, steps);
  PaperOffice office(seed, steps, [&](const PaperOffice::Entered& entered) -> std::string {
    const Context& author = entered.author;
    const std::string expected = oracle.Take(
        entered.position, entered.change,
        {author.role ? domain::ToString(*author.role) : "", author.active, author.signature_valid},
        entered.decided_on);
    const std::string said = change::ToText(entered.verdict.outcome) + " " + entered.verdict.reason;
    const std::string what = "on paper, at " + std::to_string(entered.position) + ", " +
                             KindOf(entered.change) + " by " + entered.change.author + ": ";
    if (tell) tell(what + said);
    if (!said.starts_with(expected + " ")) return what + said + ", the oracle " + expected;
    if (entered.verdict.reason.empty() == (expected == "set_aside")) return what + "a reason?";
    const std::string differs = oracle.Differs(entered.after);
    return differs.empty() ? differs : what + "the oracle has otherwise: " + differs;
  });
  return office.Live(kEvents);
}

}  // namespace hoso::testing
