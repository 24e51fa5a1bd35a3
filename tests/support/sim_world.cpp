#include "tests/support/sim_world.h"

#include <filesystem>

#include "common/base/disk.h"
#include "common/change/renumber.h"
#include "common/crypto/hash.h"
#include "common/crypto/sign.h"
#include "sync/server/authority.h"
#include "sync/server/epochs.h"
#include "sync/server/registrations.h"

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

// Read once, whatever the number of lives.
const catalog::Catalog& Catalogue() {
  static const catalog::Catalog catalogue = Must(catalog::LoadDefault());
  return catalogue;
}

const base::Bytes& PackedCatalogue() {
  static const base::Bytes packed = Must(catalog::PackDefault());
  return packed;
}

}  // namespace

SimWorld::SimWorld(std::uint64_t seed)
    : random_(seed), key_(32, 'k'), receipt_seed_(crypto::MakeSeed(random_)) {
  RestartProvince();
}

SimWorld::~SimWorld() = default;

void SimWorld::RestartProvince() {
  reconciler_.reset();
  province_.reset();
  province_ = std::make_unique<store::ProvinceStore>(
      Must(store::Database::OpenProvince("sqlite:" + folder_ / "province.db")));
  province_->SealWith(server::SealOf(receipt_seed_));
  reconciler_ = std::make_unique<server::Reconciler>(*province_, Catalogue(), PackedCatalogue(),
                                                     clock_, random_, receipt_seed_);
  reconciler_->AnswerInPiecesOf(answers_);
}

void SimWorld::TakeSmallPieces(std::size_t returned,
                               const server::Reconciler::AnswerSizes& answers) {
  return_piece_ = returned;
  answers_ = answers;
  reconciler_->AnswerInPiecesOf(answers_);
  for (DeskNode& node : desks_) node.program.desk->ReturnInPiecesOf(returned);
}

void SimWorld::BackUpProvince() {
  Must(store::BackUp(province_->database(), folder_ / "province.copy"));
}

void SimWorld::RestoreProvince(bool told) {
  reconciler_.reset();
  province_.reset();
  const std::string path = folder_ / "province.db";
  for (const char* beside : {"-wal", "-shm"}) std::filesystem::remove(path + beside);
  Must(base::CopyInto(folder_ / "province.copy", path));
  RestartProvince();
  if (told)
    Must(province_->database().Atomically(
        [&] { return server::BeginEpochs(*province_, clock_, random_); }));
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
  // Most desks hold the catalogue before their first exchange, as after a set-up from a stick.
  if (random_.Chance(95))
    Must(desk_store(desk).SetMeta("catalogue_id", base::ToHex(crypto::Sha256(PackedCatalogue()))));
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
  program.desk = std::make_unique<engine::Desk>(*program.store, Catalogue(), clock_);
  if (return_piece_) program.desk->ReturnInPiecesOf(*return_piece_);
  return program;
}

void SimWorld::BackUpDesk(std::size_t desk) {
  DeskNode& node = desks_[desk];
  Must(store::BackUp(node.program.store->database(), node.path + ".copy"));
  node.copied.clear();
  for (const auto& [act, meant] : acknowledged_)
    if (act.first == node.replica) node.copied.insert(act.second);
}

void SimWorld::RestoreDesk(std::size_t desk, bool told) {
  DeskNode& node = desks_[desk];
  node.program = {};
  for (const char* beside : {"-wal", "-shm"}) std::filesystem::remove(node.path + beside);
  Must(base::CopyInto(node.path + ".copy", node.path));
  node.program = AnotherProgram(desk);
  if (told) Must(engine::Desk::MarkRestored(*node.program.store));
  std::set<ActKey> received;
  for (const change::Entry& entry : Log()) {
    const change::Change change = Must(change::Decode(entry.change));
    received.insert({change.id.replica, change.times.desk_ms});
  }
  std::erase_if(acknowledged_, [&](const auto& told_of) {
    const ActKey& act = told_of.first;
    return act.first == node.replica && !node.copied.contains(act.second) &&
           !received.contains(act);
  });
}

