#include "common/crypto/certificate.h"

#include <algorithm>
#include <utility>

#include "common/crypto/openssl.h"
#include "common/crypto/random.h"

namespace hoso::crypto {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr long kVersion3 = 2;  // X.509 counts from nought.
constexpr std::size_t kSerialSize = 16;

base::Error MakeFailed() {
  return SslFail(ErrorKind::kRefused, "certificate.make");
}
base::Error BadName() {
  return SslFail(ErrorKind::kUsage, "certificate.bad_name");
}

const unsigned char* Octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <class Write>
base::Result<Bytes> ToPem(const BIO_METHOD* method, Write write) {
  const BioPtr bio(BIO_new(method));
  if (!bio || write(bio.get()) != 1) return MakeFailed();
  Bytes pem(BIO_ctrl_pending(bio.get()), '\0');
  if (BIO_read(bio.get(), pem.data(), static_cast<int>(pem.size())) !=
      static_cast<int>(pem.size())) {
    return MakeFailed();
  }
  return pem;
}

base::Result<std::string> CertPem(X509* cert) {
  return ToPem(BIO_s_mem(), [&](BIO* bio) { return PEM_write_bio_X509(bio, cert); });
}

base::Status AddNameEntry(X509_NAME* name, const char* field, std::string_view value) {
  if (value.empty() || value.size() > 256 || !base::IsUtf8(value) ||
      value.find('\0') != std::string_view::npos) {
    return BadName();
  }
  if (X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, Octets(value),
                                 static_cast<int>(value.size()), -1, 0) != 1) {
    return BadName();
  }
  return {};
}

base::Status SetSerial(X509* cert, std::string_view serial_hex) {
  const auto octets = base::FromHex(serial_hex);
  if (!octets || octets->size() != kSerialSize || (octets->front() & 0x80) != 0 ||
      octets->find_first_not_of('\0') == Bytes::npos) {
    return Fail(ErrorKind::kUsage, "certificate.bad_serial");
  }
  const NumberPtr number(BN_bin2bn(Octets(*octets), static_cast<int>(octets->size()), nullptr));
  if (!number || !BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(cert))) {
    return MakeFailed();
  }
  return {};
}

base::Status SetPeriod(X509* cert, std::int64_t from_s, std::int64_t to_s) {
  if (from_s < 0 || to_s <= from_s ||
      !ASN1_TIME_set(X509_getm_notBefore(cert), static_cast<time_t>(from_s)) ||
      !ASN1_TIME_set(X509_getm_notAfter(cert), static_cast<time_t>(to_s))) {
    return SslFail(ErrorKind::kUsage, "certificate.bad_period");
  }
  return {};
}

// Only for values written in this file: the syntax has commands of its own.
base::Status AddExtension(X509* cert, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, cert, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  if (!extension || X509_add_ext(cert, extension.get(), -1) != 1) return MakeFailed();
  return {};
}

bool IsDnsName(std::string_view name) {
  return !name.empty() && name.size() <= 253 && name.front() != '.' && name.back() != '.' &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '.';
         });
}

base::Status PushName(GENERAL_NAMES* names, int type, ASN1_STRING* value) {
  NamePtr name(GENERAL_NAME_new());
  if (!name) {
    ASN1_STRING_free(value);
    return MakeFailed();
  }
  GENERAL_NAME_set0_value(name.get(), type, value);
  if (sk_GENERAL_NAME_push(names, name.get()) <= 0) return MakeFailed();
  name.release();  // The list owns it now.
  return {};
}

