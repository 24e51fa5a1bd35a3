#include "tests/support/sim_life.h"

#include "common/crypto/hash.h"
#include "sync/server/epochs.h"

namespace hoso::testing {
namespace {

using base::ErrorKind;
using What = SimEvent::What;

constexpr int kMaxDepth = 3;

/// The store and the catalogue in force, which administration changes while it runs.
class SimLender : public server::Lender {
 public:
  SimLender(store::ProvinceStore& store, const SimCast& cast, const std::size_t& catalogue,
            bool& spoiled)
      : store_(store), cast_(cast), catalogue_(catalogue), spoiled_(spoiled) {}
  base::Status Lend(const Step& step) override {
    const base::Status done = step(store_, cast_.catalogue(catalogue_));
    // As the server does: after such a failure a new connection is the better bet.
    spoiled_ |= !done && done.error().reason.starts_with("store.");
    return done;
  }

 private:
  store::ProvinceStore& store_;
  const SimCast& cast_;
  const std::size_t& catalogue_;
  bool& spoiled_;
};

}  // namespace

SimLife::SimLife(const SimCast& cast, const SimPlan& plan, Tell tell)
    : cast_(cast),
      plan_(plan),
      tell_(std::move(tell)),
      random_(plan.seed),
      officer_(random_, cast.catalogue(0).transitions),
      liar_(random_),
      machines_(plan.seed + 1),
      province_clock_(now_ms_) {
  cast.vfs().Unmount();
  province_disk_.PutBack(cast.province());
  cast.MountProvince(province_disk_);
  copies_ = plan.weather.lies > 0;  // What a liar altered is taken for a copy's.
  for (const SimEvent& event : plan.events)
    copies_ |=
        event.what == What::kStandBy || event.what == What::kCopy || event.what == What::kClone;
  moves_ = !plan.weather.older;
  for (std::size_t i = 0; i < plan.weather.desks; ++i) {
    desks_.push_back(std::make_unique<SimDesk>(cast, i, now_ms_));
    desks_.back()->compare_exactly = !copies_;
    desks_.back()->piece = plan.weather.piece;
    for (const auto& officer : cast.member(i).officers)
      rights_.push_back({0, officer.user, officer.role, SimCast::kUnit, true});
    if (const auto opened = desks_.back()->Open(); !opened) Wrong("a new desk does not open");
  }
  if (const auto opened = OpenProvince(); !opened) Wrong("a new province does not open");
}

SimLife::~SimLife() {
  for (auto& desk : desks_) desk->Close();
  reconciler_.reset();
  province_.reset();
  cast_.vfs().Unmount();
}

void SimLife::Say(const std::string& text) {
  const std::string line = std::to_string(now_ms_) + " " + text;
  for (const char c : line) hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1099511628211u;
  if (tell_) tell_(line);
}

void SimLife::Wrong(const std::string& text) {
  if (!broken()) wrong_ = text;
}

std::string SimLife::Live() {
  RunEvents(INT64_MAX);
  if (!broken()) Quiesce();
  if (!broken()) CheckEnd();
  if (broken()) Say("WRONG: " + wrong_);
  return wrong_;
}

void SimLife::RunEvents(std::int64_t until_ms) {
  while (next_ < plan_.events.size() && plan_.events[next_].at_ms <= until_ms && !broken()) {
    SimEvent event = plan_.events[next_++];
    now_ms_ = std::max(now_ms_, event.at_ms);
    SeededRandom outer = random_;
    random_ = SeededRandom(event.seed);
    event.machine = OneOfItsCopies(event.machine);
    failed_ = false;
    Do(event);
    random_ = outer;
    Tend();
    if (failed_ && plan_.story && !broken()) {
      random_ = SeededRandom(event.seed);
      Do(event);
      random_ = outer;
      Tend();
    }
    if (!broken() && depth_ == 0) CheckPositions();
  }
}

/// A desk that was copied to other PCs, or one of those: all of them are at work.
std::size_t SimLife::OneOfItsCopies(std::size_t machine) {
  if (machine == kProvinceMachine || desks_.size() == plan_.weather.desks) return machine;
  std::vector<std::size_t> copies;
  for (std::size_t i = 0; i < desks_.size(); ++i)
    if (&desks_[i]->member() == &desks_[machine]->member()) copies.push_back(i);
  return copies[Below(copies.size())];
}

void SimLife::Pass(std::int64_t ms) {
  const std::int64_t until_ms = now_ms_ + ms;
  if (depth_ < kMaxDepth) RunEvents(until_ms);
  now_ms_ = std::max(now_ms_, until_ms);
}

void SimLife::Do(const SimEvent& event) {
  switch (event.what) {
    case What::kAct:
      return Act(event);
    case What::kExchange:
      return Exchange(event.machine, false);
    case What::kLate:
      return Late();
    case What::kStop:
      ++faults_;
      return Stop(event.machine);
    case What::kDisk:
    case What::kFull:
    case What::kReads:
      ++faults_;
      return Trouble(event);
    case What::kMemory:
      ++faults_;
      Say(ToText(event));
      FaultMemory::FailAt(1 + Below(Chance(50) ? 300 : 6000), Chance(50) ? 1 : 1 + Below(30));
      Chance(60) ? Act(event) : Exchange(event.machine, true);
      return FaultMemory::FailAt(0);
    case What::kCopy:
    case What::kPutBack:
      return CopyOrPutBack(event);
    case What::kClone:
      return Clone(event);
    case What::kStandBy:
    case What::kFallBack:
      return FallBack(event);
    case What::kClock:
      ++faults_;
      // Odd amounts, so that no two acts of a desk ever have one time.
      desks_[event.machine]->clock.wrong_ms =
          static_cast<std::int64_t>(Below(21)) * 31'557'600'000 - 315'576'000'000 +
          static_cast<std::int64_t>(Below(1'000'000)) * 7'919;
      return Say(ToText(event));
    case What::kRights:
      return ChangeRights(event);
    case What::kCatalogue:
      return Publish();
  }
}

void SimLife::Stop(std::size_t machine) {
  const auto loss = Chance(50) ? FaultDisk::Loss::kKill : FaultDisk::Loss::kPower;
  Say((machine == kProvinceMachine ? "province" : "desk " + std::to_string(machine)) +
      (loss == FaultDisk::Loss::kKill ? " is killed" : " loses power"));
  DiskOf(machine).Stop();
  (machine == kProvinceMachine ? province_loss_ : desks_[machine]->loss) = loss;
}

void SimLife::Trouble(const SimEvent& event) {
  FaultDisk& disk = DiskOf(event.machine);
  Say(ToText(event));
  if (event.what == What::kFull) {
    const bool full = full_.insert(event.machine).second;
    if (!full) full_.erase(event.machine);
    return disk.SetFull(full);
  }
  if (event.what == What::kReads) return disk.FailReads(1 + static_cast<int>(Below(2)));
  using Kind = FaultDisk::Trouble;
  constexpr Kind kKinds[] = {Kind::kCrash, Kind::kIoError, Kind::kShortWrite, Kind::kSyncFails};
  disk.Plan(disk.points() + 1 + Below(Chance(50) ? 40 : 400), kKinds[Below(4)]);
  const auto loss = Chance(30) ? FaultDisk::Loss::kKill : FaultDisk::Loss::kPower;
  (event.machine == kProvinceMachine ? province_loss_ : desks_[event.machine]->loss) = loss;
}

void SimLife::CopyOrPutBack(const SimEvent& event) {
  SimDesk& desk = *desks_[event.machine];
  if (desk.disk.stopped() || (event.what == What::kPutBack && (!desk.copied() || desk.busy)))
    return;
  Say(ToText(event));
  if (event.what == What::kCopy) return desk.Copy();
  if (province_disk_.stopped()) return;
  ++faults_;
  desk.PutBack(AtProvince(desk));
  const std::uint64_t before = Troubles();
  full_.erase(event.machine);
  desk.disk.SetFull(false);
  if (const auto opened = desk.Open(); !opened) {
    if (!Excused(opened.error(), before))
      Wrong("a copy put back does not open: " + opened.error().reason + " " +
            opened.error().detail);
    return desk.disk.Stop();
  }
  if (!Chance(50)) return;
  // If that fails for a reason it is as if nobody had told the desk.
  if (const auto marked = engine::Desk::MarkRestored(*desk.program.store);
      !marked && !Excused(marked.error(), before))
    Wrong("a copy can't be marked: " + marked.error().reason);
}

void SimLife::Clone(const SimEvent& event) {
  if (desks_.size() >= plan_.weather.desks + SimCast::kClones) return;
  const SimDesk& desk = *desks_[event.machine];
  if (desk.disk.stopped()) return;
  ++faults_;
  Say(ToText(event) + " as desk " + std::to_string(desks_.size()));
  desks_.push_back(std::make_unique<SimDesk>(cast_, desks_.size(), desk));
  const std::uint64_t before = Troubles();
  const auto opened = desks_.back()->Open();
  if (opened) return;
  if (!Excused(opened.error(), before))
    Wrong("a clone does not open: " + opened.error().reason + " " + opened.error().detail);
  desks_.back()->disk.Stop();
}

void SimLife::FallBack(const SimEvent& event) {
  if (province_disk_.stopped()) return;
  if (depth_ > 0) {
    if (event.what != What::kFallBack) return;
    falls_ = event;
    answers_before_fall_ = Below(4);
    return;
  }
  if (event.what == What::kStandBy) {
    province_copy_ = province_disk_.Copy();
    return Say("province backed up");
  }
  if (!province_copy_) return;
  ++faults_;
  fell_back_ = true;
  const bool told = event.act.empty() ? Chance(50) : event.act == "restore";
  if (told) {
    KeepCodes();
    requests_.clear();  // The server was stopped, and with it every line.
    constexpr std::int64_t kWhile = 60'000;
    now_ms_ += kWhile;
  }
  by_hand_ |= !told;
  province_disk_.Forget();  // First: closing writes, and may not stop the machine now.
  reconciler_.reset();
  lender_.reset();
  province_.reset();
  province_disk_.PutBack(*province_copy_);
  full_.erase(kProvinceMachine);
  province_disk_.SetFull(false);
  const std::uint64_t before = Troubles();
  Say(std::string("province falls back") + (told ? ", by restore" : ", by hand"));
  base::Status up = OpenProvince();
  if (up && told)
    up = province_->database().Atomically(
        [&] { return server::BeginEpochs(*province_, province_clock_, machines_); });
  by_hand_ |= !up;
  if (up) return;
  if (!Excused(up.error(), before))
    Wrong("a province put back does not open: " + up.error().reason);
  province_disk_.Stop();
}

/// It was to fall back while it answered: does so between two requests of a desk.
void SimLife::FallBetweenRequests() {
  if (!falls_ || depth_ > 0 || answers_before_fall_-- > 0) return;
  const SimEvent event = *std::exchange(falls_, std::nullopt);
  const SeededRandom outer = random_;
  random_ = SeededRandom(event.seed);
  FallBack(event);
  random_ = outer;
}

/// What a desk has received, and knows the code of, may be on paper with it.
void SimLife::KeepCodes() {
  auto given = given_codes_;
  for (const auto& desk : desks_) {
    if (desk->disk.stopped() || !desk->program.store) continue;
    const FaultDisk::Spared spared(desk->disk);
    const auto rows = desk->program.store->Entries(0, 1'000'000);
    if (!rows) continue;
    for (const base::Bytes& row : *rows) {
      const auto logged = change::DecodeLogged(row);
      if (!logged || logged->entry.code.empty()) continue;
      const std::string& dossier = logged->change.dossier;
      given[dossier].insert(logged->entry.code);
      if (logged->change.id.replica == desk->replica())
        codes_.try_emplace(logged->entry.code, dossier, given_codes_[dossier]);
    }
  }
  given_codes_ = std::move(given);
}

SimLife::Right SimLife::DrawRight() {
  static constexpr const char* kRoles[] = {"MC", "CV", "TP", "LD", "VT", "QT"};
  Right right = rights_[Below(rights_.size())];  // A state he is or was in.
  switch (Below(4)) {
    case 0:
      right.role = kRoles[Below(6)];
      break;
    case 1:
      right.active = !right.active;
      break;
    case 2:
      right.unit = right.unit == SimCast::kUnit ? SimCast::kOtherUnit : SimCast::kUnit;
      break;
    default:
      right.unit = SimCast::kUnit;
      right.active = true;
  }
  return right;
}

void SimLife::ChangeRights(const SimEvent& event) {
  if (province_disk_.stopped()) return;
  const std::string officer = desks_[event.machine]->ActorOf(0).user;
  Right right =
      event.act == "promote" ? Right{0, officer, "TP", SimCast::kUnit, true} : DrawRight();
  base::Status done = province_->database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto head, province_->Unit(SimCast::kUnit));
    right.after = head ? head->position : 0;
    return province_->SaveUser(
        {right.user, "Cán bộ " + right.user, right.unit, right.role, right.active});
  });
  Say("rights of " + right.user + ": " + right.role + (right.active ? "" : " disabled") + " at " +
      right.unit + (done ? "" : " not saved"));
  if (done) return rights_.push_back(right);
  // Whether it took effect is seen when the province is up again.
  province_disk_.Stop();
  province_loss_ = FaultDisk::Loss::kKill;
}

