#include "sync/transport/tls_client.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string_view>

namespace hoso::transport {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<BIO> Over(std::string_view text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Owned<X509> Certificate(std::string_view pem) {
  return Owned<X509>(PEM_read_bio_X509(Over(pem).get(), nullptr, nullptr, nullptr));
}

bool Load(SSL_CTX* tls, const std::string& ca_pem, const std::string& certificate_pem,
          const crypto::Secret& key_pem) {
  const auto ca = Certificate(ca_pem);
  const auto own = Certificate(certificate_pem);
  const Owned<EVP_PKEY> key(
      PEM_read_bio_PrivateKey(Over(key_pem.view()).get(), nullptr, nullptr, const_cast<char*>("")));
  return ca && own && key && X509_STORE_add_cert(SSL_CTX_get_cert_store(tls), ca.get()) == 1 &&
         SSL_CTX_use_certificate(tls, own.get()) == 1 &&
         SSL_CTX_use_PrivateKey(tls, key.get()) == 1 && SSL_CTX_check_private_key(tls) == 1;
}

}  // namespace

base::Result<Poco::Net::Context::Ptr> ClientContext(const std::string& ca_pem,
                                                    const std::string& certificate_pem,
                                                    const crypto::Secret& key_pem,
                                                    const std::string& expected_name) {
  using Poco::Net::Context;
  Context::Params params;
  params.verificationMode = Context::VERIFY_STRICT;
  params.loadDefaultCAs = false;
  params.cipherList = "HIGH";
  Context::Ptr context = new Context(Context::TLS_CLIENT_USE, params);
  context->requireMinimumProtocol(Context::PROTO_TLSV1_3);
  // The name is the province's, not the address's: OpenSSL checks it below, Poco must not.
  context->enableExtendedCertificateVerification(false);
  context->enableSessionCache(true);

  SSL_CTX* tls = context->sslContext();
  SSL_CTX_set_security_level(tls, 2);  // No key or signature weaker than 112 bits.
  SSL_CTX_set_verify_depth(tls, 0);    // The province's authority signs its servers itself.
  SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  // The name stands where names of servers stand, and in full.
  X509_VERIFY_PARAM_set_hostflags(
      SSL_CTX_get0_param(tls), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_WILDCARDS);
  if (expected_name.empty() ||
      X509_VERIFY_PARAM_set1_host(SSL_CTX_get0_param(tls), expected_name.c_str(), 0) != 1 ||
      !Load(tls, ca_pem, certificate_pem, key_pem))
    return base::Fail(base::ErrorKind::kDamaged, "tls.certificate");
  return context;
}

}  // namespace hoso::transport
