#include "sync/transport/tls_client.h"

#include <Poco/URI.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

#include "common/base/bytes.h"

namespace hoso::transport {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kLongestCaFile = 64u << 10;
constexpr int kMostAuthorities = 4;
constexpr std::size_t kLongestVoucher = 64;  // Letters.

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(unsigned char* text) const { OPENSSL_free(text); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<BIO> Over(std::string_view text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Owned<X509> NextCertificate(BIO* pem) {
  return Owned<X509>(PEM_read_bio_X509(pem, nullptr, nullptr, const_cast<char*>("")));
}

bool Trust(SSL_CTX* tls, X509* authority) {
  return X509_check_ca(authority) == 1 &&
         X509_STORE_add_cert(SSL_CTX_get_cert_store(tls), authority) == 1;
}

bool TrustAll(SSL_CTX* tls, const std::string& pem) {
  const auto text = Over(pem);
  int count = 0;
  while (const auto authority = NextCertificate(text.get()))
    if (++count > kMostAuthorities || !Trust(tls, authority.get())) return false;
  // What ends it must be the end, not a certificate that is broken.
  const auto why = ERR_GET_REASON(ERR_peek_last_error());
  ERR_clear_error();
  return count > 0 && why == PEM_R_NO_START_LINE;
}

bool Load(SSL_CTX* tls, const Options& options) {
  const auto ca = NextCertificate(Over(options.ca_pem).get());
  const auto own = NextCertificate(Over(options.certificate_pem).get());
  const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(Over(options.key_pem.view()).get(), nullptr,
                                                    nullptr, const_cast<char*>("")));
  return ca && own && key && X509_STORE_add_cert(SSL_CTX_get_cert_store(tls), ca.get()) == 1 &&
         SSL_CTX_use_certificate(tls, own.get()) == 1 &&
         SSL_CTX_use_PrivateKey(tls, key.get()) == 1 && SSL_CTX_check_private_key(tls) == 1;
}

/// Nothing that could steer a terminal, turn the line around or hide in it.
bool MayBeShown(unsigned long letter) {
  const bool control = letter < 0x20 || (letter >= 0x7F && letter < 0xA0);
  const bool steers = (letter >= 0x200B && letter <= 0x200F) ||
                      (letter >= 0x2028 && letter <= 0x202E) ||
                      (letter >= 0x2060 && letter <= 0x206F) || letter == 0xFEFF || letter == 0xAD;
  return !control && !steers;
}

std::string Cleaned(std::string_view utf8) {
  std::string clean;
  for (std::size_t letters = 0; !utf8.empty() && letters < kLongestVoucher; ++letters) {
    unsigned long letter = 0;
    const int size = UTF8_getc(reinterpret_cast<const unsigned char*>(utf8.data()),
                               static_cast<int>(utf8.size()), &letter);
    if (size <= 0) break;
    if (MayBeShown(letter)) clean.append(utf8.substr(0, static_cast<std::size_t>(size)));
    utf8.remove_prefix(static_cast<std::size_t>(size));
  }
  return clean;
}

std::string Part(const X509_NAME* name, int part) {
  const int at = X509_NAME_get_index_by_NID(name, part, -1);
  if (at < 0) return "";
  unsigned char* utf8 = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  const Owned<unsigned char> owned(utf8);
  if (size <= 0) return "";
  return Cleaned({reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size)});
}

bool SaysToBe(X509* shown, const std::string& name) {
  return X509_check_host(shown, name.data(), name.size(), 0, nullptr) == 1 ||
         X509_check_ip_asc(shown, name.c_str(), 0) == 1;
}

}  // namespace

TlsClient::TlsClient(const Options& options) : expected_name_(options.expected_name) {
  const Poco::URI uri(options.url);
  host_ = uri.getHost();
  server_ = host_ + ":" + std::to_string(uri.getPort());
}

base::Result<std::unique_ptr<TlsClient>> TlsClient::Make(const Options& options) {
  std::string more;
  if (!options.ca_file.empty()) {
    auto file = base::ReadFile(options.ca_file, kLongestCaFile);
    if (!file) return Fail(ErrorKind::kDamaged, "ca.file", options.ca_file);
    more = *std::move(file);
  }
  std::unique_ptr<TlsClient> client(new TlsClient(options));
  if (!client->Configure(options)) return Fail(ErrorKind::kDamaged, "tls.certificate");
  if (!options.ca_file.empty() && !TrustAll(client->context_->sslContext(), more))
    return Fail(ErrorKind::kDamaged, "ca.file", options.ca_file);
  return client;
}

bool TlsClient::Configure(const Options& options) {
  using Poco::Net::Context;
  Context::Params params;
  params.verificationMode = Context::VERIFY_STRICT;
  params.loadDefaultCAs = false;
  params.cipherList = "HIGH";
  context_ = new Context(Context::TLS_CLIENT_USE, params);
  context_->requireMinimumProtocol(Context::PROTO_TLSV1_3);
  // The name is the province's, not the address's: OpenSSL checks it below, Poco must not.
  context_->enableExtendedCertificateVerification(false);
  context_->enableSessionCache(true);

  SSL_CTX* tls = context_->sslContext();
  SSL_CTX_set_security_level(tls, 2);  // No key or signature weaker than 112 bits.
  SSL_CTX_set_verify_depth(tls, 0);    // The province's authority signs its servers itself.
  SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_cert_verify_callback(tls, Verify, this);
  // The name stands where names of servers stand, and in full.
  X509_VERIFY_PARAM_set_hostflags(
      SSL_CTX_get0_param(tls), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_WILDCARDS);
  return !expected_name_.empty() &&
         X509_VERIFY_PARAM_set1_host(SSL_CTX_get0_param(tls), expected_name_.c_str(), 0) == 1 &&
         Load(tls, options);
}

int TlsClient::Verify(X509_STORE_CTX* chain, void* self) {
  auto* client = static_cast<TlsClient*>(self);
  client->refusal_.reset();
  client->voucher_.clear();
  const int verdict = X509_verify_cert(chain);
  if (verdict > 0) return verdict;
  const char* reason = client->WhyNot(chain);
  const std::string& voucher = client->voucher_;
  client->refusal_ = Fail(ErrorKind::kUnreachable, reason,
                          voucher + (voucher.empty() ? "" : ", ") + client->server_);
  return verdict;
}

const char* TlsClient::WhyNot(X509_STORE_CTX* chain) {
  X509* shown = X509_STORE_CTX_get0_cert(chain);
  const X509_NAME* issuer = X509_get_issuer_name(shown);
  voucher_ = Part(issuer, NID_organizationName);
  if (voucher_.empty()) voucher_ = Part(issuer, NID_commonName);
  switch (X509_STORE_CTX_get_error(chain)) {
    case X509_V_ERR_HOSTNAME_MISMATCH:
      return "tls.other_name";
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "tls.dates";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:     // Others sign through authorities in between.
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:  // Of one with the same name.
      break;
    default:
      return "tls.untrusted";
  }
  if (Part(issuer, NID_commonName).starts_with("HoSoXa province-")) return "tls.other_authority";
  if (SaysToBe(shown, host_) || SaysToBe(shown, expected_name_)) return "tls.inspected";
  return "tls.portal";
}

}  // namespace hoso::transport