void SimLife::Publish() {
  catalogue_ = 1 - catalogue_;
  Say("catalogue " + cast_.catalogue(catalogue_).id.substr(0, 8) + " published");
}

FaultDisk& SimLife::DiskOf(std::size_t machine) {
  return machine == kProvinceMachine ? province_disk_ : desks_[machine]->disk;
}

std::uint64_t SimLife::Troubles() const {
  std::uint64_t all = province_disk_.troubles() + FaultMemory::Refused();
  for (const auto& desk : desks_) all += desk->disk.troubles();
  return all;
}

bool SimLife::Excused(const base::Error& error, std::uint64_t before) const {
  if (error.reason == "store.stopped") return true;
  return error.reason.starts_with("store.") && Troubles() > before;
}

base::Status SimLife::OpenProvince() {
  reconciler_.reset();
  lender_.reset();
  province_.reset();
  HOSO_TRY_ASSIGN(auto store, cast_.OpenProvince());
  province_ = std::make_unique<store::ProvinceStore>(std::move(store));
  lender_ = std::make_unique<SimLender>(*province_, cast_, catalogue_, spoiled_);
  reconciler_ = std::make_unique<server::Reconciler>(*lender_, province_clock_, machines_,
                                                     cast_.receipt_seed());
  // An answer takes several frames, and now and then several answers the log.
  if (const std::size_t piece = plan_.weather.piece; piece > 0)
    reconciler_->AnswerInPiecesOf({piece, 4 * piece});
  return {};
}

