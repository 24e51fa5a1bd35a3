#include "sync/server/registrations.h"

#include <algorithm>
#include <utility>

#include "common/crypto/hash.h"
#include "common/crypto/seal.h"
#include "common/crypto/sign.h"
#include "sync/server/accepted.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;
using protocol::Registration;

constexpr std::string_view kShareName = "hosoxa registered share 1";

}  // namespace

Registrations::Registrations(store::ProvinceStore& store, std::string province,
                             const crypto::Secret& receipt_seed, const base::Clock& clock,
                             base::Random& random)
    : store_(store),
      province_(std::move(province)),
      receipt_seed_(receipt_seed),
      clock_(clock),
      random_(random) {}

crypto::Secret Registrations::ShareKey() const {
  const crypto::Secret both(base::Bytes(kShareName) + base::Bytes(receipt_seed_.view()));
  return crypto::Secret(crypto::Sha256(both.view()));
}

bool Registrations::IsOurs(const Registration& said, const crypto::CertificateInfo& shown) const {
  return said.province == province_ && said.replica == shown.subject_cn && said.unit == shown.ou &&
         crypto::Verify(crypto::PublicKey(receipt_seed_), protocol::RegistrationSigned(said),
                        said.signature);
}

base::Result<base::Bytes> Registrations::Exchange(const crypto::CertificateInfo& shown,
                                                  std::string_view request) {
  HOSO_TRY_ASSIGN(auto said, protocol::DecodeRegistrations(request));
  // One that got damaged at the desk is no reason to lose the others.
  std::erase_if(said, [&](const Registration& one) { return !IsOurs(one, shown); });
  base::Bytes answer;
  HOSO_TRY(store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const store::Device device, DeviceOf(shown, said));
    if (device.revoked) return Fail(ErrorKind::kRefused, "device.revoked");
    HOSO_TRY(TakeBack(device, said));
    HOSO_TRY_ASSIGN(answer, All(device));
    return {};
  }));
  return answer;
}

base::Result<store::Device> Registrations::DeviceOf(const crypto::CertificateInfo& shown,
                                                    const std::vector<Registration>& said) {
  HOSO_TRY_ASSIGN(auto known, store_.DeviceByCertificate(shown.fingerprint_hex));
  if (known) return *std::move(known);
  const auto unknown = Fail(ErrorKind::kRefused, "device.unknown");
  if (said.empty()) return unknown;
  HOSO_TRY(store_.LockUnit(shown.ou, base::MakeUuid7(clock_.NowMs(), random_)));
  HOSO_TRY_ASSIGN(known, store_.FindDevice(shown.subject_cn));
  const Registration& one = said.front();
  if (known) {
    HOSO_TRY_ASSIGN(const bool came, store_.HasBatchOf(known->replica));
    // Another certificate is in force. Where nothing ever came from this desk, it is one that it
    // got when it asked for its name (move.h) and then asked once more: that is what was lost.
    if (came || known->revoked || known->signing_key != one.device_key) return unknown;
    known->certificate = shown.fingerprint_hex;
    known->next_certificate.clear();
    HOSO_TRY(store_.SaveDevice(*known));
    return *std::move(known);
  }
  HOSO_TRY_ASSIGN(const auto share, crypto::Open(ShareKey(), one.share, one.replica));
  store::Device device;
  device.replica = one.replica;
  device.unit = one.unit;
  device.certificate = shown.fingerprint_hex;
  device.signing_key = one.device_key;
  device.share = share;
  HOSO_TRY(CountAccepted(store_, device));
  HOSO_TRY(store_.SaveDevice(device));
  HOSO_TRY(store_.SaveAccepted(device));
  return device;
}

base::Status Registrations::TakeBack(const store::Device& device,
                                     const std::vector<Registration>& said) {
  HOSO_TRY_ASSIGN(const auto officers, store_.OfficersOf(device.replica));
  for (const Registration& one : said) {
    const bool known = std::any_of(officers.begin(), officers.end(), [&](const auto& officer) {
      return officer.user == one.person.id && officer.signing_key == one.officer_key;
    });
    if (known || one.device_key != device.signing_key) continue;
    HOSO_TRY_ASSIGN(const auto user, store_.FindUser(one.person.id));
    if (!user) {
      const protocol::Person& person = one.person;
      HOSO_TRY(store_.SaveUser({person.id, person.name, person.unit, person.role, person.active}));
    }
    HOSO_TRY(store_.SaveDeviceOfficer({device.replica, one.person.id, one.officer_key}));
  }
  return {};
}

base::Result<base::Bytes> Registrations::All(const store::Device& device) {
  HOSO_TRY_ASSIGN(const auto officers, store_.OfficersOf(device.replica));
  const base::Bytes share = crypto::Seal(ShareKey(), device.share, device.replica, random_);
  std::vector<Registration> all;
  for (const store::DeviceOfficer& officer : officers) {
    HOSO_TRY_ASSIGN(const auto user, store_.FindUser(officer.user));
    if (!user || all.size() == protocol::kMaxRegistrations) continue;
    Registration one{province_,
                     device.replica,
                     device.unit,
                     device.signing_key,
                     share,
                     {user->id, user->name, user->role, user->unit, user->active},
                     officer.signing_key,
                     {}};
    one.signature = crypto::Sign(receipt_seed_, protocol::RegistrationSigned(one));
    all.push_back(std::move(one));
  }
  return protocol::EncodeRegistrations(all);
}

}  // namespace hoso::server
