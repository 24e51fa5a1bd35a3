#include "sync/server/http_tls.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <memory>
#include <string_view>

namespace hoso::server {
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

bool Load(SSL_CTX* tls, const std::string& ca_pem, const ServerIdentity& identity) {
  const auto ca = Certificate(ca_pem);
  const auto own = Certificate(identity.certificate);
  const Owned<EVP_PKEY> key(PEM_read_bio_PrivateKey(Over(identity.key.view()).get(), nullptr,
                                                    nullptr, const_cast<char*>("")));
  return ca && own && key && X509_STORE_add_cert(SSL_CTX_get_cert_store(tls), ca.get()) == 1 &&
         SSL_CTX_add_client_CA(tls, ca.get()) == 1 &&
         SSL_CTX_use_certificate(tls, own.get()) == 1 &&
         SSL_CTX_use_PrivateKey(tls, key.get()) == 1 && SSL_CTX_check_private_key(tls) == 1;
}

}  // namespace

base::Result<Poco::Net::Context::Ptr> ServerContext(const std::string& ca_pem,
                                                    const ServerIdentity& identity) {
  using Poco::Net::Context;
  Context::Params params;
  params.verificationMode = Context::VERIFY_STRICT;
  params.loadDefaultCAs = false;
  params.cipherList = "HIGH";
  Context::Ptr context = new Context(Context::TLS_SERVER_USE, params);
  context->requireMinimumProtocol(Context::PROTO_TLSV1_3);
  context->enableExtendedCertificateVerification(false);
  context->enableSessionCache(true, "hosoxa");

  SSL_CTX* tls = context->sslContext();
  SSL_CTX_set_security_level(tls, 2);  // No key or signature weaker than 112 bits.
  SSL_CTX_set_verify_depth(tls, 0);    // Our authority signs desks itself, and nobody between.
  SSL_CTX_set_options(tls, SSL_OP_NO_TICKET);  // Sessions stay in our memory, not in tickets.
  SSL_CTX_set_verify(tls, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  if (!Load(tls, ca_pem, identity)) return base::Fail(base::ErrorKind::kDamaged, "tls.certificate");
  return context;
}

}  // namespace hoso::server
