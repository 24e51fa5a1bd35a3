#include <algorithm>

#include "tests/support/sim_life.h"

namespace hoso::testing {
namespace {

using namespace change;

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
  // After a loss more are received: their codes may be those of lost ones.
  const std::size_t most = fell_back_ ? 8 : 4;
  if (wanted == "receive" || dossiers_.empty() ||
      (wanted.empty() && clerk && dossiers_.size() < most && Chance(fell_back_ ? 40 : 15)))
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
    return CarelessWith(desk, with, officer, dossier, officer_.CarelessBody(state), Chance(30));
  if (state.state == 0 && wanted.empty() && !Chance(5)) return {};
  const std::string& role = desk.member().officers[officer].role;
  const std::string act = wanted.empty() ? officer_.NextAct(role, state) : wanted;
  auto drawn = officer_.BodyOf(act, role, state);
  if (!drawn) return {};
  Body body = *std::move(drawn);
  if (auto* decide = std::get_if<Decide>(&body)) {
    const auto head = with.store->Head();
    decide->seen_position = head ? head->position : 0;
  }
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
  const auto made = desk.Record(with, officer, id, officer_.Receive());
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
