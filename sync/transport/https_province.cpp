#include "sync/transport/https_province.h"

#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/HTTPSClientSession.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/URI.h>

#include <algorithm>
#include <array>
#include <exception>
#include <istream>
#include <mutex>
#include <ostream>
#include <utility>

#include "sync/protocol/memory_source.h"
#include "sync/protocol/registration.h"
#include "sync/transport/net_errors.h"
#include "sync/transport/tcp_line.h"
#include "sync/transport/tls_client.h"
#include "sync/transport/tunnel.h"

namespace hoso::transport {
namespace {

using base::ErrorKind;
using base::Fail;
using Poco::Net::HTTPMessage;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;

constexpr const char* kContentType = "application/vnd.hosoxa";
constexpr std::size_t kSmallBody = protocol::kMaxRegistrationBytes;
constexpr std::size_t kPiece = 64u << 10;
constexpr int kKeepAliveSeconds = 20;  // Shorter than the server's, so that we are the first to go.

class SmallSink : public protocol::ByteSink {
 public:
  base::Status Write(std::string_view bytes) override {
    if (text.size() + bytes.size() > kSmallBody)
      return Fail(ErrorKind::kUnreachable, "net.not_province");
    text.append(bytes);
    return {};
  }
  base::Bytes text;
};

/// "reason\ndetail", as the province refuses.
base::Error Refusal(ErrorKind kind, const std::string& body) {
  const auto end = body.find('\n');
  std::string reason = body.substr(0, end);
  if (reason.empty()) reason = kind == ErrorKind::kBusy ? "province.busy" : "province.refused";
  return Fail(kind, std::move(reason), end == std::string::npos ? "" : body.substr(end + 1));
}

/// Nothing but our own content type is the province: a hotspot's login page answers 200 too.
base::Error StatusError(HTTPResponse::HTTPStatus status, const std::string& body) {
  switch (status) {
    case HTTPResponse::HTTP_FORBIDDEN:
      return Refusal(ErrorKind::kRefused, body);
    case HTTPResponse::HTTP_TOO_MANY_REQUESTS:
    case HTTPResponse::HTTP_SERVICE_UNAVAILABLE:
      return Refusal(ErrorKind::kBusy, body);
    case HTTPResponse::HTTP_REQUEST_ENTITY_TOO_LARGE:
      return Fail(ErrorKind::kRefused, "request.too_long");
    default:
      return Fail(ErrorKind::kUnreachable, "net.province_failed",
                  std::to_string(static_cast<int>(status)));
  }
}

/// Poco's session over a connection that can be cut.
class Session : public Poco::Net::HTTPSClientSession {
 public:
  Session(const Poco::URI& uri, const Options& options, Poco::Net::Context::Ptr context,
          Poco::Net::Session::Ptr ticket)
      : HTTPSClientSession(uri.getHost(), uri.getPort(), context),
        options_(options),
        context_(std::move(context)),
        ticket_(std::move(ticket)) {
    // Else Poco looks for the server's name before it calls connect; perhaps only a proxy knows it.
    setProxyHost("127.0.0.1");
  }

  /// Any thread.
  void Cut() {
    const std::lock_guard hold(changing_);
    if (!tcp_.isNull()) tcp_->Cut();
  }

 protected:
  void connect(const Poco::Net::SocketAddress&) override {
    const Place server{getHost(), getPort()};
    const auto ways = WaysTo(server, options_.proxy, {options_.connect_timeout_s, options_.stop});
    if (!ways) throw LineFailed(ways.error());
    const TcpLine::Ptr fresh = OpenLine(*ways, server, options_).tcp;
    {
      const std::lock_guard hold(changing_);
      tcp_ = fresh;
    }
    if (options_.stop.stop_requested()) throw Poco::TimeoutException("stopped");
    const Poco::Timespan silence(options_.timeout_s, 0);
    Poco::Net::StreamSocket plain = AsSocket(fresh);
    plain.setNoDelay(true);
    auto secure = Poco::Net::SecureStreamSocket::attach(plain, getHost(), context_, ticket_);
    secure.setReceiveTimeout(silence);
    secure.setSendTimeout(silence);
    attachSocket(secure);
  }

 private:
  const Options& options_;
  Poco::Net::Context::Ptr context_;
  Poco::Net::Session::Ptr ticket_;
  std::mutex changing_;
  TcpLine::Ptr tcp_;
};

}  // namespace

struct HttpsProvince::Line {
  std::unique_ptr<TlsClient> tls;
  Poco::Net::Session::Ptr ticket;  // Lets the next connection skip the certificates.
  std::unique_ptr<Session> session;

