#include "client/flows/enrol_flow.h"

#include "client/flows/device_info.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "client/flows/settings.h"
#include "client/flows/tell.h"
#include "client/flows/way.h"
#include "common/base/disk.h"
#include "common/catalog/load.h"
#include "common/crypto/certificate.h"
#include "common/crypto/hash.h"
#include "common/crypto/random.h"
#include "common/crypto/seal.h"
#include "common/crypto/sign.h"
#include "common/store/desk_store.h"
#include "common/text/fold.h"
#include "sync/engine/desk.h"
#include "sync/engine/enrolment.h"
#include "sync/engine/registration.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;
using crypto::Secret;

constexpr std::size_t kMaxKeyFile = 1u << 20;
constexpr std::size_t kMaxShareFile = 4096;
constexpr std::string_view kShareName = "hosoxa desk share 1";

/// Neither the device nor the province alone opens the desk by this way.
Secret ShareKey(const Secret& device, const base::Bytes& share) {
  Secret both(base::Bytes(kShareName) + base::Bytes(device.view()) + share);
  return Secret(crypto::Sha256(both.view()));
}

class Enrolment {
 public:
  Enrolment(const DeskFolder& folder, const protocol::EnrolmentFile& file, std::string pin,
            const Tools& tools, std::stop_token stop)
      : folder_(folder), file_(file), pin_(std::move(pin)), tools_(tools), stop_(std::move(stop)) {}

  base::Result<Enrolled> Install() {
    HOSO_TRY(folder_.Create());
    HOSO_TRY_ASSIGN(device_, folder_.MakeDeviceSecret(tools_.random));
    HOSO_TRY(BeginStore());
    HOSO_TRY_ASSIGN(const DeviceInfo info, DeviceInfo::Parse(slots_.device_info));
    HOSO_TRY_ASSIGN(store::DeskStore store, OpenStore(keys_->database_key));
    HOSO_TRY_ASSIGN(Secret tls_key, NameStore(store, info));
    engine::BeginnerKeys asked{info.replica, info.device_key, std::move(tls_key),
                               keys_->officer_seed.Clone()};
    HOSO_TRY_ASSIGN(const protocol::EnrolAnswer answer, Ask(asked));
    HOSO_TRY(store.database().Atomically([&]() -> base::Status {
      HOSO_TRY(engine::SaveConnection(store, file_));
      HOSO_TRY(engine::SaveCertificate(store, answer.certificate, asked.tls_key));
      HOSO_TRY(store.SetMeta("unit", answer.unit));
      HOSO_TRY(store.SetMeta("receipt_key", answer.receipt_key));
      return engine::KeepSaid(store, answer.registrations);
    }));
    HOSO_TRY(Introduce(store, answer));
    HOSO_TRY(KeepShare(answer.desk_share));
    HOSO_TRY(slots_.SetRecovery(keys_->database_key, answer.recovery_key));
    HOSO_TRY(folder_.WriteKeys(slots_));  // From here on the desk exists.
    return Finish(answer, false);
  }

  base::Result<Enrolled> Join() {
    HOSO_TRY_ASSIGN(device_, folder_.DeviceSecret());
    HOSO_TRY_ASSIGN(const crypto::KeySlots present, folder_.ReadKeys());
    HOSO_TRY_ASSIGN(DeviceInfo info, DeviceInfo::Parse(present.device_info));
    if (!Resume()) HOSO_TRY(Begin(present.device_info));
    HOSO_TRY_ASSIGN(const protocol::EnrolAnswer answer,
                    Ask({info.replica, info.device_key, Secret(), keys_->officer_seed.Clone()}));
    HOSO_TRY_ASSIGN(Secret database_key, OpenShare(answer.desk_share));
    HOSO_TRY_ASSIGN(store::DeskStore store, OpenStore(database_key));
    HOSO_TRY(Introduce(store, answer));
    HOSO_TRY(AddSlot({std::move(database_key), keys_->officer_seed.Clone()}));
    HOSO_TRY(store.database().Atomically([&]() -> base::Status {
      HOSO_TRY(engine::SaveConnection(store, file_));
      return engine::KeepSaid(store, answer.registrations);
    }));
    return Finish(answer, true);
  }