void SimLife::Tend() {
  for (std::size_t i = 0; i < desks_.size() && !broken(); ++i) TendDesk(i);
  if (!broken()) TendProvince();
}

bool SimLife::OpenAgain(FaultDisk& disk, FaultDisk::Loss loss,
                        const std::function<base::Status()>& open, const std::string& who) {
  if (planned_loss_) loss = *planned_loss_;
  FaultMemory::FailAt(0);  // What was short of memory is gone with the machine.
  constexpr int kTries = 4;
  for (int i = 0; i < kTries; ++i) {
    disk.Restart(loss, [&](std::uint64_t bound) { return random_.Below(bound); });
    const std::uint64_t from = disk.points();
    if (stop_again_after_ > 0) {
      disk.Plan(from + std::exchange(stop_again_after_, 0), FaultDisk::Trouble::kCrash);
    } else if (Chance(plan_.weather.second_stop) && i < kTries - 1) {
      disk.Plan(from + 1 + Below(60), FaultDisk::Trouble::kCrash);
    }
    const base::Status opened = open();
    recovery_points_ = disk.points() - from;
    if (opened) {
      disk.Forget();  // What was to stop it while it came up.
      return true;
    }
    if (!disk.stopped()) {
      Wrong(who + " does not open after a stop: " + opened.error().reason + " " +
            opened.error().detail);
      return false;
    }
  }
  Wrong(who + " does not come up");
  return false;
}