  /// A failure inside a stream is kept by the session rather than thrown.
  base::Status Failure() const {
    if (session && session->networkException() != nullptr)
      return ToError(*session->networkException());
    return Fail(ErrorKind::kUnreachable, "net.cut");
  }
};

HttpsProvince::HttpsProvince(Options options)
    : options_(std::move(options)), line_(std::make_unique<Line>()) {}

HttpsProvince::~HttpsProvince() = default;

base::Status HttpsProvince::Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) {
  return Run("/v1/exchange", request, answer);
}

base::Result<base::Bytes> HttpsProvince::Enrol(std::string_view request) {
  return Post("/v1/enrol", request);
}

base::Result<std::string> HttpsProvince::Renew(std::string_view csr) {
  return Post("/v1/renew", csr);
}

base::Result<base::Bytes> HttpsProvince::Register(std::string_view registrations) {
  return Post("/v1/register", registrations);
}

base::Result<base::Bytes> HttpsProvince::Post(const std::string& path, std::string_view body) {
  if (body.size() > kSmallBody) return Fail(ErrorKind::kUsage, "request.too_long");
  protocol::MemorySource source(body);
  SmallSink sink;
  HOSO_TRY(Run(path, source, sink));
  return std::move(sink.text);
}

base::Status HttpsProvince::Run(const std::string& path, protocol::ByteSource& request,
                                protocol::ByteSink& answer) {
  base::Status done;
  try {
    done = RunOnce(path, request, answer);
  } catch (const Poco::Exception& thrown) {
    done = ToError(thrown);
  } catch (const std::exception&) {
    done = Fail(ErrorKind::kUnreachable, "net.cut");
  }
  auto refusal = line_->tls ? line_->tls->TakeRefusal() : std::nullopt;
  if (!done && refusal) done = *std::move(refusal);
  const bool line_failed = !done && done.error().kind == ErrorKind::kUnreachable;
  if (line_failed && options_.stop.stop_requested())
    done = Fail(ErrorKind::kUnreachable, "sync.stopped");
  // Half an answer may be left on the line: the next request starts on a new one.
  if (!done) line_->session.reset();
  return done;
}

base::Status HttpsProvince::RunOnce(const std::string& path, protocol::ByteSource& request,
                                    protocol::ByteSink& answer) {
  HOSO_TRY(Connect());
  const std::stop_callback cut(options_.stop, [this] { line_->session->Cut(); });
  HOSO_TRY(SendBody(path, request));
  return TakeAnswer(answer);
}

base::Status HttpsProvince::Connect() {
  if (line_->session) return {};
  const Poco::URI uri(options_.url);
  if (uri.getScheme() != "https" || uri.getHost().empty())
    return Fail(ErrorKind::kUsage, "net.url", options_.url);
  if (!line_->tls) {
    HOSO_TRY_ASSIGN(line_->tls, TlsClient::Make(options_));
  }
  line_->session = std::make_unique<Session>(uri, options_, line_->tls->context(), line_->ticket);
  line_->session->setKeepAlive(true);
  line_->session->setKeepAliveTimeout(Poco::Timespan(kKeepAliveSeconds, 0));
  return {};
}

base::Status HttpsProvince::SendBody(const std::string& path, protocol::ByteSource& request) {
  HTTPRequest head(HTTPRequest::HTTP_POST, path, HTTPMessage::HTTP_1_1);
  head.setContentType(kContentType);
  head.setChunkedTransferEncoding(true);
  std::ostream& out = line_->session->sendRequest(head);
  std::array<char, kPiece> piece;
  for (;;) {
    HOSO_TRY_ASSIGN(const std::size_t count, request.Read(piece.data(), piece.size()));
    if (count == 0) break;
    if (!out.write(piece.data(), static_cast<std::streamsize>(count))) return line_->Failure();
    up_ += static_cast<std::int64_t>(count);
  }
  if (!out.flush()) return line_->Failure();
  return {};
}

base::Status HttpsProvince::TakeAnswer(protocol::ByteSink& answer) {
  HTTPResponse head;
  std::istream& in = line_->session->receiveResponse(head);
  // Tickets come after the handshake, together with the first answer.
  if (!line_->ticket)
    line_->ticket = Poco::Net::SecureStreamSocket(line_->session->socket()).currentSession();
  if (head.getContentType() != kContentType)
    return Fail(ErrorKind::kUnreachable, "net.not_province");

  SmallSink refusal;
  const bool good = head.getStatus() == HTTPResponse::HTTP_OK;
  protocol::ByteSink& sink = good ? answer : refusal;
  std::array<char, kPiece> piece;
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    const auto count = static_cast<std::size_t>(in.gcount());
    down_ += static_cast<std::int64_t>(count);
    if (count > 0) HOSO_TRY(sink.Write({piece.data(), count}));
  }
  if (in.bad() || line_->session->networkException() != nullptr) return line_->Failure();
  if (!good) return StatusError(head.getStatus(), refusal.text);
  return {};
}

}  // namespace hoso::transport