std::size_t SimWorld::CloneDesk(std::size_t desk) {
  DeskNode& node = desks_[desk];
  DeskNode copy{{node.member.user, node.member.role, node.member.seed.Clone()},
                node.replica,
                node.certificate,
                folder_ / ("desk" + std::to_string(desks_.size()) + ".db"),
                {}};
  Must(store::BackUp(node.program.store->database(), copy.path));
  desks_.push_back(std::move(copy));
  RestartDesk(desks_.size() - 1);
  return desks_.size() - 1;
}

MemoryProvince SimWorld::Line(std::size_t desk) {
  MemoryProvince line(*reconciler_, desks_[desk].certificate);
  line.registers = [this, desk](std::string_view said) {
    crypto::CertificateInfo shown;
    shown.subject_cn = desks_[desk].replica;
    shown.ou = kUnit;
    shown.fingerprint_hex = desks_[desk].certificate;
    return server::Registrations(*province_, "22", receipt_seed_, clock_, random_)
        .Exchange(shown, said);
  };
  return line;
}

base::Result<change::Change> SimWorld::Act(std::size_t desk, const std::string& dossier,
                                           change::Body body) {
  clock_.Advance(1000);
  DeskNode& node = desks_[desk];
  auto made =
      node.program.desk->Record({node.member.user, &node.member.seed}, dossier, std::move(body));
  if (made) acknowledged_[{node.replica, made->times.desk_ms}] = Meant(node, *made);
  return made;
}

base::Bytes SimWorld::Meant(const DeskNode& node, const change::Change& change) {
  change::Renamed times;
  store::DeskStore& store = *node.program.store;
  const base::Bytes encoded = change::Encode(change);
  // Slow on purpose, from the files themselves: what a number means is what is being tested.
  // The replica's own id stands once in every change; more often only where it refers to itself.
  if (encoded.find(node.replica) != encoded.rfind(node.replica)) {
    for (const base::Bytes& row : Must(store.EntriesOf(change.dossier))) {
      const auto entry = Must(change::DecodeEntry(row));
      const auto logged = Must(change::Decode(entry.change));
      if (logged.id.replica == node.replica) times[logged.id.sequence] = logged.times.desk_ms;
    }
    for (const store::OutboxRow& row : Must(store.OutboxOf(change.dossier))) {
      if (row.sequence != change.id.sequence && times.contains(row.sequence))
        std::fprintf(stderr, "world: one number for two changes\n");
      times[row.sequence] = row.at_ms;
    }
  }
  return change::Renumber(encoded, 0, times);
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
  return desks_[desk].program.desk->Sync(province, {member(desk).user, &member(desk).seed});
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
  std::map<std::string, change::Renamed> numbers;  // Of each replica: number to time.
  for (const change::Entry& entry : Log()) {
    const change::Change change = Must(change::Decode(entry.change));
    if (!numbers[change.id.replica].emplace(change.id.sequence, change.times.desk_ms).second)
      return "a number used twice: " + change.id.ToText();
  }
  std::set<ActKey> arrived;
  for (const change::Entry& entry : Log()) {
    const change::Change change = Must(change::Decode(entry.change));
    const ActKey act{change.id.replica, change.times.desk_ms};
    if (entry.verdict.reason == "right.signature") return "badly signed: " + change.id.ToText();
    if (!arrived.insert(act).second) return "an act arrived twice: " + change.id.ToText();
    const auto told = acknowledged_.find(act);
    if (told == acknowledged_.end()) return "a change nobody made: " + change.id.ToText();
    if (told->second != change::Renumber(entry.change, 0, numbers[change.id.replica]))
      return "a change arrived altered: " + change.id.ToText();
  }
  for (const auto& [act, meant] : acknowledged_)
    if (!arrived.contains(act))
      return "an act of " + act.first + " at " + std::to_string(act.second) + " is lost";
  for (std::size_t i = 0; i < desks_.size(); ++i) {
    if (Must(desk_store(i).OutboxCount()) != 0) return "desk " + std::to_string(i) + " still waits";
    if (DigestOf(i) != DigestOfProvince())
      return "desk " + std::to_string(i) + " differs from the province";
  }
  return {};
}

}  // namespace hoso::testing