void SimLife::TendDesk(std::size_t number) {
  SimDesk& desk = *desks_[number];
  if (!desk.disk.stopped() || desk.busy) return;
  desk.Close();
  const std::string who = "desk " + std::to_string(number);
  if (!OpenAgain(
          desk.disk, desk.loss, [&] { return desk.Open(); }, who))
    return;
  desk.clock.Reboot();
  full_.erase(number);
  Say(who + " comes up");
  if (province_disk_.stopped()) return;  // What the province has can't be asked now.
  if (const std::string missing = desk.Missing(AtProvince(desk)); !missing.empty()) Wrong(missing);
}

void SimLife::TendProvince() {
  if (spoiled_ && depth_ == 0 && !province_disk_.stopped()) {
    const std::uint64_t before = Troubles();
    const auto opened = OpenProvince();
    spoiled_ = !opened;
    if (opened) return;
    if (!Excused(opened.error(), before))
      Wrong("the province can't connect: " + opened.error().reason);
    province_disk_.Stop();
  }
  if (!province_disk_.stopped() || depth_ > 0) return;
  reconciler_.reset();
  province_.reset();
  if (!OpenAgain(
          province_disk_, province_loss_, [&] { return OpenProvince(); }, "the province"))
    return;
  spoiled_ = false;
  full_.erase(kProvinceMachine);
  Say("province comes up");
  // Rights whose saving failed half way: what the province says now counts from here.
  const auto users = province_->Users();
  const auto head = province_->Unit(SimCast::kUnit);
  if (!users || !head) return Wrong("the province can't be read after a stop");
  for (const store::User& user : *users)
    rights_.push_back({*head ? (*head)->position : 0, user.id, user.role, user.unit, user.active});
  if (!fell_back_) CheckReceipts();
}

}  // namespace hoso::testing
