#include "tests/support/sim_desk.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "common/change/cbor.h"
#include "common/change/entry.h"
#include "common/crypto/certificate.h"
#include "common/crypto/sign.h"
#include "tests/support/fault_vfs.h"
#include "tests/support/oracle.h"

namespace hoso::testing {
namespace {

using nlohmann::json;

void PutTimes(json& value, const std::set<std::string>& names, const TimesOfActs& times) {
  const bool refers = value.is_array() && value.size() == 2 && value[0].is_string() &&
                      value[1].is_number_integer() && names.contains(value[0].get<std::string>());
  if (refers) {
    const auto act = times.find({value[0].get<std::string>(), value[1].get<std::int64_t>()});
    if (act != times.end()) value = {"act", act->second};
  } else if (value.is_structured()) {
    for (json& item : value) PutTimes(item, names, times);
  }
}

}  // namespace

base::Bytes MeaningOf(const base::Bytes& octets, const std::set<std::string>& names,
                      const TimesOfActs& times) {
  json value = json::from_cbor(octets);
  PutTimes(value, names, times);
  for (const char* key : {"r", "s", "g"}) value.erase(key);
  return change::ToCbor(value);
}

SimDesk::SimDesk(const SimCast& cast, std::size_t number, const std::int64_t& world_ms)
    : clock(world_ms),
      cast_(cast),
      number_(number),
      member_(cast.member(number)),
      names_(std::make_shared<std::set<std::string>>()) {
  disk.PutBack(member_.files);
  cast.Mount(number, disk);
}

SimDesk::SimDesk(const SimCast& cast, std::size_t number, const SimDesk& original)
    : clock(original.clock),
      piece(original.piece),
      acknowledged(original.acknowledged),
      badly_signed(original.badly_signed),
      doubtful(original.doubtful),
      compare_exactly(false),
      cast_(cast),
      number_(number),
      member_(original.member_),
      names_(original.names_) {
  const std::string path = cast.DeskPath(original.number_);
  FaultDisk::Image image;
  for (auto& [name, octets] : original.disk.Copy())
    image[cast.DeskPath(number) + name.substr(path.size())] = octets;
  disk.PutBack(image);
  cast.Mount(number, disk);
}

base::Result<SimDesk::Program> SimDesk::Start() {
  HOSO_TRY_ASSIGN(auto database, cast_.OpenDesk(number_));
  Program started;
  started.store = std::make_unique<store::DeskStore>(std::move(database));
  started.desk =
      std::make_unique<engine::Desk>(*started.store, cast_.catalogue(0).catalogue, clock);
  if (piece > 0) started.desk->ReturnInPiecesOf(piece);
  return started;
}

base::Status SimDesk::Open() {
  Close();
  HOSO_TRY_ASSIGN(program, Start());
  return KnowItself();
}

base::Status SimDesk::KnowItself() {
  const FaultDisk::Spared spared(disk);
  const FaultMemory::Spared remembered;
  HOSO_TRY_ASSIGN(const auto replica, program.store->Meta("replica"));
  HOSO_TRY_ASSIGN(const auto pem, program.store->Meta("certificate"));
  replica_ = replica.value_or("");
  names_->insert(replica_);
  certificate_ = member_.certificate;
  if (!pem || pem->empty()) return {};
  HOSO_TRY_ASSIGN(const auto own, crypto::ParseCertificate(*pem));
  certificate_ = own.fingerprint_hex;
  return {};
}

engine::Actor SimDesk::ActorOf(std::size_t officer) const {
  const auto& who = member_.officers[officer % member_.officers.size()];
  return {who.user, &who.seed};
}

base::Result<change::Change> SimDesk::Record(Program& with, std::size_t officer,
                                             const std::string& dossier, change::Body body) {
  const std::int64_t at_ms = clock.NowMs();
  std::string decided_on;
  if (std::holds_alternative<change::Decide>(body)) decided_on = ContentSeen(with, dossier);
  const bool failed_before = disk.sync_failed();
  auto made = with.desk->Record(ActorOf(officer), dossier, std::move(body));
  wrote_on_distrusted |= made && with.distrusted;
  with.distrusted |= !made && !failed_before && disk.sync_failed();
  if (made) {
    acknowledged[at_ms] = {Meaning(with, *made, change::Encode(*made)), decided_on};
  } else if (made.error().kind != base::ErrorKind::kRefused) {
    doubtful.insert(at_ms);
  }
  return made;
}

std::string SimDesk::ContentSeen(Program& with, const std::string& dossier) {
  const FaultDisk::Spared spared(disk);
  const FaultMemory::Spared remembered;
  const auto stored = with.desk->Load(dossier);
  return Oracle::ContentOf(stored && *stored ? (*stored)->shown : change::DossierState{});
}

base::Status SimDesk::Append(Program& with, const change::Change& change, const base::Bytes& octets,
                             const base::Bytes& chain) {
  return with.store->AppendOutbox({change.id.sequence, change.dossier, octets,
                                   change::ChainHash(chain, octets), change.times.desk_ms,
                                   store::OutboxStatus::kHere});
}

base::Result<change::Change> SimDesk::RecordUnasked(Program& with, std::size_t officer,
                                                    const std::string& dossier, change::Body body,
                                                    bool forged) {
  const std::int64_t at_ms = clock.NowMs();
  const engine::Actor actor = ActorOf(officer);
  const std::string content = ContentSeen(with, dossier);
  change::Change change{{replica_, 0}, actor.user, dossier, {at_ms, 0, -1}, body, {}};
  base::Bytes octets;
  const base::Status done = with.store->database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto last, with.store->LastOwn());
    change.id.sequence = last.sequence + 1;
    forged &= change::NeedsSignature(change);
    if (change::NeedsSignature(change))
      change.signature = crypto::Sign(forged ? member_.device_seed : *actor.signing_seed,
                                      change::SignedPart(change));
    octets = change::Encode(change);
    return Append(with, change, octets, last.chain);
  });
  if (forged) badly_signed.insert(at_ms);
  if (!done) {
    doubtful.insert(at_ms);
    return done.error();
  }
  acknowledged[at_ms] = {Meaning(with, change, octets), content};
  HOSO_TRY(with.desk->ShowWaiting());
  return change;
}

