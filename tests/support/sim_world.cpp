#include "tests/support/sim_world.h"

#include "common/crypto/sign.h"

namespace hoso::testing {
namespace {

constexpr const char* kProcedure = "1.013225";

template <class T>
T Must(base::Result<T> result) {
  if (!result)
    std::fprintf(stderr, "world: %s %s\n", result.error().reason.c_str(),
                 result.error().detail.c_str());
  return std::move(result).value();
}

void Must(base::Status status) {
  if (!status) std::fprintf(stderr, "world: %s\n", status.error().reason.c_str());
  status.value();
}

}  // namespace

SimWorld::SimWorld(std::uint64_t seed)
    : random_(seed),
      catalogue_(Must(catalog::LoadDefault())),
      key_(32, 'k'),
      receipt_seed_(crypto::MakeSeed(random_)) {
  RestartProvince();
}

SimWorld::~SimWorld() = default;

void SimWorld::RestartProvince() {
  reconciler_.reset();
  province_.reset();
  province_ = std::make_unique<store::ProvinceStore>(
      Must(store::Database::OpenProvince("sqlite:" + folder_ / "province.db")));
  reconciler_ = std::make_unique<server::Reconciler>(
      *province_, catalogue_, Must(catalog::PackDefault()), clock_, random_, receipt_seed_);
}

std::size_t SimWorld::AddDesk(const std::string& role) {
  const std::string n = std::to_string(desks_.size());
  crypto::Secret device_seed = crypto::MakeSeed(random_);
  DeskNode node{{"u-" + role + n, role, crypto::MakeSeed(random_)},
                base::MakeUuid7(clock_.NowMs(), random_),
                "certificate-" + n,
                folder_ / ("desk" + n + ".db"),
                {}};
  Must(province_->database().Atomically([&]() -> base::Status {
    HOSO_TRY(province_->SaveUser({node.member.user, "Cán bộ " + n, kUnit, role, true}));
    HOSO_TRY(province_->SaveDevice({node.replica, kUnit, node.certificate, "",
                                    crypto::PublicKey(device_seed), false, 0, "", ""}));
    return province_->SaveDeviceOfficer(
        {node.replica, node.member.user, crypto::PublicKey(node.member.seed)});
  }));
  desks_.push_back(std::move(node));
  const std::size_t desk = desks_.size() - 1;
  RestartDesk(desk);
  const DeskNode& made = desks_[desk];
  Must(engine::Desk::SetUp(desk_store(desk), made.replica, kUnit, device_seed,
                           crypto::PublicKey(receipt_seed_)));
  Must(engine::Desk::Remember(desk_store(desk),
                              {made.member.user, "Cán bộ " + n, role, kUnit, true}));
  return desk;
}

void SimWorld::RestartDesk(std::size_t desk) {
  desks_[desk].program = {};
  desks_[desk].program = AnotherProgram(desk);
}

SimWorld::Program SimWorld::AnotherProgram(std::size_t desk) {
  Program program;
  program.store = std::make_unique<store::DeskStore>(
      Must(store::Database::OpenEncrypted(desks_[desk].path, key_)));
  program.desk = std::make_unique<engine::Desk>(*program.store, catalogue_, clock_);
  return program;
}

MemoryProvince SimWorld::Line(std::size_t desk) {
  return MemoryProvince(*reconciler_, desks_[desk].certificate);
}

base::Result<change::Change> SimWorld::Act(std::size_t desk, const std::string& dossier,
                                           change::Body body) {
  clock_.Advance(1000);
  DeskNode& node = desks_[desk];
  auto made =
      node.program.desk->Record({node.member.user, &node.member.seed}, dossier, std::move(body));
  if (made) acknowledged_[made->id] = change::Encode(*made);
  return made;
}

std::string SimWorld::Receive(std::size_t desk, const std::string& applicant) {
  const std::string id = base::MakeUuid7(clock_.NowMs(), random_);
  change::Create create{kUnit,
                        kProcedure,
                        "",
                        "nha-o-rieng-le",
                        "2026-11-23T08:30",
                        "",
                        false,
                        {{"applicant.name", applicant}},
                        {"c1", "c2"}};
  if (const auto made = Act(desk, id, create); !made) return {};
  dossiers_.push_back(id);
  return id;
}

base::Result<change::Change> SimWorld::Write(std::size_t desk, const std::string& dossier,
                                             const std::string& key, const std::string& value) {
  const change::DossierState state = Shown(desk, dossier);
  const auto it = state.registers.find("field." + key);
  change::Write write{key, value, std::nullopt};
  if (it != state.registers.end()) write.seen = it->second.held.id;
  return Act(desk, dossier, change::SetFields{{write}});
}

base::Result<change::Change> SimWorld::Step(std::size_t desk, const std::string& dossier,
                                            const std::string& name) {
  return Act(desk, dossier, change::Step{name, "lý do", "2026-11-24T09:00"});
}

base::Result<change::Change> SimWorld::Decide(std::size_t desk, const std::string& dossier,
                                              change::Decision decision) {
  const auto head = Must(desk_store(desk).Head());
  return Act(desk, dossier,
             change::Decide{decision, change::ContentDigest(Shown(desk, dossier)), head.position,
                            "lý do"});
}

base::Result<engine::SyncReport> SimWorld::Sync(std::size_t desk, MemoryProvince::Faults faults) {
  MemoryProvince province = Line(desk);
  province.faults = faults;
  return desks_[desk].program.desk->Sync(province);
}

void SimWorld::SyncAll() {
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < desks_.size(); ++i) (void)Must(Sync(i));
}

change::DossierState SimWorld::Shown(std::size_t desk, const std::string& dossier) {
  const auto stored = Must(desks_[desk].program.desk->Load(dossier));
  return stored ? stored->shown : change::DossierState{};
}

std::string SimWorld::DigestOf(std::size_t desk) {
  const auto digest = Must(desks_[desk].program.desk->DigestNow());
  return std::to_string(digest.position) + " " + digest.sha256;
}

std::string SimWorld::DigestOfProvince() {
  const auto head = Must(province_->Unit(kUnit));
  return std::to_string(head ? head->position : 0) + " " +
         base::ToHex(Must(province_->Digest(kUnit)));
}

std::vector<change::Entry> SimWorld::Log() {
  std::vector<change::Entry> out;
  for (const base::Bytes& row : Must(province_->Entries(kUnit, 0, 1'000'000)))
    out.push_back(Must(change::DecodeEntry(row)));
  return out;
}

std::string SimWorld::Broken() {
  std::map<change::ChangeId, int> times;
  for (const change::Entry& entry : Log()) {
    const change::Change change = Must(change::Decode(entry.change));
    ++times[change.id];
    const auto told = acknowledged_.find(change.id);
    if (told == acknowledged_.end()) return "a change nobody made: " + change.id.ToText();
    if (told->second != entry.change) return "a change arrived altered: " + change.id.ToText();
  }
  for (const auto& [id, octets] : acknowledged_)
    if (times[id] != 1)
      return "change " + id.ToText() + " is in the log " + std::to_string(times[id]) + " times";
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    if (Must(desk_store(i).OutboxCount()) != 0) return "desk " + std::to_string(i) + " still waits";
    if (DigestOf(i) != DigestOfProvince())
      return "desk " + std::to_string(i) + " differs from the province";
  }
  return {};
}

}  // namespace hoso::testing
