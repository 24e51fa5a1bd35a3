#include "tests/support/sim_cast.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "common/catalog/load.h"
#include "common/crypto/certificate.h"
#include "common/crypto/hash.h"
#include "common/crypto/sign.h"
#include "sync/server/authority.h"

namespace hoso::testing {
namespace {

using nlohmann::json;

constexpr const char* kRoles[] = {"MC", "CV", "TP", "LD", "VT", "CV", "MC", "TP"};
/// Some desks are shared by two officers; dossiers are received at two of the first three.
constexpr const char* kAlso[] = {nullptr, "TP", "MC", nullptr, "CV", nullptr, nullptr, "MC"};

/// The built-in catalogue without what these lives never touch, so that reading it costs little.
base::Bytes SmallCatalogue(const std::string& version) {
  json all = json::from_cbor(catalog::PackDefault().value());
  json manifest = json::parse(all["catalog.json"].get<std::string>());
  json units = json::parse(all["units.json"].get<std::string>());
  json few = json::array(), files = json::array();
  for (const json& unit : units["units"])
    if (unit["code"] == SimCast::kUnit || unit["code"] == SimCast::kOtherUnit) few.push_back(unit);
  units["units"] = few;
  json small = json::object();
  for (const auto& [name, text] : all.items()) {
    if (name.starts_with("procedures/") && name != "procedures/1.013225.json") continue;
    if (name != "catalog.json") files.push_back(name);
    small[name] = text;
  }
  json others = json::parse(all["other_procedures.json"].get<std::string>());
  for (auto& [key, value] : others.items())
    if (value.is_array() && value.size() > 1) value.erase(value.begin() + 1, value.end());
  manifest["files"] = files;
  manifest["version"] = version;
  small["units.json"] = units.dump();
  small["catalog.json"] = manifest.dump();
  small["other_procedures.json"] = others.dump();
  base::Bytes out;
  json::to_cbor(small, out);
  return out;
}

}  // namespace

SimCast::SimCast(FaultVfs& vfs)
    : vfs_(vfs), key_(32, 'k'), receipt_seed_(crypto::Secret(std::string(32, 'r'))) {
  for (const char* version : {"2026.11.23", "2026.11.24"})
    catalogues_.push_back(server::Unpacked(SmallCatalogue(version)).value());
  std::filesystem::create_directory(folder_ / "province");
  for (std::size_t i = 0; i < kDesks + kClones; ++i)
    std::filesystem::create_directory(folder_ / ("desk" + std::to_string(i)));
  SeededRandom random(1);
  for (std::size_t desk = 0; desk < kDesks; ++desk) {
    const std::string n = std::to_string(desk);
    Member member;
    member.officers.push_back({"u-" + n, kRoles[desk], crypto::MakeSeed(random)});
    if (kAlso[desk] != nullptr)
      member.officers.push_back({"u-" + n + "-too", kAlso[desk], crypto::MakeSeed(random)});
    member.replica = base::MakeUuid7(FakeClock().NowMs(), random);
    member.certificate = "certificate-" + n;
    member.device_seed = crypto::MakeSeed(random);
    members_.push_back(std::move(member));
  }
  MakeAuthority();
  MakeProvince();
  for (std::size_t desk = 0; desk < kDesks; ++desk) MakeDesk(desk);
}

void SimCast::MakeAuthority() {
  SeededRandom random(2);
  crypto::Secret key = crypto::MakeKeyPem().value();
  crypto::CaParams params;
  params.common_name = "HoSoXa province-22";
  params.serial_hex = crypto::MakeSerialHex(random);
  params.valid_from_s = FakeClock().NowMs() / 1000 - 24 * 3600;
  params.valid_days = 365;
  authority_.ca_certificate = crypto::MakeCa(key, params).value();
  authority_.ca_key = std::move(key);
  authority_.province = "22";
  authority_.receipt_seed = crypto::Secret(base::Bytes(receipt_seed().view()));
}

void SimCast::MakeProvince() {
  FaultDisk disk;
  MountProvince(disk);
  {
    store::ProvinceStore store = OpenProvince().value();
    server::SaveCatalogue(store, catalogues_[0]->packed).value();
    store.database()
        .Atomically([&]() -> base::Status {
          for (const Member& member : members_) {
            HOSO_TRY(store.SaveDevice({member.replica, kUnit, member.certificate, "",
                                       crypto::PublicKey(member.device_seed), false, 0, "", ""}));
            for (const Officer& officer : member.officers) {
              HOSO_TRY(store.SaveUser(
                  {officer.user, "Cán bộ " + officer.user, kUnit, officer.role, true}));
              HOSO_TRY(store.SaveDeviceOfficer(
                  {member.replica, officer.user, crypto::PublicKey(officer.seed)}));
            }
          }
          return {};
        })
        .value();
  }
  province_ = disk.Copy();
  vfs_.Unmount();
}

void SimCast::MakeDesk(std::size_t desk) {
  FaultDisk disk;
  Mount(desk, disk);
  Member& member = members_[desk];
  {
    store::DeskStore store(OpenDesk(desk).value());
    engine::Desk::SetUp(store, member.replica, kUnit, member.device_seed,
                        crypto::PublicKey(receipt_seed_))
        .value();
    // Most desks hold the catalogue before their first exchange, as after a set-up from a stick.
    if (desk != 5) store.SetMeta("catalogue_id", catalogues_[0]->id).value();
    for (const Officer& officer : member.officers)
      engine::Desk::Remember(store,
                             {officer.user, "Cán bộ " + officer.user, officer.role, kUnit, true})
          .value();
  }
  member.files = disk.Copy();
  vfs_.Unmount();
}

std::string SimCast::DeskPath(std::size_t desk) const {
  return folder_ / ("desk" + std::to_string(desk) + "/desk.db");
}

std::string SimCast::ProvincePath() const {
  return folder_ / "province/province.db";
}

base::Result<store::Database> SimCast::OpenDesk(std::size_t desk) const {
  // Refused a piece while it takes its key, SQLCipher 4.6.1 frees another twice, or writes to where
  // none is. That is not ours to find again in every life.
  const FaultMemory::Spared keyed;
  return store::Database::OpenEncrypted(DeskPath(desk), key_);
}

base::Result<store::ProvinceStore> SimCast::OpenProvince() const {
  HOSO_TRY_ASSIGN(auto database, store::Database::OpenProvince("sqlite:" + ProvincePath()));
  store::ProvinceStore store(std::move(database));
  store.SealWith(server::SealOf(receipt_seed_));
  return store;
}

void SimCast::Mount(std::size_t desk, FaultDisk& disk) const {
  vfs_.Mount(folder_ / ("desk" + std::to_string(desk)), disk);
}

void SimCast::MountProvince(FaultDisk& disk) const {
  vfs_.Mount(folder_ / "province", disk);
}

}  // namespace hoso::testing