 private:
  /// Takes up an enrolment that was cut, if this officer began it with this PIN.
  bool Resume() {
    const auto file = base::ReadFile(folder_.NewKeys(), kMaxKeyFile);
    if (!file) return false;
    auto slots = crypto::KeySlots::Decode(*file);
    if (!slots) return false;
    auto keys = slots->OpenSlot(file_.user, pin_, device_, tools_.clock.NowMs());
    if (!keys) return false;
    slots_ = std::move(*slots);
    keys_ = std::move(*keys);
    return true;
  }

  base::Status Begin(const std::string& device_info) {
    slots_ = crypto::KeySlots();
    slots_.device_info = device_info;
    keys_ = crypto::Unlocked{crypto::RandomSecret(tools_.random, crypto::kKeySize),
                             crypto::MakeSeed(tools_.random)};
    HOSO_TRY(slots_.AddOfficer(file_.user, pin_, device_, *keys_, tools_.random, tools_.pin_cost));
    return base::WriteFile(folder_.NewKeys(), slots_.Encode(), true);
  }

  /// The database of the desk to be. Its keys are on disk before it, so one without keys is a
  /// desk that lost them and is not ours to remove.
  base::Status BeginStore() {
    if (Resume()) {
      HOSO_TRY_ASSIGN(store::DeskStore store, OpenStore(keys_->database_key));
      HOSO_TRY_ASSIGN(const auto named, store.Meta("replica"));
      if (named) return {};
    }
    std::error_code error;
    const bool begun = std::filesystem::exists(base::PathOf(folder_.NewKeys()), error);
    if (!begun && std::filesystem::exists(base::PathOf(folder_.Database()), error))
      return Fail(ErrorKind::kRefused, "desk.keys_lost", folder_.path());
    for (const char* part : {"", "-wal", "-shm"})
      std::filesystem::remove(base::PathOf(folder_.Database() + part), error);
    const Secret device_seed = crypto::MakeSeed(tools_.random);
    const std::string replica = base::MakeUuid7(tools_.clock.NowMs(), tools_.random);
    HOSO_TRY(Begin(DeviceInfo{replica, crypto::PublicKey(device_seed)}.ToText()));
    HOSO_TRY_ASSIGN(store::DeskStore store, OpenStore(keys_->database_key));
    return engine::Desk::SetUp(store, replica, file_.unit, device_seed, "");
  }

  base::Result<store::DeskStore> OpenStore(const Secret& key) const {
    HOSO_TRY_ASSIGN(store::Database database,
                    store::Database::OpenEncrypted(folder_.Database(), key.view()));
    return store::DeskStore(std::move(database));
  }

  /// The TLS key of the desk, made at the first try and kept for the next.
  base::Result<Secret> NameStore(store::DeskStore& store, const DeviceInfo& info) {
    HOSO_TRY_ASSIGN(const auto replica, store.Meta("replica"));
    if (!replica || *replica != info.replica) return Fail(ErrorKind::kDamaged, "enrol.mixed");
    HOSO_TRY_ASSIGN(auto known, store.Meta("certificate_key"));
    if (known) return Secret(*std::move(known));
    HOSO_TRY_ASSIGN(Secret fresh, crypto::MakeKeyPem());
    HOSO_TRY(
        store.database().Atomically([&] { return engine::SaveCertificate(store, "", fresh); }));
    return fresh;
  }

  base::Result<protocol::EnrolAnswer> Ask(const engine::BeginnerKeys& keys) const {
    const auto province = tools_.connect(Directed(
        {file_.server, file_.province, file_.ca, file_.certificate, Secret(file_.key), stop_},
        folder_, tools_));
    auto answer = engine::AskToEnrol(*province, keys, file_.user);
    // The answer of a cut line was perhaps given: the same keys are told the same.
    if (!answer && answer.error().reason == "net.cut")
      answer = engine::AskToEnrol(*province, keys, file_.user);
    return answer;
  }

  static base::Status Introduce(store::DeskStore& store, const protocol::EnrolAnswer& answer) {
    return engine::Desk::Remember(store,
                                  {answer.user, answer.user_name, answer.role, answer.unit, true});
  }

