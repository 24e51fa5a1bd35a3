#include "tests/integration/forged.h"

#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <ctime>

namespace hoso {
namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(SSL* line) const { SSL_free(line); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<BIO> Over(const std::string& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}
Owned<X509> ToCertificate(const std::string& pem) {
  return Owned<X509>(PEM_read_bio_X509(Over(pem).get(), nullptr, nullptr, nullptr));
}
Owned<EVP_PKEY> ToKey(const std::string& pem) {
  return Owned<EVP_PKEY>(PEM_read_bio_PrivateKey(Over(pem).get(), nullptr, nullptr, nullptr));
}

template <class Write>
std::string Pem(const Write& write) {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  EXPECT_EQ(write(bio.get()), 1);
  std::string pem(BIO_ctrl_pending(bio.get()), '\0');
  BIO_read(bio.get(), pem.data(), static_cast<int>(pem.size()));
  return pem;
}

Owned<EVP_PKEY> MakeKey(const std::string& group) {
  if (group.starts_with("RSA"))
    return Owned<EVP_PKEY>(
        EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::size_t{std::stoul(group.substr(3))}));
  return Owned<EVP_PKEY>(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", group.c_str()));
}

// Its type's name is a macro of Windows' own headers.
void AddName(auto* name, const char* field, const std::string& value) {
  if (value.empty()) return;
  X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(value.data()),
                             static_cast<int>(value.size()), -1, 0);
}

void AddExtension(X509* certificate, int nid, const std::string& value) {
  if (value.empty()) return;
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  ASSERT_NE(extension, nullptr) << value;
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void AddUnknown(X509* certificate) {
  ASN1_OBJECT* object = OBJ_txt2obj("1.3.6.1.4.1.99999.1", 1);
  ASN1_OCTET_STRING* octets = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(octets, reinterpret_cast<const unsigned char*>("x"), 1);
  X509_EXTENSION* extension = X509_EXTENSION_create_by_OBJ(nullptr, object, 1, octets);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  ASN1_OCTET_STRING_free(octets);
  ASN1_OBJECT_free(object);
}

void SetTime(ASN1_TIME* time, std::int64_t from_now_s) {
  constexpr std::int64_t kDay = 86'400;
  X509_time_adj_ex(time, static_cast<int>(from_now_s / kDay), static_cast<long>(from_now_s % kDay),
                   nullptr);
}

void Fill(X509* certificate, const Forgery& f) {
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set_int64(X509_get_serialNumber(certificate), 77);
  SetTime(X509_getm_notBefore(certificate), f.from_s);
  SetTime(X509_getm_notAfter(certificate), f.to_s);
  AddName(X509_get_subject_name(certificate), "CN", f.name);
  AddName(X509_get_subject_name(certificate), "OU", f.unit);
  AddExtension(certificate, NID_basic_constraints, f.basic);
  AddExtension(certificate, NID_key_usage, f.usage);
  AddExtension(certificate, NID_ext_key_usage, f.extended);
  AddExtension(certificate, NID_subject_alt_name, f.dns);
  if (f.unknown) AddUnknown(certificate);
}

void SetIssuer(X509* certificate, const Shown* issuer, const std::string& name) {
  if (issuer != nullptr) {
    const auto above = ToCertificate(issuer->certificate);
    X509_set_issuer_name(certificate, X509_get_subject_name(above.get()));
  } else if (!name.empty()) {
    AddName(X509_get_issuer_name(certificate), "CN", name);
  } else {
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  }
}

void BreakSignature(X509* certificate) {
  const ASN1_BIT_STRING* signature = nullptr;
  X509_get0_signature(&signature, nullptr, certificate);
  signature->data[signature->length - 1] ^= 1;
}

}  // namespace

Shown Forge(const Forgery& forgery, const Shown* issuer, const std::string& issuer_name) {
  const auto key = MakeKey(forgery.group);
  const auto by = issuer != nullptr ? ToKey(issuer->key) : Owned<EVP_PKEY>();
  const Owned<X509> certificate(X509_new());
  Fill(certificate.get(), forgery);
  SetIssuer(certificate.get(), issuer, issuer_name);
  X509_set_pubkey(certificate.get(), key.get());
  const EVP_MD* digest = EVP_get_digestbyname(forgery.digest.c_str());
  EXPECT_GT(X509_sign(certificate.get(), by ? by.get() : key.get(), digest), 0);
  if (forgery.broken) BreakSignature(certificate.get());
  return {Pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); }),
          Pem([&](BIO* bio) {
            return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

std::string NameOf(const std::string& certificate) {
  char name[128] = {};
  X509_NAME_get_text_by_NID(X509_get_subject_name(ToCertificate(certificate).get()), NID_commonName,
                            name, sizeof name);
  return name;
}

LyingTls MakeLyingTls(const SSL_METHOD* method, const Shown& shown, int max_version) {
  LyingTls tls(SSL_CTX_new(method), &SSL_CTX_free);
  SSL_CTX_set_security_level(tls.get(), 0);
  SSL_CTX_set_min_proto_version(tls.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(tls.get(), max_version);
  SSL_CTX_set_cipher_list(tls.get(), "ALL:@SECLEVEL=0");
  if (shown.certificate.empty()) return tls;
  EXPECT_EQ(SSL_CTX_use_certificate(tls.get(), ToCertificate(shown.certificate).get()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey(tls.get(), ToKey(shown.key).get()), 1);
  for (const std::string& further : shown.chain)
    SSL_CTX_add1_chain_cert(tls.get(), ToCertificate(further).get());
  return tls;
}

Heard Speak(SSL_CTX* tls, int socket, const std::string& asked, bool accept) {
  const Owned<SSL> line(SSL_new(tls));
  SSL_set_fd(line.get(), socket);
  Heard heard;
  heard.shook = (accept ? SSL_accept(line.get()) : SSL_connect(line.get())) == 1;
  if (!heard.shook) return heard;
  if (!asked.empty()) SSL_write(line.get(), asked.data(), static_cast<int>(asked.size()));
  char piece[4096];
  for (int got = 0; (got = SSL_read(line.get(), piece, sizeof piece)) > 0;)
    heard.octets.append(piece, static_cast<std::size_t>(got));
  return heard;
}

}  // namespace hoso
