#include "tests/support/sim_officer.h"

#include <algorithm>

namespace hoso::testing {
namespace {

using namespace change;

constexpr const char* kFields[] = {"summary", "applicant.phone", "parcel.number"};

const Register* PlaceOf(const DossierState& state, const std::string& key) {
  const auto it = state.registers.find(key);
  return it == state.registers.end() ? nullptr : &it->second;
}

}  // namespace

Body SimOfficer::CarelessBody(const DossierState& state) {
  const auto any_of = [&](const auto& all) { return all[Below(all.size())]; };
  const std::string reason = Chance(50) ? "" : "lý do";
  const std::string place = std::string("field.") + kFields[Below(3)];
  const ChangeId nobody{"00000000-0000-7000-8000-000000000000", 7};
  switch (Below(8)) {
    case 0:
      return Step{Chance(10) ? "bay" : any_of(steps_).name, reason, TimeOfStep()};
    case 1:
      return CheckItem{{"c1", Chance(50) ? "maybe" : "have", nobody}};
    case 2:
      return Decide{static_cast<Decision>(Below(3)), ContentDigest(state), 0, reason};
    case 3:
      return Settle{state.set_aside.empty() ? nobody : any_of(state.set_aside).id, Chance(50),
                    reason};
    case 4: {
      const Register* at = PlaceOf(state, place);
      Resolve resolve{place, at != nullptr ? at->began : 3, {nobody}, {}, {}};
      if (at != nullptr && Chance(70)) resolve.seen = {at->held.id};
      if (Chance(20)) ++resolve.began;
      resolve.keep = at != nullptr && Chance(30) ? at->held.id : nobody;
      return resolve;
    }
    case 5:
      return CarelessReceive();
    case 6:
      return Assign{{"", "u-" + std::to_string(Below(8)), nobody}};
    default:
      return SetFields{
          {{kFields[Below(3)], "giá trị lạ", Chance(50) ? std::optional(nobody) : std::nullopt}}};
  }
}

Create SimOfficer::CarelessReceive() {
  return {Chance(30) ? kOtherUnit : kUnit,
          "1.013225",
          "",
          "nha-o-rieng-le",
          Chance(30) ? "hôm qua" : "2026-11-23T08:30",
          "",
          false,
          {{Chance(30) ? "summary" : "applicant.name", Chance(30) ? "" : "Trần Thị Bé"}},
          {"c1"}};
}

std::string SimOfficer::NextAct(const std::string& role, const DossierState& state) {
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

Write SimOfficer::WriteOf(const DossierState& state, const std::string& prefix,
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

std::optional<Body> SimOfficer::BodyOf(const std::string& act, const std::string& role,
                                       const DossierState& state) {
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
  if (act == "step") return StepOf(role, state);
  if (act == "resolve") return ResolveOf(state);
  if (act == "settle") return SettleOf(state);
  if (act == "approve" || act == "decide") {
    const auto decision = act == "approve" ? Decision::kApprove : static_cast<Decision>(Below(3));
    return Decide{decision, ContentDigest(state), 0, "lý do"};
  }
  if (act == "note") return AddNote{"ghi chú " + std::to_string(Below(100))};
  return Step{act, "lý do", TimeOfStep()};
}

Create SimOfficer::Receive() {
  return {kUnit,
          "1.013225",
          "",
          "nha-o-rieng-le",
          "2026-11-23T08:3" + std::to_string(Below(10)),
          "T-" + std::to_string(Below(1000)),
          Chance(20),
          {{"applicant.name", "Nguyễn Văn An"}},
          {"c1", "c2"}};
}

std::string SimOfficer::TimeOfStep() {
  return "2026-11-2" + std::to_string(3 + Below(7)) + "T09:" + std::to_string(10 + Below(50));
}

std::optional<Body> SimOfficer::StepOf(const std::string& role, const DossierState& state) {
  const auto steps = domain::AllowedSteps(steps_, state.state, *domain::ParseRole(role));
  if (steps.empty()) return {};
  const auto& step = steps[Below(steps.size())];
  // Ends are rare, so that lives are long.
  if (step.to > domain::kFinancial && !Chance(15)) return {};
  return Step{step.name, "lý do", TimeOfStep()};
}

std::optional<Body> SimOfficer::ResolveOf(const DossierState& state) {
  for (const auto& [key, place] : state.registers) {
    if (place.rivals.empty() || place.began == 0) continue;
    Resolve resolve{key, place.began, {place.held.id}, {}, {}};
    for (const Value& rival : place.rivals)
      if (Chance(80)) resolve.seen.push_back(rival.id);
    if (Chance(70)) {
      resolve.keep = resolve.seen[Below(resolve.seen.size())];
    } else {
      resolve.value = "giá trị mới";
    }
    return resolve;
  }
  return {};
}

std::optional<Body> SimOfficer::SettleOf(const DossierState& state) {
  for (const SetAside& aside : state.set_aside)
    if (aside.settled.empty() && aside.position > 0 && Chance(60))
      return Settle{aside.id, Chance(60), "lý do"};
  return {};
}

}  // namespace hoso::testing
