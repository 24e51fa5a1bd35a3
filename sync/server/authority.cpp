#include "sync/server/authority.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "common/base/disk.h"
#include "common/catalog/catalog.h"
#include "common/catalog/load.h"
#include "common/crypto/certificate.h"
#include "common/crypto/hash.h"
#include "common/crypto/seal.h"
#include "common/crypto/sign.h"
#include "common/store/province_ledger.h"

namespace hoso::server {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Fail;
using base::In;
using base::PathOf;
using nlohmann::json;

constexpr std::int64_t kDayS = 24 * 3600;
constexpr std::int64_t kDeskClockSlackS = 30 * kDayS;  // A desk's clock may be that far behind.
constexpr int kAuthorityDays = 20 * 365;
constexpr std::int64_t kServerDays = 5 * 365;  // Longer than a process runs; its key dies with it.
constexpr std::size_t kSmallFile = 64u << 10;

bool IsProvinceCode(const std::string& text) {
  return text.size() == 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

base::Status MakeFolder(const std::string& folder) {
  HOSO_TRY(base::MakePrivateFolder(folder));
  return base::OwnFolder(folder);  // Also one that was there, and may have been open to others.
}

base::Result<crypto::Secret> ReadSecret(const std::string& path) {
  HOSO_TRY_ASSIGN(base::Bytes bytes, base::ReadFile(path, kSmallFile));
  return crypto::Secret(std::move(bytes));
}

base::Status MakeKeys(const std::string& folder, const std::string& province,
                      const base::Clock& clock, base::Random& random) {
  HOSO_TRY_ASSIGN(const crypto::Secret key, crypto::MakeKeyPem());
  crypto::CaParams params;
  params.common_name = "HoSoXa province-" + province;
  params.serial_hex = crypto::MakeSerialHex(random);
  params.valid_from_s = clock.NowMs() / 1000 - kDeskClockSlackS;
  params.valid_days = kAuthorityDays;
  HOSO_TRY_ASSIGN(const std::string ca, crypto::MakeCa(key, params));
  HOSO_TRY(base::WriteFile(In(folder, "ca.key"), key.view(), true));
  HOSO_TRY(base::WriteFile(In(folder, "ca.pem"), ca));
  HOSO_TRY(base::WriteFile(In(folder, "receipt.seed"), crypto::MakeSeed(random).view(), true));
  const crypto::BoxKey recovery = crypto::MakeBoxKey(random);
  HOSO_TRY(base::WriteFile(In(folder, "recovery.key"), recovery.secret_key.view(), true));
  return base::WriteFile(In(folder, "recovery.pub"), recovery.public_key);
}

base::Status PutCatalogue(store::ProvinceStore& store, const base::Bytes& packed) {
  HOSO_TRY(store.SetMeta(kCatalogueMeta, packed));
  return store.SetMeta(kCatalogueIdMeta, base::ToHex(crypto::Sha256(packed)));
}

base::Status FillDatabase(const std::string& address) {
  HOSO_TRY_ASSIGN(store::Database database, store::Database::OpenProvince(address));
  store::ProvinceStore store(std::move(database));
  HOSO_TRY_ASSIGN(const auto existing, store.Meta(kCatalogueMeta));
  if (existing) return Fail(ErrorKind::kRefused, "init.database_used");
  HOSO_TRY_ASSIGN(const base::Bytes packed, catalog::PackDefault());
  return store.database().Atomically([&] { return PutCatalogue(store, packed); });
}

base::Status BeginLedger(store::ProvinceStore& store) {
  return store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto id, store.Meta(kCatalogueIdMeta));
    return store.BeginLedger(id.value_or(""));
  });
}

}  // namespace

std::string ServerName(const std::string& province) {
  return "province-" + province;
}

base::Result<base::FileLock> UseFolder(const std::string& folder, base::FileLock::Mode mode) {
  auto lock = base::FileLock::Try(In(folder, "in-use.lock"), mode);
  if (lock || lock.error().reason != "lock.held") return lock;
  return Fail(ErrorKind::kBusy, "folder.in_use");
}

store::ProvinceStore::Seal SealOf(const crypto::Secret& receipt_seed) {
  auto seed = std::make_shared<const crypto::Secret>(std::string(receipt_seed.view()));
  return [seed](std::string_view line) { return crypto::Sign(*seed, line); };
}

base::Status SaveCatalogue(store::ProvinceStore& store, const base::Bytes& packed) {
  return store.database().Atomically([&]() -> base::Status {
    HOSO_TRY(PutCatalogue(store, packed));
    return store.Enter(store::CatalogueRow(base::ToHex(crypto::Sha256(packed))));
  });
}

