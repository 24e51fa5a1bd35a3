#include "sync/server/enrolment.h"

#include <algorithm>
#include <utility>

#include "common/base/number.h"
#include "common/crypto/certificate.h"
#include "common/crypto/random.h"
#include "common/crypto/sign.h"
#include "sync/server/registrations.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kDayS = 24 * 3600;
constexpr std::int64_t kClockSlackS = 300;  // Two province machines need not agree to the second.
constexpr std::size_t kKeyBytes = 32;

crypto::IssueParams ClientParams(std::string name, std::string unit, std::int64_t now_ms,
                                 std::int64_t seconds, base::Random& random) {
  crypto::IssueParams params;
  params.common_name = std::move(name);
  params.organizational_unit = std::move(unit);
  params.serial_hex = crypto::MakeSerialHex(random);
  params.not_before_s = now_ms / 1000 - kClockSlackS;
  params.not_after_s = now_ms / 1000 + seconds;
  return params;
}

/// The desk that used the code already, asking again because the answer was lost.
base::Result<bool> IsSameDesk(store::ProvinceStore& store, const store::Enrolment& enrolment,
                              const protocol::EnrolRequest& request) {
  if (enrolment.replica != request.replica) return false;
  HOSO_TRY_ASSIGN(const auto device, store.FindDevice(request.replica));
  if (!device || device->revoked || device->signing_key != request.device_key) return false;
  HOSO_TRY_ASSIGN(const auto officers, store.OfficersOf(request.replica));
  return std::any_of(officers.begin(), officers.end(), [&](const store::DeviceOfficer& officer) {
    return officer.user == enrolment.user && officer.signing_key == request.officer_key;
  });
}

base::Status CheckKeys(const protocol::EnrolRequest& request) {
  if (!base::IsUuid(request.replica) || request.device_key.size() != kKeyBytes ||
      request.officer_key.size() != kKeyBytes)
    return Fail(ErrorKind::kRefused, "enrol.malformed");
  return {};
}

/// One enrolment inside its transaction.
class Desk {
 public:
  Desk(store::ProvinceStore& store, const Authority& authority, const base::Clock& clock,
       base::Random& random)
      : store_(store),
        authority_(authority),
        now_ms_(clock.NowMs()),
        random_(random),
        registrations_(store, authority.province, authority.receipt_seed, clock, random) {}

  base::Result<base::Bytes> Answer(store::Enrolment enrolment,
                                   const protocol::EnrolRequest& request) {
    // A repeat gives away the share again: whoever may not have it now may not repeat either.
    HOSO_TRY_ASSIGN(const auto user, store_.FindUser(enrolment.user));
    if (!user || !user->active) return Fail(ErrorKind::kRefused, "user.inactive");
    if (user->unit != enrolment.unit) return Fail(ErrorKind::kRefused, "user.moved");
    if (enrolment.used) {
      HOSO_TRY_ASSIGN(const bool same, IsSameDesk(store_, enrolment, request));
      if (!same) return Fail(ErrorKind::kRefused, "enrol.used");
      return enrolment.answer;
    }
    if (now_ms_ >= enrolment.expires_ms) return Fail(ErrorKind::kRefused, "enrol.expired");

    HOSO_TRY_ASSIGN(const Place place,
                    request.csr.empty() ? Join(enrolment, request) : Install(enrolment, request));
    HOSO_TRY(store_.SaveDeviceOfficer({request.replica, user->id, request.officer_key}));
    HOSO_TRY_ASSIGN(base::Bytes said, registrations_.All(place.device));
    enrolment.used = true;
    enrolment.replica = request.replica;
    enrolment.answer = protocol::EncodeEnrolAnswer(
        {user->id, user->name, user->role, user->unit, authority_.province, place.certificate,
         crypto::PublicKey(authority_.receipt_seed), authority_.recovery_public, place.device.share,
         std::move(said)});
    HOSO_TRY(store_.SaveEnrolment(enrolment));
    return enrolment.answer;
  }