base::Status AddServerNames(X509* cert, const IssueParams& params) {
  const NamesPtr names(sk_GENERAL_NAME_new_null());
  if (!names) return MakeFailed();
  for (const std::string& dns_name : params.dns_names) {
    if (!IsDnsName(dns_name)) return BadName();
    std::unique_ptr<ASN1_STRING, FreeWith<ASN1_STRING_free>> value(ASN1_IA5STRING_new());
    if (!value ||
        ASN1_STRING_set(value.get(), dns_name.data(), static_cast<int>(dns_name.size())) != 1) {
      return MakeFailed();
    }
    HOSO_TRY(PushName(names.get(), GEN_DNS, value.release()));
  }
  for (const std::string& ip_address : params.ip_addresses) {
    if (ip_address.find('\0') != std::string::npos) return BadName();
    IpPtr value(a2i_IPADDRESS(ip_address.c_str()));
    if (!value) return BadName();
    HOSO_TRY(PushName(names.get(), GEN_IPADD, value.release()));
  }
  if (X509_add1_ext_i2d(cert, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) != 1) {
    return MakeFailed();
  }
  return {};
}

bool IsP256(EVP_PKEY* key) {
  char group[64] = {};
  std::size_t size = 0;
  return EVP_PKEY_is_a(key, "EC") == 1 &&
         EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
         std::string_view(group, size) == SN_X9_62_prime256v1;
}

base::Status CheckAuthority(X509* authority, EVP_PKEY* key) {
  if (X509_check_ca(authority) != 1) return SslFail(ErrorKind::kRefused, "ca.not_ca");
  if (X509_check_private_key(authority, key) != 1) {
    return SslFail(ErrorKind::kRefused, "ca.wrong_key");
  }
  return {};
}

base::Status AddLeafExtensions(X509* cert, X509* authority, const IssueParams& params) {
  const bool is_server = params.usage == CertificateUsage::kServer;
  HOSO_TRY(AddExtension(cert, authority, NID_basic_constraints, "critical,CA:FALSE"));
  HOSO_TRY(AddExtension(cert, authority, NID_key_usage, "critical,digitalSignature"));
  HOSO_TRY(
      AddExtension(cert, authority, NID_ext_key_usage, is_server ? "serverAuth" : "clientAuth"));
  HOSO_TRY(AddExtension(cert, authority, NID_subject_key_identifier, "hash"));
  HOSO_TRY(AddExtension(cert, authority, NID_authority_key_identifier, "keyid:always"));
  if (is_server) HOSO_TRY(AddServerNames(cert, params));
  return {};
}

base::Result<std::string> Issue(EVP_PKEY* subject_key, std::string_view ca_pem,
                                const Secret& ca_key_pem, const IssueParams& params) {
  if (params.usage == CertificateUsage::kServer && params.dns_names.empty() &&
      params.ip_addresses.empty()) {
    return Fail(ErrorKind::kUsage, "certificate.no_names");
  }
  HOSO_TRY_ASSIGN(const CertPtr authority, ReadCert(ca_pem));
  HOSO_TRY_ASSIGN(const KeyPtr ca_key, ReadKey(ca_key_pem));
  HOSO_TRY(CheckAuthority(authority.get(), ca_key.get()));
  const CertPtr cert(X509_new());
  if (!cert || X509_set_version(cert.get(), kVersion3) != 1) return MakeFailed();
  X509_NAME* subject = X509_get_subject_name(cert.get());
  HOSO_TRY(AddNameEntry(subject, "CN", params.common_name));
  if (!params.organizational_unit.empty()) {
    HOSO_TRY(AddNameEntry(subject, "OU", params.organizational_unit));
  }
  HOSO_TRY(SetSerial(cert.get(), params.serial_hex));
  HOSO_TRY(SetPeriod(cert.get(), params.not_before_s, params.not_after_s));
  if (X509_set_issuer_name(cert.get(), X509_get_subject_name(authority.get())) != 1 ||
      X509_set_pubkey(cert.get(), subject_key) != 1) {
    return MakeFailed();
  }
  HOSO_TRY(AddLeafExtensions(cert.get(), authority.get(), params));
  if (X509_sign(cert.get(), ca_key.get(), EVP_sha256()) <= 0) return MakeFailed();
  return CertPem(cert.get());
}

}  // namespace

base::Result<Secret> MakeKeyPem() {
  const KeyPtr key(EVP_EC_gen("P-256"));
  if (!key) return MakeFailed();
  HOSO_TRY_ASSIGN(Bytes pem, ToPem(BIO_s_secmem(), [&](BIO* bio) {
                    return PEM_write_bio_PKCS8PrivateKey(bio, key.get(), nullptr, nullptr, 0,
                                                         nullptr, nullptr);
                  }));
  return Secret(std::move(pem));
}

