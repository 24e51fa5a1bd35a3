#include "sync/transport/tunnel.h"

#include <Poco/Net/HTTPBasicCredentials.h>
#include <Poco/Net/HTTPDigestCredentials.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/String.h>
#include <Poco/Timestamp.h>
#include <Poco/URI.h>

#include <array>
#include <optional>
#include <sstream>

#include "sync/transport/net_errors.h"

namespace hoso::transport {
namespace {

using base::ErrorKind;
using base::Fail;
using Poco::Net::HTTPRequest;
using Poco::Net::HTTPResponse;

constexpr std::size_t kLongestHead = 16u << 10;
constexpr Poco::Timespan::TimeDiff kSliceUs = 100'000;

TcpLine::Ptr Reach(const Place& place, const Patience& patience) {
  TcpLine::Ptr line(new TcpLine);
  const Poco::Timespan limit(patience.seconds, 0);
  line->Reach(Poco::Net::SocketAddress(place.host, place.port), limit, patience.stop);
  line->setReceiveTimeout(limit);
  line->setSendTimeout(limit);
  return line;
}

/// What comes up to the empty line and with it; "" if it does not come whole.
std::string ReadHead(TcpLine& line, const Patience& patience) {
  const Poco::Timestamp begun;
  const Poco::Timespan limit(patience.seconds, 0);
  std::string head;
  std::array<char, 4096> piece;
  while (head.size() < kLongestHead) {
    if (patience.stop.stop_requested() || begun.isElapsed(limit.totalMicroseconds()))
      throw Poco::TimeoutException("silent");
    if (!line.poll(Poco::Timespan(kSliceUs), Poco::Net::SocketImpl::SELECT_READ)) continue;
    const int count = line.receiveBytes(piece.data(), static_cast<int>(piece.size()));
    if (count <= 0) return "";
    head.append(piece.data(), static_cast<std::size_t>(count));
    if (head.find("\r\n\r\n") != std::string::npos) return head;
  }
  return "";
}

/// True if nothing came after the head.
bool Ask(TcpLine& line, const HTTPRequest& request, const Patience& patience, HTTPResponse& told) {
  std::ostringstream text;
  request.write(text);
  const std::string octets = text.str();
  line.sendBytes(octets.data(), static_cast<int>(octets.size()));
  std::istringstream head(ReadHead(line, patience));
  told.read(head);
  return head.peek() == std::istringstream::traits_type::eof();
}

/// False if it asks for what we can't give, or we have nothing to give.
bool AddCredentials(HTTPRequest& request, const HTTPResponse& told, const ProxyChoice& choice) {
  if (choice.mode != ProxyChoice::Mode::kManual || choice.user.empty()) return false;
  const std::string password(choice.password.view());
  std::optional<std::string> digest;
  bool basic = false;
  for (const auto& [name, value] : told) {
    if (Poco::icompare(name, "Proxy-Authenticate") != 0) continue;
    if (Poco::icompare(value, 0, 7, "Digest ") == 0 && !digest) digest = value.substr(7);
    basic = basic || Poco::icompare(value, 0, 5, "Basic") == 0;
  }
  try {
    if (digest) {
      Poco::Net::HTTPDigestCredentials(choice.user, password)
          .proxyAuthenticate(request, Poco::Net::HTTPAuthenticationParams(*digest));
      return true;
    }
  } catch (const Poco::Exception&) {  // A kind of digest that Poco does not know.
  }
  if (basic) Poco::Net::HTTPBasicCredentials(choice.user, password).proxyAuthenticate(request);
  return basic;
}

LineFailed ProxyFailed(const char* reason, const Place& proxy, const std::string& more = "") {
  return LineFailed(Fail(ErrorKind::kUnreachable, reason, proxy.Text() + more));
}

TcpLine::Ptr Tunnel(const Place& proxy, const Place& server, const Options& options) {
  const Patience patience{options.connect_timeout_s, options.stop};
  HTTPRequest request(HTTPRequest::HTTP_CONNECT, server.Text(), HTTPRequest::HTTP_1_1);
  request.set("Host", server.Text());
  for (const bool second : {false, true}) {
    TcpLine::Ptr line = Reach(proxy, patience);
    HTTPResponse told;
    bool bare = false;
    try {
      bare = Ask(*line, request, patience, told);
    } catch (const Poco::TimeoutException&) {
      throw;
    } catch (const Poco::Exception&) {  // Cut, or no HTTP, or too much of it.
      throw ProxyFailed("net.proxy_refused", proxy);
    }
    const int status = told.getStatus();
    // The province never speaks first: what follows at once is not its.
    if (status == HTTPResponse::HTTP_OK && bare) return line;
    if (status != HTTPResponse::HTTP_PROXY_AUTHENTICATION_REQUIRED)
      throw ProxyFailed("net.proxy_refused", proxy, ", " + std::to_string(status));
    if (second || !AddCredentials(request, told, options.proxy)) break;
  }
  throw ProxyFailed("net.proxy_auth", proxy);
}

}  // namespace

OpenedLine OpenLine(const std::vector<Way>& ways, const Place& server, const Options& options) {
  const Patience patience{options.connect_timeout_s, options.stop};
  std::optional<base::Error> first;
  for (const Way& way : ways) {
    try {
      return {way.direct() ? Reach(server, patience) : Tunnel(way.proxy, server, options), way};
    } catch (const LineFailed& failed) {
      if (!first) first = failed.error();
    } catch (const Poco::Exception& thrown) {
      if (!first)
        first = way.direct() ? ToError(thrown)
                             : ProxyFailed("net.proxy_unreachable", way.proxy).error();
    }
    if (options.stop.stop_requested()) break;
  }
  throw LineFailed(*first);
}

bool AnswersWell(const std::string& url, const Patience& patience) {
  try {
    const Poco::URI uri(url);
    if (uri.getScheme() != "http") return false;
    TcpLine::Ptr line = Reach({uri.getHost(), uri.getPort()}, patience);
    HTTPRequest request(HTTPRequest::HTTP_GET, uri.getPathEtc(), HTTPRequest::HTTP_1_0);
    if (request.getURI().empty()) request.setURI("/");
    request.setHost(uri.getHost(), uri.getPort());
    HTTPResponse told;
    Ask(*line, request, patience, told);
    return told.getStatus() == HTTPResponse::HTTP_OK;
  } catch (const Poco::Exception&) {
    return false;
  }
}

}  // namespace hoso::transport
