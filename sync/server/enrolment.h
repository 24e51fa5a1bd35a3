#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/crypto/certificate.h"
#include "common/crypto/secret.h"
#include "common/store/province_store.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/move.h"

namespace hoso::server {

/// The province's own keys, made once by `init` and kept in its data folder.
struct Authority {
  std::string province;
  std::string ca_certificate;   // PEM
  crypto::Secret ca_key;        // PEM
  crypto::Secret receipt_seed;  // Ed25519
  base::Bytes recovery_public;  // X25519; the secret half is kept by the province, off line.
  std::string address;          // Database address.
  bool has_ledger = false;      // Since it was made: one that is missing has been taken away.
};

/// Who may become a desk, and how desks get and renew certificates. Needs no socket.
class Enrolments {
 public:
  Enrolments(store::ProvinceStore& store, const Authority& authority, const base::Clock& clock,
             base::Random& random);

  /// A file for one user: bootstrap certificate of 72 hours, single use, bound to user and unit.
  base::Result<protocol::EnrolmentFile> MakeFile(const std::string& user,
                                                 const std::string& server_url);
  /// Answers a desk that came with a bootstrap certificate. A repeat by the same desk (the answer
  /// was lost) is told the same; a second desk is refused: "enrol.used"; late: "enrol.expired".
  base::Result<base::Bytes> Enrol(const std::string& certificate, std::string_view request);
  /// A new certificate for the device that holds `certificate`. The old one works until the new
  /// one is first used.
  /// With a MoveRequest instead of a request for a certificate: a replica of its own, and a
  /// MoveAnswer, see there.
  base::Result<std::string> Renew(const std::string& certificate, std::string_view csr);
  /// A desk that renewed its certificate after the backup was made that this database came from:
  /// no row names it, but this authority issued it, between that backup and its being put back.
  base::Status KnowAgain(const crypto::CertificateInfo& shown);

 private:
  base::Result<base::Bytes> Move(const std::string& certificate,
                                 const protocol::MoveRequest& asked);
  /// A certificate for that desk.
  base::Result<std::string> IssueDevice(std::string_view csr, const store::Device& device);

  store::ProvinceStore& store_;
  const Authority& authority_;
  const base::Clock& clock_;
  base::Random& random_;
};

/// Meta of a database that was put back: when the backup was made, in milliseconds as text.
inline constexpr const char* kRestoredFromMeta = "restored_from_ms";

inline constexpr int kDeviceCertificateDays = 90;
inline constexpr int kEnrolmentHours = 72;

}  // namespace hoso::server
