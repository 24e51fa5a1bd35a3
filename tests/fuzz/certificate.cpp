// Certificates and requests for them, as they come in enrolment files and from desks.
#include "common/crypto/certificate.h"
#include "common/crypto/random.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

struct Authority {
  crypto::Secret key = crypto::MakeKeyPem().value();
  std::string certificate = crypto::MakeCa(key, {"CA", std::string(32, '1'), 0, 9999}).value();
};

}  // namespace

void Try(std::string_view octets) {
  static const Authority authority;
  if (const auto info = crypto::ParseCertificate(octets))
    HOSO_CHECK(info->fingerprint_hex.size() == 64);
  if (const auto info = crypto::ParseCertificateDer(octets))
    HOSO_CHECK(info->fingerprint_hex.size() == 64);
  HOSO_CHECK(!crypto::VerifyIssued(octets, authority.certificate, 1000).has_value());
  crypto::IssueParams params;
  params.common_name = "r";
  params.serial_hex = std::string(32, '2');
  params.not_after_s = 5000;
  const auto issued = crypto::IssueFromCsr(octets, authority.certificate, authority.key, params);
  if (issued) HOSO_CHECK(crypto::VerifyIssued(*issued, authority.certificate, 1000).has_value());
}

}  // namespace hoso::fuzz