 private:
  struct Place {
    std::string certificate;  // Empty at a desk that has one.
    store::Device device;
  };

  /// A second officer of a desk, or one who forgot the PIN: the old keys stay, see DeviceOfficer.
  base::Result<Place> Join(const store::Enrolment& enrolment,
                           const protocol::EnrolRequest& request) {
    HOSO_TRY_ASSIGN(const auto device, store_.FindDevice(request.replica));
    if (!device) return Fail(ErrorKind::kRefused, "device.unknown");
    if (device->revoked) return Fail(ErrorKind::kRefused, "device.revoked");
    if (device->unit != enrolment.unit) return Fail(ErrorKind::kRefused, "enrol.other_unit");
    if (device->signing_key != request.device_key) return Fail(ErrorKind::kRefused, "device.other");
    return Place{"", *device};
  }

  base::Result<Place> Install(const store::Enrolment& enrolment,
                              const protocol::EnrolRequest& request) {
    HOSO_TRY_ASSIGN(const auto known, store_.FindDevice(request.replica));
    if (known) return Fail(ErrorKind::kRefused, "device.exists");
    HOSO_TRY_ASSIGN(std::string pem,
                    crypto::IssueFromCsr(request.csr, authority_.ca_certificate, authority_.ca_key,
                                         ClientParams(request.replica, enrolment.unit, now_ms_,
                                                      kDeviceCertificateDays * kDayS, random_)));
    HOSO_TRY_ASSIGN(const auto info, crypto::ParseCertificate(pem));
    store::Device device;
    device.replica = request.replica;
    device.unit = enrolment.unit;
    device.certificate = info.fingerprint_hex;
    device.signing_key = request.device_key;
    device.share = crypto::RandomBytes(random_, protocol::kDeskShareBytes);
    HOSO_TRY(store_.SaveDevice(device));
    return Place{std::move(pem), std::move(device)};
  }

  store::ProvinceStore& store_;
  const Authority& authority_;
  const std::int64_t now_ms_;
  base::Random& random_;
  Registrations registrations_;
};

}  // namespace

Enrolments::Enrolments(store::ProvinceStore& store, const Authority& authority,
                       const base::Clock& clock, base::Random& random)
    : store_(store), authority_(authority), clock_(clock), random_(random) {}

base::Result<protocol::EnrolmentFile> Enrolments::MakeFile(const std::string& user,
                                                           const std::string& server_url) {
  HOSO_TRY_ASSIGN(const auto known, store_.FindUser(user));
  if (!known) return Fail(ErrorKind::kNotFound, "user.unknown", user);
  if (!known->active) return Fail(ErrorKind::kRefused, "user.inactive", user);
  HOSO_TRY_ASSIGN(const crypto::Secret key, crypto::MakeKeyPem());
  const std::int64_t now_ms = clock_.NowMs();
  HOSO_TRY_ASSIGN(std::string pem,
                  crypto::IssueForKey(
                      key, authority_.ca_certificate, authority_.ca_key,
                      ClientParams(user, "bootstrap", now_ms, kEnrolmentHours * 3600, random_)));
  HOSO_TRY_ASSIGN(const auto info, crypto::ParseCertificate(pem));
  store::Enrolment enrolment;
  enrolment.certificate = info.fingerprint_hex;
  enrolment.user = user;
  enrolment.unit = known->unit;
  enrolment.expires_ms = now_ms + std::int64_t{kEnrolmentHours} * 3600 * 1000;
  HOSO_TRY(store_.database().Atomically([&] { return store_.SaveEnrolment(enrolment); }));
  return protocol::EnrolmentFile{
      server_url,     authority_.province,    known->unit, user, authority_.ca_certificate,
      std::move(pem), std::string(key.view())};
}

