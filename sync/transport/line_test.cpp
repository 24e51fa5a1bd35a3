#include "sync/transport/line_test.h"

#include <Poco/DateTimeFormat.h>
#include <Poco/DateTimeParser.h>
#include <Poco/Exception.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/URI.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <cstdlib>
#include <exception>
#include <memory>
#include <sstream>

#include "sync/transport/net_errors.h"
#include "sync/transport/tcp_line.h"
#include "sync/transport/tls_client.h"
#include "sync/transport/tunnel.h"

namespace hoso::transport {
namespace {

using base::ErrorKind;
using base::Fail;
using engine::LineFacts;
using engine::LineStep;

constexpr std::size_t kLongestHead = 16u << 10;

struct Free {
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};

base::Error LineError(const char* reason) {
  return Fail(ErrorKind::kUnreachable, reason);
}

class LineTest {
 public:
  LineTest(const Options& options, const base::Clock& clock) : options_(options), clock_(clock) {}

  LineFacts Run() {
    static constexpr base::Status (LineTest::*kSteps[])() = {
        &LineTest::FindName, &LineTest::ReachPort, &LineTest::ShakeHands,
        &LineTest::CheckCertificate, &LineTest::CompareClocks};
    static_assert(std::size(kSteps) == engine::kLineSteps);
    for (int i = 0; i < engine::kLineSteps; ++i) {
      const base::Status done = Try(kSteps[i]);
      if (done) continue;
      facts_.failed = static_cast<LineStep>(i);
      facts_.reason = options_.stop.stop_requested() ? "sync.stopped" : done.error().reason;
      break;
    }
    return facts_;
  }

 private:
  base::Status Try(base::Status (LineTest::*step)()) {
    try {
      return (this->*step)();
    } catch (const Poco::Exception& thrown) {
      return ToError(thrown);
    } catch (const std::exception&) {
      return LineError("net.cut");
    }
  }

  base::Status FindName() {
    const Poco::URI uri(options_.url);
    if (uri.getScheme() != "https" || uri.getHost().empty()) return LineError("net.url");
    server_ = {uri.getHost(), uri.getPort()};
    facts_.server = server_.Text();
    if (options_.proxy.mode == ProxyChoice::Mode::kManual) facts_.proxy = options_.proxy.address;
    HOSO_TRY_ASSIGN(ways_,
                    WaysTo(server_, options_.proxy, {options_.connect_timeout_s, options_.stop}));
    const Way& first = ways_.front();
    if (!first.direct()) facts_.proxy = first.proxy.Text();
    const Place& place = first.direct() ? server_ : first.proxy;
    try {
      Poco::Net::SocketAddress(place.host, place.port);
    } catch (const Poco::Exception&) {
      if (ways_.size() == 1)
        return LineError(first.direct() ? "net.no_route" : "net.proxy_unreachable");
    }
    return {};
  }

  base::Status ReachPort() {
    const OpenedLine opened = OpenLine(ways_, server_, options_);
    tcp_ = opened.tcp;
    facts_.proxy = opened.way.direct() ? "" : opened.way.proxy.Text();
    return {};
  }

  base::Status ShakeHands() {
    HOSO_TRY_ASSIGN(tls_, TlsClient::Make(options_));
    ssl_.reset(SSL_new(tls_->context()->sslContext()));
    if (!ssl_) return LineError("net.cut");
    // As the exchange does, or a box in between might show another certificate.
    SSL_set_tlsext_host_name(ssl_.get(), server_.host.c_str());
    // Whoever is there is looked at below; nothing is asked of a stranger.
    SSL_set_verify(ssl_.get(), SSL_VERIFY_NONE, nullptr);
    SSL_set_fd(ssl_.get(), static_cast<int>(tcp_->sockfd()));
    ERR_clear_error();
    return TlsStatus(SSL_connect(ssl_.get()));
  }

  base::Status CheckCertificate() {
    const auto refusal = tls_->TakeRefusal();
    if (!refusal && SSL_get_verify_result(ssl_.get()) == X509_V_OK) return AskHarmlessly();
    facts_.stranger = tls_->voucher();
    return refusal ? *refusal : LineError("tls.untrusted");
  }

  /// Whether the province takes our certificate, TLS 1.3 tells only with its first answer.
  base::Status AskHarmlessly() {
    const std::string asked =
        "GET / HTTP/1.1\r\nHost: " + facts_.server + "\r\nConnection: close\r\n\r\n";
    ERR_clear_error();
    HOSO_TRY(TlsStatus(SSL_write(ssl_.get(), asked.data(), static_cast<int>(asked.size()))));
    std::array<char, 4096> piece;
    while (told_.find("\r\n\r\n") == std::string::npos && told_.size() < kLongestHead) {
      const int count = SSL_read(ssl_.get(), piece.data(), static_cast<int>(piece.size()));
      HOSO_TRY(TlsStatus(count));
      told_.append(piece.data(), static_cast<std::size_t>(count));
    }
    return {};
  }

  base::Status CompareClocks() {
    std::istringstream text(told_);
    Poco::Net::HTTPResponse head;
    head.read(text);
    int zone = 0;
    const Poco::DateTime there =
        Poco::DateTimeParser::parse(Poco::DateTimeFormat::HTTP_FORMAT, head.get("Date"), zone);
    facts_.clock_ahead_s = clock_.NowMs() / 1000 - there.timestamp().epochTime();
    if (std::llabs(facts_.clock_ahead_s) > engine::kClockLimitS) return LineError("clock.off");
    return {};
  }

  base::Status TlsStatus(int result) const {
    if (result > 0) return {};
    const int kind = SSL_get_error(ssl_.get(), result);
    if (kind == SSL_ERROR_WANT_READ || kind == SSL_ERROR_WANT_WRITE)
      return LineError("net.timeout");
    const unsigned long code = ERR_get_error();
    if (code == 0) return LineError("net.cut");
    std::array<char, 256> text;
    ERR_error_string_n(code, text.data(), text.size());
    return LineError(TlsReason(text.data()));
  }

  const Options& options_;
  const base::Clock& clock_;
  LineFacts facts_;
  Place server_;
  std::vector<Way> ways_;
  TcpLine::Ptr tcp_;
  std::unique_ptr<TlsClient> tls_;
  std::unique_ptr<SSL, Free> ssl_;
  std::string told_;
};

}  // namespace

LineFacts TestLine(const Options& options, const base::Clock& clock) {
  return LineTest(options, clock).Run();
}

}  // namespace hoso::transport
