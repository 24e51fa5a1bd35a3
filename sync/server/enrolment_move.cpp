#include <utility>

#include "common/crypto/certificate.h"
#include "sync/protocol/move.h"
#include "sync/server/enrolment.h"
#include "sync/server/registrations.h"

// A desk that is a copy of another becomes a replica of its own.

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kKeyBytes = 32;

/// The new desk's row: as the one it is a copy of, but for what makes it another. The same desk may
/// ask again as long as nothing has come from it.
base::Result<store::Device> RowOf(store::ProvinceStore& store, const store::Device& from,
                                  const protocol::MoveRequest& asked) {
  HOSO_TRY_ASSIGN(const auto known, store.FindDevice(asked.replica));
  if (known) {
    const bool again = known->signing_key == asked.device_key && known->unit == from.unit &&
                       !known->revoked && known->accepted_through == 0;
    if (!again) return Fail(ErrorKind::kRefused, "device.exists");
    return *known;
  }
  store::Device device;
  device.replica = asked.replica;
  device.unit = from.unit;
  device.signing_key = asked.device_key;
  device.share = from.share;  // Its database has the keys of the one it was copied from.
  return device;
}

}  // namespace

base::Result<base::Bytes> Enrolments::Move(const std::string& certificate,
                                           const protocol::MoveRequest& asked) {
  if (!base::IsUuid(asked.replica) || asked.device_key.size() != kKeyBytes)
    return Fail(ErrorKind::kRefused, "enrol.malformed");
  protocol::MoveAnswer answer;
  const base::Status done = store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(auto from, store_.DeviceByCertificate(certificate));
    if (!from) return Fail(ErrorKind::kRefused, "device.unknown");
    HOSO_TRY(store_.LockUnit(from->unit, base::MakeUuid7(clock_.NowMs(), random_)));
    HOSO_TRY_ASSIGN(from, store_.DeviceByCertificate(certificate));
    if (!from) return Fail(ErrorKind::kRefused, "device.unknown");
    if (from->revoked) return Fail(ErrorKind::kRefused, "device.revoked");
    HOSO_TRY_ASSIGN(store::Device device, RowOf(store_, *from, asked));
    HOSO_TRY_ASSIGN(answer.certificate, IssueDevice(asked.csr, device));
    HOSO_TRY_ASSIGN(const auto info, crypto::ParseCertificate(answer.certificate));
    device.certificate = info.fingerprint_hex;
    HOSO_TRY(store_.SaveDevice(device));
    HOSO_TRY_ASSIGN(const auto officers, store_.OfficersOf(from->replica));
    for (const store::DeviceOfficer& officer : officers)
      HOSO_TRY(store_.SaveDeviceOfficer({device.replica, officer.user, officer.signing_key}));
    Registrations said(store_, authority_.province, authority_.receipt_seed, clock_, random_);
    HOSO_TRY_ASSIGN(answer.registrations, said.All(device));
    return {};
  });
  HOSO_TRY(done);
  return protocol::EncodeMoveAnswer(answer);
}

}  // namespace hoso::server
