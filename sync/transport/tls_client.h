#pragma once

#include <Poco/Net/Context.h>
#include <openssl/x509_vfy.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "sync/transport/https_province.h"

namespace hoso::transport {

/// TLS 1.3 for one desk: trusts only the options' authorities, shows their certificate, accepts
/// only a server whose certificate names `expected_name`, at whatever address. For one thread; it
/// must outlive what is made of its context.
class TlsClient {
 public:
  /// kDamaged "tls.certificate" if the PEM texts are not what they should be, "ca.file" if the file
  /// of further authorities is not there, holds none, too many, or what is no authority.
  static base::Result<std::unique_ptr<TlsClient>> Make(const Options& options);

  const Poco::Net::Context::Ptr& context() const { return context_; }

  /// Why the other end of the last handshake was not taken for the province, if it was not; asked
  /// once. The detail is who vouches for it there and where that was, "Hộp Chặn, tinh.vn:443".
  ///   tls.other_name       our authority's, but another's name: not this province's server
  ///   tls.dates            ours, but by this clock not yet or no longer
  ///   tls.other_authority  of a HoSoXa authority that we don't trust: another province or a new
  ///   one tls.inspected        says to be our server, but somebody else vouches: a box that reads
  ///   along tls.portal           names another place: a log-in page, or whoever answers for it
  ///   tls.untrusted        anything else
  std::optional<base::Error> TakeRefusal() { return std::exchange(refusal_, std::nullopt); }
  const std::string& voucher() const { return voucher_; }  ///< Of the last refusal.

 private:
  explicit TlsClient(const Options& options);
  bool Configure(const Options& options);
  static int Verify(X509_STORE_CTX* chain, void* self);
  const char* WhyNot(X509_STORE_CTX* chain);

  std::string host_, server_, expected_name_;
  Poco::Net::Context::Ptr context_;
  std::optional<base::Error> refusal_;
  std::string voucher_;
};

}  // namespace hoso::transport
