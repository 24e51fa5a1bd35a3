#include <algorithm>

#include "tests/support/sim_life.h"

// What officers do, as they would: each mostly his own part, on what his desk shows him.

namespace hoso::testing {
namespace {

using namespace change;

constexpr const char* kFields[] = {"summary", "applicant.phone", "parcel.number"};

const Register* PlaceOf(const DossierState& state, const std::string& key) {
  const auto it = state.registers.find(key);
  return it == state.registers.end() ? nullptr : &it->second;
}

bool Stands(const Register* place, const ChangeId& id) {
  return place != nullptr &&
         (place->HeldBy(id) || std::any_of(place->rivals.begin(), place->rivals.end(),
                                           [&](const Value& v) { return v.id == id; }));
}

}  // namespace

void SimLife::Act(const SimEvent& event) {
  SimDesk& desk = *desks_[event.machine];
  now_ms_ += 1;
  const std::string who = "desk " + std::to_string(event.machine) + " ";
  if (desk.disk.stopped()) return Say(who + "is off");
  const std::uint64_t before = Troubles();
  if (!desk.busy) return Say(who + ActWith(desk, desk.program, event.act));
  if (!plan_.weather.beside) return Say(who + "is busy");
  auto other = desk.Start();
  if (other) return Say(who + "beside: " + ActWith(desk, *other, event.act));
  if (!Excused(other.error(), before)) Wrong("no second program: " + other.error().reason);
}

std::string SimLife::ActWith(SimDesk& desk, SimDesk::Program& with, const std::string& wanted) {
  const std::size_t officer = Below(desk.member().officers.size());
  const bool clerk = desk.member().officers[officer].role == "MC";
  if (wanted == "receive" || dossiers_.empty() ||
      (wanted.empty() && clerk && dossiers_.size() < 4 && Chance(15)))
    return ReceiveWith(desk, with, officer);
  // Who finds nothing to do in one dossier looks at the next.
  constexpr int kLooks = 5;
  std::string told;
  for (int looks = 0; looks < kLooks && told.empty(); ++looks)
    told = ActOn(desk, with, officer, dossiers_[Below(dossiers_.size())], wanted);
  return told.empty() ? "nothing to do" : told;
}

/// What came of it; empty if there is nothing to do.
std::string SimLife::ActOn(SimDesk& desk, SimDesk::Program& with, std::size_t officer,
                           const std::string& dossier, const std::string& wanted) {
  if (plan_.weather.newer && wanted.empty() && Chance(15))
    return NewerWith(desk, with, officer, dossier);
  const std::uint64_t before = Troubles();
  const auto stored = with.desk->Load(dossier);
  if (!stored) {
    failed_ = true;
    if (!Excused(stored.error(), before)) Wrong("can't load: " + stored.error().reason);
    return "can't load";
  }
  const DossierState state = *stored ? (*stored)->shown : DossierState{};
  if (plan_.weather.careless && wanted.empty() && Chance(20))
    return CarelessWith(desk, with, officer, dossier, CarelessBody(state), Chance(30));
  if (state.state == 0 && wanted.empty() && !Chance(5)) return {};
  const std::string& role = desk.member().officers[officer].role;
  const std::string act = wanted.empty() ? NextAct(role, state) : wanted;
  bool possible = true;
  Body body = BodyOf(act, role, state, with, &possible);
  if (!possible) return {};
  // As it should be, but for whose signature it bears.
  if (plan_.weather.careless && wanted.empty() && Chance(35))
    return CarelessWith(desk, with, officer, dossier, std::move(body), true);
  const auto made = desk.Record(with, officer, dossier, std::move(body));
  if (made) CheckSeen(with, *made);
  if (desk.wrote_on_distrusted) Wrong("an act was acknowledged on a disk that failed a commit");
  failed_ = !made && made.error().kind != base::ErrorKind::kRefused;
  if (!made && !Excused(made.error(), before) && made.error().kind != base::ErrorKind::kRefused)
    Wrong("an act failed for no reason: " + made.error().reason + " " + made.error().detail);
  if (!made && made.error().reason == "store.stopped") desk.disk.Stop();
  return Told(act, made);
}

std::string SimLife::Told(const std::string& what, const base::Result<Change>& made) {
  return what + ": " + (made ? "saved " + std::to_string(made->id.sequence) : made.error().reason);
}

std::string SimLife::ReceiveWith(SimDesk& desk, SimDesk::Program& with, std::size_t officer) {
  const std::string id = base::MakeUuid7(now_ms_, machines_);
  const std::uint64_t before = Troubles();
  const auto made = desk.Record(with, officer, id,
                                Create{SimCast::kUnit,
                                       "1.013225",
                                       "",
                                       "nha-o-rieng-le",
                                       "2026-11-23T08:3" + std::to_string(Below(10)),
                                       "T-" + std::to_string(Below(1000)),
                                       Chance(20),
                                       {{"applicant.name", "Nguyễn Văn An"}},
                                       {"c1", "c2"}});
  if (made) dossiers_.push_back(id);
  failed_ = !made && made.error().kind != base::ErrorKind::kRefused;
  if (!made && !Excused(made.error(), before) && made.error().kind != base::ErrorKind::kRefused)
    Wrong("receiving failed for no reason: " + made.error().reason);
  if (!made && made.error().reason == "store.stopped") desk.disk.Stop();
  return Told("receive", made);
}

std::string SimLife::NewerWith(SimDesk& desk, SimDesk::Program& with, std::size_t officer,
                               const std::string& dossier) {
  const bool kind = Chance(50);
  const std::uint64_t before = Troubles();
  const base::Status done = desk.RecordNewer(with, officer, dossier, kind);
  if (!done && !Excused(done.error(), before))
    Wrong("a newer program failed: " + done.error().reason);
  if (!done && done.error().reason == "store.stopped") desk.disk.Stop();
  return std::string(kind ? "an unknown kind" : "unknown members") +
         (done ? ": saved" : ": failed");
}

std::string SimLife::CarelessWith(SimDesk& desk, SimDesk::Program& with, std::size_t officer,
                                  const std::string& dossier, Body body, bool forged) {
  const std::uint64_t before = Troubles();
  const auto made = desk.RecordUnasked(with, officer, dossier, std::move(body), forged);
  if (!made && !Excused(made.error(), before))
    Wrong("a careless program failed: " + made.error().reason);
  if (!made && made.error().reason == "store.stopped") desk.disk.Stop();
  return Told("careless" + (made ? " " + KindOf(*made) : ""), made);
}

/// What no program offers: it is refused where it arrives, whoever let it through.
Body SimLife::CarelessBody(const DossierState& state) {
  const auto any_of = [&](const auto& all) { return all[Below(all.size())]; };
  const std::string reason = Chance(50) ? "" : "lý do";
  const std::string place = std::string("field.") + kFields[Below(3)];
  const ChangeId nobody{"00000000-0000-7000-8000-000000000000", 7};
  switch (Below(8)) {
    case 0: {
      const auto& steps = cast_.catalogue(0).transitions;
      return change::Step{Chance(10) ? "bay" : any_of(steps).name, reason, TimeOfStep()};
    }
    case 1:
      return CheckItem{{"c1", Chance(50) ? "maybe" : "have", nobody}};
    case 2:
      return Decide{static_cast<Decision>(Below(3)), ContentDigest(state), 0, reason};
    case 3:
      return Settle{state.set_aside.empty() ? nobody : any_of(state.set_aside).id, Chance(50),
                    reason};
    case 4: {
      const Register* at = PlaceOf(state, place);
      change::Resolve resolve{place, at != nullptr ? at->began : 3, {nobody}, {}, {}};
      if (at != nullptr && Chance(70)) resolve.seen = {at->held.id};
      if (Chance(20)) ++resolve.began;
      resolve.keep = at != nullptr && Chance(30) ? at->held.id : nobody;
      return resolve;
    }
    case 5:
      return Create{Chance(30) ? SimCast::kOtherUnit : SimCast::kUnit,
                    "1.013225",
                    "",
                    "nha-o-rieng-le",
                    Chance(30) ? "hôm qua" : "2026-11-23T08:30",
                    "",
                    false,
                    {{Chance(30) ? "summary" : "applicant.name", Chance(30) ? "" : "Trần Thị Bé"}},
                    {"c1"}};
    case 6:
      return change::Assign{{"", "u-" + std::to_string(Below(8)), nobody}};
    default:
      return SetFields{
          {{kFields[Below(3)], "giá trị lạ", Chance(50) ? std::optional(nobody) : std::nullopt}}};
  }
}

std::string SimLife::NextAct(const std::string& role, const DossierState& state) {
  const auto is = [&](std::initializer_list<const char*> roles) {
    return std::any_of(roles.begin(), roles.end(), [&](const char* r) { return role == r; });
  };
  if (state.OpenConflicts() > 0 && Chance(40)) return "resolve";
  if (state.OpenSetAside() > 0 && Chance(30)) return "settle";
  if (Chance(60)) {
    if (role == "MC" && state.state == 2) return "transfer";
    if (role == "CV" && state.state == 4 && state.stage.empty()) return "propose";
    const bool decides = state.stage == "proposed" || (role == "LD" && state.stage == "reviewed");
    if (is({"TP", "LD"}) && decides) return Chance(70) ? "approve" : "decide";
    if (Chance(40)) return "step";
  }
  std::vector<const char*> acts = {"note"};
  if (is({"MC", "CV", "TP"}))
    acts.insert(acts.end(), {"write", "write", "write", "write both", "check"});
  if (is({"TP", "LD"})) acts.insert(acts.end(), {"assign", "assign"});
  // Now and then what is not his, or not now: his own program says so.
  if (Chance(8)) acts = {"write", "assign", "decide", "resolve", "settle", "propose"};
  return acts[Below(acts.size())];
}

Write SimLife::WriteOf(const DossierState& state, const std::string& prefix,
                       const std::string& key) {
  static constexpr const char* kItems[] = {"have", "copy", "missing"};
  Write write{key,
              prefix == "component." ? kItems[Below(3)] : "giá trị " + std::to_string(Below(5)),
              std::nullopt};
  const Register* place = PlaceOf(state, prefix + key);
  if (place == nullptr) return write;
  write.seen = place->held.id;
  if (!place->rivals.empty() && Chance(50))
    write.seen = place->rivals[Below(place->rivals.size())].id;
  return write;
}

Body SimLife::BodyOf(const std::string& act, const std::string& role, const DossierState& state,
                     SimDesk::Program& with, bool* possible) {
  if (act == "write")
    return SetFields{{WriteOf(state, "field.", kFields[Chance(60) ? 0 : Below(3)])}};
  if (act == "write summary") return SetFields{{WriteOf(state, "field.", "summary")}};
  if (act == "write phone") return SetFields{{WriteOf(state, "field.", "applicant.phone")}};
  if (act == "write both")
    return SetFields{
        {WriteOf(state, "field.", "summary"), WriteOf(state, "field.", "parcel.number")}};
  if (act == "check") return CheckItem{WriteOf(state, "component.", Chance(50) ? "c1" : "c2")};
  if (act == "assign") {
    Write to = WriteOf(state, "", "assignee");
    to.key.clear();
    return Assign{to};
  }
  if (act == "step") return StepOf(role, state, possible);
  if (act == "resolve") return ResolveOf(state, possible);
  if (act == "settle") return SettleOf(state, possible);
  if (act == "approve" || act == "decide") {
    const auto head = with.store->Head();
    const auto decision = act == "approve" ? Decision::kApprove : static_cast<Decision>(Below(3));
    return Decide{decision, ContentDigest(state), head ? head->position : 0, "lý do"};
  }
  if (act == "note") return AddNote{"ghi chú " + std::to_string(Below(100))};
  return change::Step{act, "lý do", TimeOfStep()};
}

std::string SimLife::TimeOfStep() {
  return "2026-11-2" + std::to_string(3 + Below(7)) + "T09:" + std::to_string(10 + Below(50));
}

Body SimLife::StepOf(const std::string& role, const DossierState& state, bool* possible) {
  const auto parsed = domain::ParseRole(role);
  const auto steps = domain::AllowedSteps(cast_.catalogue(0).transitions, state.state, *parsed);
  *possible = !steps.empty();
  if (steps.empty()) return AddNote{};
  const auto& step = steps[Below(steps.size())];
  // Ends are rare, so that lives are long.
  if (step.to > 6 && !Chance(15)) *possible = false;
  return change::Step{step.name, "lý do", TimeOfStep()};
}

Body SimLife::ResolveOf(const DossierState& state, bool* possible) {
  for (const auto& [key, place] : state.registers) {
    if (place.rivals.empty() || place.began == 0) continue;
    change::Resolve resolve{key, place.began, {place.held.id}, {}, {}};
    for (const Value& rival : place.rivals)
      if (Chance(80)) resolve.seen.push_back(rival.id);
    if (Chance(70)) {
      resolve.keep = resolve.seen[Below(resolve.seen.size())];
    } else {
      resolve.value = "giá trị mới";
    }
    return resolve;
  }
  *possible = false;
  return AddNote{};
}

Body SimLife::SettleOf(const DossierState& state, bool* possible) {
  for (const SetAside& aside : state.set_aside)
    if (aside.settled.empty() && aside.position > 0 && Chance(60))
      return Settle{aside.id, Chance(60), "lý do"};
  *possible = false;
  return AddNote{};
}

/// Own work is seen at once.
void SimLife::CheckSeen(SimDesk::Program& with, const Change& made) {
  const auto stored = with.desk->Load(made.dossier);
  if (!stored || !*stored) return;  // Reading may fail; then nothing wrong was shown.
  const DossierState& shown = (*stored)->shown;
  bool seen = true;
  if (std::holds_alternative<AddNote>(made.body))
    seen = std::any_of(shown.notes.begin(), shown.notes.end(),
                       [&](const Note& note) { return note.id == made.id; });
  if (const auto* set = std::get_if<SetFields>(&made.body))
    for (const Write& write : set->fields)
      seen &= Stands(PlaceOf(shown, "field." + write.key), made.id);
  if (!seen) Wrong("an act was acknowledged and is not shown");
}

}  // namespace hoso::testing