base::Status SimDesk::RecordNewer(Program& with, std::size_t officer, const std::string& dossier,
                                  bool unknown_kind) {
  const std::int64_t at_ms = clock.NowMs();
  store::DeskStore& store = *with.store;
  base::Bytes octets;
  change::Change change;
  const base::Status done = store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto last, store.LastOwn());
    change = {{replica_, last.sequence + 1},
              ActorOf(officer).user,
              dossier,
              {at_ms, 0, -1},
              change::AddNote{"ghi chú của bản mới"},
              {}};
    if (unknown_kind) change.body = change::Unknown{"parcel-split"};
    auto value = nlohmann::json::from_cbor(change::Encode(change));
    value["x"] = {{"later", 7}};
    value["b"]["more"] = {"một", "hai"};
    octets = change::ToCbor(value);
    return Append(with, change, octets, last.chain);
  });
  if (!done) {
    doubtful.insert(at_ms);
    return done;
  }
  acknowledged[at_ms] = {Meaning(with, change, octets), ""};
  return with.desk->ShowWaiting();
}

base::Bytes SimDesk::Meaning(Program& with, const change::Change& change,
                             const base::Bytes& octets) {
  if (compare_exactly) return octets;
  const FaultDisk::Spared spared(disk);
  const FaultMemory::Spared remembered;
  TimesOfActs times;
  // The replica's own id stands once in every change; more often only where it refers to itself.
  const bool refers = std::any_of(names_->begin(), names_->end(), [&](const std::string& name) {
    return name == change.id.replica ? octets.find(name) != octets.rfind(name)
                                     : octets.find(name) != base::Bytes::npos;
  });
  if (refers) {
    const auto entries = with.store->EntriesOf(change.dossier);
    const auto waiting = with.store->OutboxOf(change.dossier);
    if (!entries || !waiting) return {};
    for (const base::Bytes& row : *entries) {
      const auto entry = change::DecodeEntry(row);
      const auto logged = change::Decode(entry->change);
      if (!logged || !names_->contains(logged->id.replica)) continue;
      // A number that means two: the change that has effect, if one has.
      if (entry->verdict.reason == change::kNumberTaken)
        times.try_emplace(logged->id, logged->times.desk_ms);
      else
        times[logged->id] = logged->times.desk_ms;
    }
    for (const store::OutboxRow& row : *waiting) times[{replica_, row.sequence}] = row.at_ms;
  }
  return MeaningOf(octets, *names_, times);
}

std::string SimDesk::Missing(const std::set<std::int64_t>& at_province) {
  std::set<std::int64_t> here;
  const FaultDisk::Spared spared(disk);
  const FaultMemory::Spared remembered;
  const auto rows = program.store->Outbox(0, 1'000'000);
  if (!rows) return "the outbox can't be read: " + rows.error().reason;
  for (const store::OutboxRow& row : *rows) here.insert(row.at_ms);
  // In its own log as well: a province that has fallen back gets it from there.
  const auto log = program.store->Entries(0, 1'000'000);
  if (!log) return "the log can't be read: " + log.error().reason;
  for (const base::Bytes& encoded : *log) {
    const auto logged = change::DecodeLogged(encoded);
    if (logged && names_->contains(logged->change.id.replica))
      here.insert(logged->change.times.desk_ms);
  }
  for (const auto& [at_ms, act] : acknowledged)
    if (!here.contains(at_ms) && !at_province.contains(at_ms))
      return "an act of desk " + std::to_string(number_) + " at " + std::to_string(at_ms) +
             " was acknowledged and is gone";
  return {};
}

void SimDesk::Copy() {
  copy_ = disk.Copy();
  known_to_copy_.clear();
  for (const auto& [at_ms, act] : acknowledged) known_to_copy_.insert(at_ms);
}

void SimDesk::PutBack(const std::set<std::int64_t>& at_province) {
  disk.Forget();  // First: closing writes, and may not stop the machine now.
  Close();
  disk.PutBack(*copy_);
  position = 0;
  std::erase_if(acknowledged, [&](const auto& act) {
    const bool lost = !known_to_copy_.contains(act.first) && !at_province.contains(act.first);
    if (lost) doubtful.insert(act.first);  // A request on its way may still bring it.
    return lost;
  });
}

}  // namespace hoso::testing
