#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/ids.h"
#include "common/crypto/secret.h"

// X.509 certificates (RFC 5280) on P-256 keys, signed with ECDSA and SHA-256. All certificates,
// requests and keys are PEM text (RFC 7468), at most 64 KiB. Times are unix seconds; leaving room
// for clocks that disagree is the caller's part.
//
// Errors of every function here, where they apply: kDamaged "key.damaged", "csr.damaged",
// "certificate.damaged" (not readable); kUsage "certificate.bad_name" (empty, over 64 characters,
// not UTF-8, or no DNS name or IP address), "certificate.bad_period", "certificate.bad_serial";
// kRefused "certificate.make" (OpenSSL would not).

namespace hoso::crypto {

/// A fresh unencrypted PKCS #8 private key; the operating system's generator.
base::Result<Secret> MakeKeyPem();

/// A positive serial of 16 random octets, 32 lower-case hex digits.
std::string MakeSerialHex(base::Random& random);

struct CaParams {
  std::string common_name;
  std::string serial_hex;  ///< From MakeSerialHex.
  std::int64_t valid_from_s = 0;
  int valid_days = 0;
};
/// A self-signed authority: CA:TRUE, path length 0, signs certificates and revocation lists only.
base::Result<std::string> MakeCa(const Secret& key_pem, const CaParams& params);

/// A PKCS #10 request (RFC 2986).
base::Result<std::string> MakeCsr(const Secret& key_pem, std::string_view common_name);

enum class CertificateUsage { kServer, kClient };

/// The subject is what the issuer says here, whatever the request asked for.
struct IssueParams {
  std::string common_name;
  std::string organizational_unit;  ///< May be empty.
  CertificateUsage usage = CertificateUsage::kClient;
  std::vector<std::string> dns_names;     ///< kServer needs at least one DNS name or IP address,
  std::vector<std::string> ip_addresses;  ///< else kUsage "certificate.no_names".
  std::string serial_hex;                 ///< From MakeSerialHex.
  std::int64_t not_before_s = 0;
  std::int64_t not_after_s = 0;
};
/// kRefused "csr.bad_signature" if the request is not signed by its own key, "csr.wrong_key" if
/// that is not P-256, "ca.wrong_key" if `ca_key_pem` is not the authority's, "ca.not_ca".
base::Result<std::string> IssueFromCsr(std::string_view csr_pem, std::string_view ca_pem,
                                       const Secret& ca_key_pem, const IssueParams& params);
/// The same for a key we hold ourselves.
base::Result<std::string> IssueForKey(const Secret& subject_key_pem, std::string_view ca_pem,
                                      const Secret& ca_key_pem, const IssueParams& params);

struct CertificateInfo {
  std::string subject_cn;  ///< UTF-8; empty if absent.
  std::string ou;          ///< UTF-8; empty if absent.
  std::string serial_hex;  ///< Lower case, whole octets.
  std::int64_t not_before_s = 0;
  std::int64_t not_after_s = 0;
  std::string fingerprint_hex;  ///< SHA-256 of the DER form, lower case.
  bool is_ca = false;
};
/// Reads the first certificate of the text; checks no signature.
base::Result<CertificateInfo> ParseCertificate(std::string_view pem);
/// The same for the DER form, as a TLS library hands it over.
base::Result<CertificateInfo> ParseCertificateDer(std::string_view der);

/// Holds if `ca_pem` itself issued this leaf and both are valid at `now_s`. kRefused
/// "certificate.not_trusted", "certificate.expired", "certificate.not_yet_valid" or
/// "certificate.is_ca". Knows no revocation list.
base::Status VerifyIssued(std::string_view cert_pem, std::string_view ca_pem, std::int64_t now_s);

}  // namespace hoso::crypto
