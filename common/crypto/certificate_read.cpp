#include "common/crypto/certificate.h"
#include "common/crypto/openssl.h"

namespace hoso::crypto {
namespace {

using base::ErrorKind;

constexpr std::size_t kMaxPem = 64 * 1024;

// OpenSSL's own would ask for a passphrase on the terminal.
int NoPassphrase(char*, int, int, void*) {
  return 0;
}

std::string NameEntry(const X509_NAME* name, int nid) {
  const int index = X509_NAME_get_index_by_NID(name, nid, -1);
  if (index < 0) return {};
  unsigned char* text = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
  if (size < 0) return {};
  std::string entry(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return entry;
}

std::string SerialHex(const X509* cert) {
  const NumberPtr number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(cert), nullptr));
  if (!number) return {};
  Bytes octets(static_cast<std::size_t>(BN_num_bytes(number.get())), '\0');
  BN_bn2bin(number.get(), reinterpret_cast<unsigned char*>(octets.data()));
  return base::ToHex(octets);
}

bool UnixSeconds(const ASN1_TIME* time, std::int64_t& out) {
  const TimePtr epoch(ASN1_TIME_set(nullptr, 0));
  int days = 0;
  int seconds = 0;
  if (!epoch || ASN1_TIME_diff(&days, &seconds, epoch.get(), time) != 1) return false;
  out = std::int64_t{days} * 86400 + seconds;
  return true;
}

base::Result<CertificateInfo> Describe(X509* cert) {
  CertificateInfo info;
  const X509_NAME* subject = X509_get_subject_name(cert);
  info.subject_cn = NameEntry(subject, NID_commonName);
  info.ou = NameEntry(subject, NID_organizationalUnitName);
  info.serial_hex = SerialHex(cert);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int digest_size = 0;
  if (!UnixSeconds(X509_get0_notBefore(cert), info.not_before_s) ||
      !UnixSeconds(X509_get0_notAfter(cert), info.not_after_s) ||
      X509_digest(cert, EVP_sha256(), digest, &digest_size) != 1) {
    return SslFail(ErrorKind::kDamaged, "certificate.damaged");
  }
  info.fingerprint_hex =
      base::ToHex(std::string_view(reinterpret_cast<const char*>(digest), digest_size));
  info.is_ca = X509_check_ca(cert) == 1;
  return info;
}

std::string TrustReason(int code) {
  switch (code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "certificate.expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "certificate.not_yet_valid";
    default:
      return "certificate.not_trusted";
  }
}

}  // namespace

base::Error SslFail(ErrorKind kind, std::string reason) {
  ERR_clear_error();
  return base::Fail(kind, std::move(reason));
}

BioPtr ReadBio(std::string_view pem) {
  if (pem.empty() || pem.size() > kMaxPem) return nullptr;
  return BioPtr(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

base::Result<CertPtr> ReadCert(std::string_view pem) {
  const BioPtr bio = ReadBio(pem);
  CertPtr cert(bio ? PEM_read_bio_X509(bio.get(), nullptr, NoPassphrase, nullptr) : nullptr);
  if (!cert) return SslFail(ErrorKind::kDamaged, "certificate.damaged");
  return cert;
}

base::Result<CsrPtr> ReadCsr(std::string_view pem) {
  const BioPtr bio = ReadBio(pem);
  CsrPtr csr(bio ? PEM_read_bio_X509_REQ(bio.get(), nullptr, NoPassphrase, nullptr) : nullptr);
  if (!csr) return SslFail(ErrorKind::kDamaged, "csr.damaged");
  return csr;
}

base::Result<KeyPtr> ReadKey(const Secret& pem) {
  const BioPtr bio = ReadBio(pem.view());
  KeyPtr key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassphrase, nullptr) : nullptr);
  if (!key) return SslFail(ErrorKind::kDamaged, "key.damaged");
  return key;
}

base::Result<CertificateInfo> ParseCertificate(std::string_view pem) {
  HOSO_TRY_ASSIGN(const CertPtr cert, ReadCert(pem));
  return Describe(cert.get());
}

base::Result<CertificateInfo> ParseCertificateDer(std::string_view der) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const auto* const end = at + der.size();
  const CertPtr cert(der.size() > kMaxPem ? nullptr
                                          : d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (!cert || at != end) return SslFail(ErrorKind::kDamaged, "certificate.damaged");
  return Describe(cert.get());
}

base::Status VerifyIssued(std::string_view cert_pem, std::string_view ca_pem, std::int64_t now_s) {
  HOSO_TRY_ASSIGN(const CertPtr cert, ReadCert(cert_pem));
  HOSO_TRY_ASSIGN(const CertPtr authority, ReadCert(ca_pem));
  if (X509_check_ca(cert.get()) != 0) return SslFail(ErrorKind::kRefused, "certificate.is_ca");
  const StorePtr store(X509_STORE_new());
  const StoreCtxPtr context(X509_STORE_CTX_new());
  if (!store || !context || X509_STORE_add_cert(store.get(), authority.get()) != 1 ||
      X509_STORE_CTX_init(context.get(), store.get(), cert.get(), nullptr) != 1) {
    return SslFail(ErrorKind::kRefused, "certificate.not_trusted");
  }
  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(now_s));
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
  if (X509_verify_cert(context.get()) != 1) {
    return SslFail(ErrorKind::kRefused, TrustReason(X509_STORE_CTX_get_error(context.get())));
  }
  return {};
}

}  // namespace hoso::crypto
