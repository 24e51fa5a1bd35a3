#pragma once

// Whole, before what brings Windows' own headers: their macros take some of its names.
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/integration/tls_fixture.h"

namespace hoso {

/// A certificate and its key, PEM.
struct Shown {
  std::string certificate, key;
  std::vector<std::string> chain = {};  // Further certificates sent along.
};

/// What a forged certificate says. As it stands, it is what the province gives a desk.
struct Forgery {
  std::string name = "0192a000-0000-7000-8000-000000000001", unit = "06994";
  std::int64_t from_s = -3600, to_s = 3600;  // From now.
  std::string usage = "critical,digitalSignature", extended = "clientAuth", dns = {};
  std::string basic = "critical,CA:FALSE";
  std::string group = "P-256";  // Or "RSA" and the bits.
  std::string digest = "SHA256";
  bool broken = false;   // An octet of the signature is another.
  bool unknown = false;  // Has a critical extension that nobody knows.
};

/// Signed by `issuer`; by itself when that is null, then under `issuer_name` if there is one.
Shown Forge(const Forgery& forgery, const Shown* issuer, const std::string& issuer_name = "");
/// The subject's common name of a certificate.
std::string NameOf(const std::string& certificate);

/// OpenSSL with nothing checked and everything allowed: one side of a handshake that lies.
using LyingTls = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;
LyingTls MakeLyingTls(const SSL_METHOD* method, const Shown& shown, int max_version);

/// Octets off a line until it ends, and whether the handshake was done before.
struct Heard {
  bool shook = false;
  std::string octets;
};
/// Speaks `asked` on a connected socket as a client or, with `accept`, listens as a server.
Heard Speak(SSL_CTX* tls, int socket, const std::string& asked, bool accept);

}  // namespace hoso