std::string MakeSerialHex(base::Random& random) {
  Bytes octets = RandomBytes(random, kSerialSize);
  // The sign bit off, and a first octet other than nought keeps the length fixed.
  octets.front() = static_cast<char>((octets.front() & 0x3F) | 0x40);
  return base::ToHex(octets);
}

base::Result<std::string> MakeCa(const Secret& key_pem, const CaParams& params) {
  HOSO_TRY_ASSIGN(const KeyPtr key, ReadKey(key_pem));
  const CertPtr cert(X509_new());
  if (!cert || X509_set_version(cert.get(), kVersion3) != 1) return MakeFailed();
  X509_NAME* name = X509_get_subject_name(cert.get());
  HOSO_TRY(AddNameEntry(name, "CN", params.common_name));
  HOSO_TRY(SetSerial(cert.get(), params.serial_hex));
  HOSO_TRY(SetPeriod(cert.get(), params.valid_from_s,
                     params.valid_from_s + std::int64_t{params.valid_days} * 86400));
  if (X509_set_issuer_name(cert.get(), name) != 1 || X509_set_pubkey(cert.get(), key.get()) != 1) {
    return MakeFailed();
  }
  X509* own = cert.get();
  HOSO_TRY(AddExtension(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0"));
  HOSO_TRY(AddExtension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign"));
  HOSO_TRY(AddExtension(own, own, NID_subject_key_identifier, "hash"));
  HOSO_TRY(AddExtension(own, own, NID_authority_key_identifier, "keyid:always"));
  if (X509_sign(own, key.get(), EVP_sha256()) <= 0) return MakeFailed();
  return CertPem(own);
}

base::Result<std::string> MakeCsr(const Secret& key_pem, std::string_view common_name) {
  HOSO_TRY_ASSIGN(const KeyPtr key, ReadKey(key_pem));
  const CsrPtr csr(X509_REQ_new());
  if (!csr || X509_REQ_set_version(csr.get(), 0) != 1) return MakeFailed();
  HOSO_TRY(AddNameEntry(X509_REQ_get_subject_name(csr.get()), "CN", common_name));
  if (X509_REQ_set_pubkey(csr.get(), key.get()) != 1 ||
      X509_REQ_sign(csr.get(), key.get(), EVP_sha256()) <= 0) {
    return MakeFailed();
  }
  return ToPem(BIO_s_mem(), [&](BIO* bio) { return PEM_write_bio_X509_REQ(bio, csr.get()); });
}

base::Result<std::string> IssueFromCsr(std::string_view csr_pem, std::string_view ca_pem,
                                       const Secret& ca_key_pem, const IssueParams& params) {
  HOSO_TRY_ASSIGN(const CsrPtr csr, ReadCsr(csr_pem));
  EVP_PKEY* subject_key = X509_REQ_get0_pubkey(csr.get());
  if (subject_key == nullptr) return SslFail(ErrorKind::kDamaged, "csr.damaged");
  if (!IsP256(subject_key)) return SslFail(ErrorKind::kRefused, "csr.wrong_key");
  if (X509_REQ_verify(csr.get(), subject_key) != 1) {
    return SslFail(ErrorKind::kRefused, "csr.bad_signature");
  }
  return Issue(subject_key, ca_pem, ca_key_pem, params);
}

base::Result<std::string> IssueForKey(const Secret& subject_key_pem, std::string_view ca_pem,
                                      const Secret& ca_key_pem, const IssueParams& params) {
  HOSO_TRY_ASSIGN(const KeyPtr subject_key, ReadKey(subject_key_pem));
  if (!IsP256(subject_key.get())) return SslFail(ErrorKind::kRefused, "csr.wrong_key");
  return Issue(subject_key.get(), ca_pem, ca_key_pem, params);
}

}  // namespace hoso::crypto