  base::Status KeepShare(const base::Bytes& share) const {
    return base::WriteFile(folder_.Share(),
                           crypto::Seal(ShareKey(device_, share), keys_->database_key.view(),
                                        kShareName, tools_.random),
                           true);
  }

  base::Result<Secret> OpenShare(const base::Bytes& share) const {
    const auto sealed = base::ReadFile(folder_.Share(), kMaxShareFile);
    if (!sealed) return Fail(ErrorKind::kDamaged, "share.missing");
    auto key = crypto::Open(ShareKey(device_, share), *sealed, kShareName);
    if (!key) return Fail(ErrorKind::kDamaged, "share.missing");
    return Secret(*std::move(key));
  }

  base::Status AddSlot(const crypto::Unlocked& keys) const {
    HOSO_TRY_ASSIGN(const base::FileLock lock, folder_.LockKeys());
    HOSO_TRY_ASSIGN(crypto::KeySlots slots, folder_.ReadKeys());
    if (slots.Find(file_.user) != nullptr) HOSO_TRY(slots.RemoveOfficer(file_.user));
    HOSO_TRY(slots.AddOfficer(file_.user, pin_, device_, keys, tools_.random, tools_.pin_cost));
    return folder_.WriteKeys(slots);
  }

  Enrolled Finish(const protocol::EnrolAnswer& answer, bool joined) const {
    std::error_code ignored;
    std::filesystem::remove(base::PathOf(folder_.NewKeys()), ignored);
    Settings settings = LoadSettings(folder_);
    settings.names[answer.user] = answer.user_name;
    (void)SaveSettings(folder_, settings).has_value();  // The id is shown until it works.
    return {answer.user, answer.user_name, answer.role, answer.unit, joined};
  }

  const DeskFolder& folder_;
  const protocol::EnrolmentFile& file_;
  const std::string pin_;
  const Tools& tools_;
  const std::stop_token stop_;
  Secret device_;
  crypto::KeySlots slots_;
  std::optional<crypto::Unlocked> keys_;
};

}  // namespace

base::Result<Enrolled> Enrol(const DeskFolder& folder, const std::string& file_path,
                             const std::string& pin, const Tools& tools, std::stop_token stop) {
  HOSO_TRY_ASSIGN(const protocol::EnrolmentFile file, engine::ReadEnrolmentFile(file_path));
  const std::string expected = InForce(folder, tools).Text(config::Key::kServerUnit);
  if (!expected.empty() && file.unit != expected)
    return Fail(ErrorKind::kRefused, "enrol.other_unit", file.unit);
  const std::string normal = text::Nfc(pin);
  HOSO_TRY(crypto::CheckPin(normal));
  Enrolment enrolment(folder, file, normal, tools, std::move(stop));
  auto enrolled = folder.IsEnrolled() ? enrolment.Join() : enrolment.Install();
  if (enrolled)
    Tell(tools, folder, {events::Id::kEnrolled});
  else if (enrolled.error().reason != "sync.stopped")
    Tell(tools, folder, {events::Id::kEnrolmentFailed, ReasonOf(enrolled.error())});
  return enrolled;
}

std::string OfferedEnrolment(const DeskFolder& folder, const Tools& tools,
                             const std::string& pc_name) {
  const std::string path = InForce(folder, tools).Text(config::Key::kServerEnrolFile);
  std::error_code error;
  if (path.empty() || !std::filesystem::is_directory(base::PathOf(path), error)) return path;
  return base::In(path, pc_name + ".hsx");
}

base::Result<EnrolmentFacts> LookAtEnrolment(const std::string& file_path) {
  HOSO_TRY_ASSIGN(const protocol::EnrolmentFile file, engine::ReadEnrolmentFile(file_path));
  EnrolmentFacts facts{file.user, file.unit, "", file.province, file.server};
  const auto catalogue = catalog::LoadDefault();
  const catalog::Unit* unit = catalogue ? catalogue->FindUnit(file.unit) : nullptr;
  if (unit != nullptr) facts.unit_name = unit->name;
  return facts;
}

}  // namespace hoso::flows