base::Result<base::Bytes> Enrolments::Enrol(const std::string& certificate,
                                            std::string_view request) {
  HOSO_TRY_ASSIGN(const auto asked, protocol::DecodeEnrolRequest(request));
  HOSO_TRY(CheckKeys(asked));
  base::Bytes answer;
  const base::Status done = store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(auto found, store_.FindEnrolment(certificate));
    if (!found) return Fail(ErrorKind::kRefused, "enrol.unknown");
    // Two desks with one code: the unit's lock lets one through first; the other must read again.
    HOSO_TRY(store_.LockUnit(found->unit, base::MakeUuid7(clock_.NowMs(), random_)));
    HOSO_TRY_ASSIGN(found, store_.FindEnrolment(certificate));
    if (!found) return Fail(ErrorKind::kRefused, "enrol.unknown");
    Desk desk(store_, authority_, clock_, random_);
    HOSO_TRY_ASSIGN(answer, desk.Answer(*std::move(found), asked));
    return {};
  });
  HOSO_TRY(done);
  return answer;
}

base::Result<std::string> Enrolments::IssueDevice(std::string_view csr,
                                                  const store::Device& device) {
  return crypto::IssueFromCsr(csr, authority_.ca_certificate, authority_.ca_key,
                              ClientParams(device.replica, device.unit, clock_.NowMs(),
                                           kDeviceCertificateDays * kDayS, random_));
}

base::Result<std::string> Enrolments::Renew(const std::string& certificate, std::string_view csr) {
  if (const auto asked = protocol::DecodeMoveRequest(csr)) return Move(certificate, *asked);
  std::string pem;
  const base::Status done = store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(auto device, store_.DeviceByCertificate(certificate));
    if (!device) return Fail(ErrorKind::kRefused, "device.unknown");
    HOSO_TRY(store_.LockUnit(device->unit, base::MakeUuid7(clock_.NowMs(), random_)));
    HOSO_TRY_ASSIGN(device, store_.DeviceByCertificate(certificate));
    if (!device) return Fail(ErrorKind::kRefused, "device.unknown");
    if (device->revoked) return Fail(ErrorKind::kRefused, "device.revoked");
    HOSO_TRY_ASSIGN(pem, IssueDevice(csr, *device));
    HOSO_TRY_ASSIGN(const auto info, crypto::ParseCertificate(pem));
    device->certificate = certificate;  // If it came with its renewed one, that is the one now.
    device->next_certificate = info.fingerprint_hex;
    return store_.SaveDevice(*device);
  });
  HOSO_TRY(done);
  return pem;
}

base::Status Enrolments::KnowAgain(const crypto::CertificateInfo& shown) {
  HOSO_TRY_ASSIGN(const auto known, store_.DeviceByCertificate(shown.fingerprint_hex));
  HOSO_TRY_ASSIGN(const auto from, store_.Meta(kRestoredFromMeta));
  if (known || !from) return {};
  const std::int64_t from_ms = base::ToNumber(*from).value_or(0);
  return store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(auto device, store_.FindDevice(shown.subject_cn));
    if (!device || device->revoked || device->unit != shown.ou) return {};
    const std::string epoch = base::MakeUuid7(clock_.NowMs(), random_);
    HOSO_TRY_ASSIGN(const auto head, store_.LockUnit(device->unit, epoch));
    // What was issued before that, and is not in the row, has been replaced; what was issued since
    // is in the row.
    const std::int64_t issued_ms = (shown.not_before_s + kClockSlackS) * 1000;
    if (issued_ms + 1000 < from_ms || issued_ms > head.restored_ms) return {};
    HOSO_TRY_ASSIGN(device, store_.FindDevice(shown.subject_cn));
    if (!device || device->revoked) return {};
    device->certificate = shown.fingerprint_hex;
    device->next_certificate.clear();
    return store_.SaveDevice(*device);
  });
}

}  // namespace hoso::server
