#pragma once

#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/crypto/certificate.h"
#include "common/crypto/secret.h"
#include "common/store/province_store.h"
#include "sync/protocol/registration.h"

namespace hoso::server {

/// What the province has said of who works at which desk. Every desk holds what concerns it,
/// signed, and a province that was put back from before it was said takes it back: the desk, its
/// officers' keys, and officers whom nobody knows any more. No row of these is ever removed, so
/// what was signed and isn't there has been lost. What is there stays as it is: revoked, disabled,
/// moved. Needs no socket.
class Registrations {
 public:
  Registrations(store::ProvinceStore& store, std::string province,
                const crypto::Secret& receipt_seed, const base::Clock& clock, base::Random& random);

  /// Answers a desk that says what it holds (EncodeRegistrations, may be none): all of what there
  /// is about it now. `shown` is the certificate of its line, which TLS has checked. kRefused
  /// "device.unknown" when nothing of what it holds is ours and about it, or another certificate
  /// is in force and something has come with it; "device.revoked"; kDamaged "message.malformed".
  base::Result<base::Bytes> Exchange(const crypto::CertificateInfo& shown,
                                     std::string_view request);
  /// All of what there is about this desk (EncodeRegistrations). Inside the caller's transaction.
  base::Result<base::Bytes> All(const store::Device& device);

 private:
  bool IsOurs(const protocol::Registration& said, const crypto::CertificateInfo& shown) const;
  base::Result<store::Device> DeviceOf(const crypto::CertificateInfo& shown,
                                       const std::vector<protocol::Registration>& said);
  base::Status TakeBack(const store::Device& device,
                        const std::vector<protocol::Registration>& said);
  crypto::Secret ShareKey() const;

  store::ProvinceStore& store_;
  const std::string province_;
  const crypto::Secret& receipt_seed_;
  const base::Clock& clock_;
  base::Random& random_;
};

}  // namespace hoso::server
