#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "common/crypto/secret.h"
#include "sync/engine/province.h"
#include "sync/transport/proxy.h"

namespace hoso::transport {

struct Options {
  std::string url;     ///< https://host:port
  std::string ca_pem;  ///< The authority that is trusted.
  std::string certificate_pem;
  crypto::Secret key_pem;     ///< Stays in memory.
  std::string expected_name;  ///< "province-<code>": what the server must be, wherever it is.
  int connect_timeout_s = 15;
  int timeout_s = 60;         ///< Longest silence of the line in the middle of a request.
  std::stop_token stop = {};  ///< Asked: a request ends at once, but for the search of a name.
  ProxyChoice proxy = {};     ///< The way there.
  std::string ca_file = {};   ///< PEM: the only other authorities that are trusted; "" for none.
};

/// The province over HTTPS: TLS 1.3 only, our own authority only, one kept connection.
/// Use it from one thread at a time; the counters may be read from any.
///
/// Failures of the line are kUnreachable with "net.no_route", "net.refused", "net.timeout",
/// "net.cut", "net.altered" (either end could not read what came), "net.not_province", those of a
/// proxy on the way (proxy.h, tunnel.h), those of a server that proved nothing to us
/// (tls_client.h), "tls.old", "tls.refused" (it did not accept us) or "sync.stopped".
class HttpsProvince : public engine::Province {
 public:
  explicit HttpsProvince(Options options);
  ~HttpsProvince() override;

  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override;
  base::Result<base::Bytes> Enrol(std::string_view request) override;
  base::Result<std::string> Renew(std::string_view csr) override;
  base::Result<base::Bytes> Register(std::string_view registrations) override;

  std::int64_t BytesUp() const { return up_; }      ///< Of request bodies, since it was made.
  std::int64_t BytesDown() const { return down_; }  ///< Of answer bodies.

 private:
  struct Line;
  base::Result<base::Bytes> Post(const std::string& path, std::string_view body);
  base::Status Run(const std::string& path, protocol::ByteSource& request,
                   protocol::ByteSink& answer);
  base::Status RunOnce(const std::string& path, protocol::ByteSource& request,
                       protocol::ByteSink& answer);
  base::Status Connect();
  base::Status SendBody(const std::string& path, protocol::ByteSource& request);
  base::Status TakeAnswer(protocol::ByteSink& answer);

  Options options_;
  std::unique_ptr<Line> line_;
  std::atomic<std::int64_t> up_{0};
  std::atomic<std::int64_t> down_{0};
};

}  // namespace hoso::transport