base::Result<base::Bytes> SavedCatalogue(store::ProvinceStore& store) {
  HOSO_TRY_ASSIGN(const auto id, store.Meta(kCatalogueIdMeta));
  auto packed = store.Meta(kCatalogueMeta);
  if (!packed && packed.error().kind != ErrorKind::kDamaged) return packed.error();
  if (packed && (!*packed || !id)) return Fail(ErrorKind::kDamaged, "catalogue.missing");
  if (!packed || base::ToHex(crypto::Sha256(**packed)) != *id)
    return Fail(ErrorKind::kDamaged, "catalogue.damaged");
  return **std::move(packed);
}

base::Result<store::ProvinceStore> OpenStore(const Authority& authority) {
  HOSO_TRY_ASSIGN(store::Database database, store::Database::OpenProvince(authority.address));
  store::ProvinceStore store(std::move(database));
  store.SealWith(SealOf(authority.receipt_seed));
  if (!authority.has_ledger) HOSO_TRY(BeginLedger(store));
  return store;
}

base::Result<Authority> InitAuthority(const std::string& folder, const std::string& province,
                                      const std::string& database, const base::Clock& clock,
                                      base::Random& random) {
  if (!IsProvinceCode(province)) return Fail(ErrorKind::kUsage, "province.code", province);
  std::error_code ignored;
  if (fs::exists(PathOf(In(folder, "province.json")), ignored) ||
      fs::exists(PathOf(In(folder, "ca.key")), ignored))
    return Fail(ErrorKind::kRefused, "init.exists", folder);
  HOSO_TRY(MakeFolder(folder));
  const std::string address =
      database.empty() || database == "sqlite"
          ? "sqlite:" +
                base::Utf8Of(fs::absolute(PathOf(In(folder, "province.db"))).lexically_normal())
          : database;
  HOSO_TRY(FillDatabase(address));
  HOSO_TRY(MakeKeys(folder, province, clock, random));
  HOSO_TRY(WriteAbout(folder, province, address));
  HOSO_TRY_ASSIGN(Authority made, LoadAuthority(folder));
  HOSO_TRY_ASSIGN(store::ProvinceStore store, OpenStore(made));
  HOSO_TRY(BeginLedger(store));
  return made;
}

base::Status WriteAbout(const std::string& folder, const std::string& province,
                        const std::string& address) {
  const json about = {
      {"version", 1}, {"province", province}, {"database", address}, {"ledger", true}};
  // It may hold the database's password.
  return base::WriteFile(In(folder, "province.json"), about.dump(2) + "\n", true);
}

base::Result<Authority> LoadAuthority(const std::string& folder) {
  const auto text = base::ReadFile(In(folder, "province.json"), kSmallFile);
  if (!text) {
    if (text.error().kind != ErrorKind::kNotFound) return text.error();
    return Fail(ErrorKind::kNotFound, "province.missing", folder);
  }
  const json about = json::parse(*text, nullptr, false);
  if (!about.is_object() || !about.contains("province") || !about["province"].is_string() ||
      !about.contains("database") || !about["database"].is_string())
    return Fail(ErrorKind::kDamaged, "province.malformed", In(folder, "province.json"));
  Authority authority;
  authority.province = about["province"].get<std::string>();
  authority.address = about["database"].get<std::string>();
  authority.has_ledger = about.value("ledger", json()) == true;
  HOSO_TRY_ASSIGN(authority.ca_certificate, base::ReadFile(In(folder, "ca.pem"), kSmallFile));
  HOSO_TRY_ASSIGN(authority.ca_key, ReadSecret(In(folder, "ca.key")));
  HOSO_TRY_ASSIGN(authority.receipt_seed, ReadSecret(In(folder, "receipt.seed")));
  HOSO_TRY_ASSIGN(authority.recovery_public,
                  base::ReadFile(In(folder, "recovery.pub"), kSmallFile));
  return authority;
}

base::Result<ServerIdentity> IssueServer(const Authority& authority, const base::Clock& clock,
                                         base::Random& random) {
  const std::int64_t now_s = clock.NowMs() / 1000;
  HOSO_TRY_ASSIGN(crypto::Secret key, crypto::MakeKeyPem());
  crypto::IssueParams params;
  params.common_name = ServerName(authority.province);
  params.organizational_unit = "HoSoXa";
  params.usage = crypto::CertificateUsage::kServer;
  params.dns_names = {params.common_name};
  params.serial_hex = crypto::MakeSerialHex(random);
  params.not_before_s = now_s - kDeskClockSlackS;
  params.not_after_s = now_s + kServerDays * kDayS;
  HOSO_TRY_ASSIGN(std::string pem,
                  crypto::IssueForKey(key, authority.ca_certificate, authority.ca_key, params));
  return ServerIdentity{std::move(pem), std::move(key)};
}

}  // namespace hoso::server
