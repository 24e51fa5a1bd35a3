#include "sync/transport/net_errors.h"

#include <Poco/Net/NetException.h>
#include <Poco/Net/SSLException.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace hoso::transport {
namespace {

bool Mentions(const std::string& text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words)
    if (text.find(word) != std::string::npos) return true;
  return false;
}

}  // namespace

const char* TlsReason(const std::string& text) {
  // What ASN.1 complains of is a certificate whose signature is another's.
  if (Mentions(text, {"certificate verify failed", "no peer cert", "Unacceptable certificate",
                      "asn1 encoding routines"}))
    return "tls.untrusted";
  if (Mentions(text, {"alert protocol version", "unsupported protocol"})) return "tls.old";
  // Alerts by which a server refuses whom it sees; any other says that it could not read what came.
  if (Mentions(text, {"alert"}))
    return Mentions(text, {"certificate", "unknown ca", "access denied"}) ? "tls.refused"
                                                                          : "net.altered";
  if (Mentions(text, {"bad record mac", "digest check failed", "data length too long"}))
    return "net.altered";
  if (Mentions(text, {"wrong version number", "packet length too long", "http request",
                      "record layer failure"}))
    return "net.not_province";
  return "net.cut";
}

namespace {

const char* ReasonOf(const Poco::Exception& thrown) {
  using namespace Poco::Net;
  const std::string text = thrown.displayText();
  if (dynamic_cast<const CertificateValidationException*>(&thrown)) return "tls.untrusted";
  // Later versions call every failed handshake a closed connection: only the words tell.
  if (dynamic_cast<const SSLException*>(&thrown)) return TlsReason(text);
  if (dynamic_cast<const DNSException*>(&thrown)) return "net.no_route";
  if (dynamic_cast<const ConnectionRefusedException*>(&thrown)) return "net.refused";
  if (dynamic_cast<const Poco::TimeoutException*>(&thrown)) return "net.timeout";
  if (Mentions(text, {"unreachable", "No route", "network is down", "Host is down"}))
    return "net.no_route";
  return "net.cut";
}

}  // namespace

base::Error ToError(const Poco::Exception& thrown) {
  if (const auto* ours = dynamic_cast<const LineFailed*>(&thrown)) return ours->error();
  return base::Fail(base::ErrorKind::kUnreachable, ReasonOf(thrown), thrown.displayText());
}

}  // namespace hoso::transport
