#include "sync/server/http_server.h"

#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/ThreadPool.h>

#include <chrono>
#include <optional>

#include "sync/server/http_door.h"
#include "sync/server/http_handler.h"
#include "sync/server/http_shared.h"
#include "sync/server/http_tls.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;
using Poco::Net::HTTPServer;
using Poco::Net::HTTPServerParams;

// A thread for every kept connection: an idle desk holds one until kKeepAliveSeconds are over.
constexpr int kThreads = 256;
constexpr int kQueued = 64;
constexpr int kKeepAliveSeconds = 30;
constexpr std::size_t kConnections = 16;  // To the database; PostgreSQL allows 100 by default.
constexpr std::chrono::seconds kStopWait{5};

HTTPServerParams::Ptr Params(int threads, const Pace& pace) {
  HTTPServerParams::Ptr params = new HTTPServerParams;
  params->setMaxThreads(threads);
  params->setMaxQueued(kQueued);
  params->setKeepAlive(true);
  params->setKeepAliveTimeout(Poco::Timespan(kKeepAliveSeconds, 0));
  params->setTimeout(Poco::Timespan(pace.patience_s, 0));
  params->setSoftwareVersion("HoSoXa");
  return params;
}

/// A port left by a server that was killed may be taken again; one that is in use may not be
/// shared, as Poco would have it: two provinces would answer by turns.
void Listen(Poco::Net::ServerSocket& socket, const std::string& address) {
  socket.bind(Poco::Net::SocketAddress(address), true, false);
  socket.listen(kQueued);
}

}  // namespace

struct HttpServer::Impl {
  Impl(const Authority& the_authority, const base::Clock& the_clock, base::Random& the_random)
      : authority(the_authority), clock(the_clock), random(the_random) {}

  const Authority& authority;
  const base::Clock& clock;
  base::Random& random;
  std::optional<HttpShared> shared;
  Poco::ThreadPool threads{4, kThreads};
  Poco::ThreadPool health_threads{1, 4};
  std::unique_ptr<HTTPServer> server, health;
};

HttpServer::HttpServer(const Authority& authority, const base::Clock& clock, base::Random& random)
    : impl_(std::make_unique<Impl>(authority, clock, random)) {}

HttpServer::~HttpServer() {
  Stop();
}

base::Status HttpServer::Start(const Options& options) {
  HOSO_TRY_ASSIGN(const ServerIdentity identity,
                  IssueServer(impl_->authority, impl_->clock, impl_->random));
  HOSO_TRY_ASSIGN(const Poco::Net::Context::Ptr context,
                  ServerContext(impl_->authority.ca_certificate, identity));
  HttpShared& shared = impl_->shared.emplace(impl_->authority, impl_->clock, impl_->random,
                                             kConnections, options.turns, options.journal);
  KeepPace(context->sslContext(), options.pace, shared.journal);
  // Better now than at the first desk.
  HOSO_TRY(shared.Lend([](auto&, const auto&) -> base::Status { return {}; }));
  try {
    Poco::Net::SecureServerSocket socket(context);
    Listen(socket, options.listen);
    impl_->server = std::make_unique<HTTPServer>(ApiHandlers(shared), impl_->threads, socket,
                                                 Params(kThreads, options.pace));
    impl_->server->setConnectionFilter(new Door(options.crowd, shared.journal));
    if (!options.health.empty()) {
      if (!Poco::Net::SocketAddress(options.health).host().isLoopback())
        return Fail(ErrorKind::kUsage, "health.not_local", options.health);
      Poco::Net::ServerSocket plain;
      Listen(plain, options.health);
      impl_->health = std::make_unique<HTTPServer>(HealthHandlers(shared), impl_->health_threads,
                                                   plain, Params(4, options.pace));
    }
    impl_->server->start();
    if (impl_->health) impl_->health->start();
  } catch (const Poco::Net::DNSException& thrown) {
    return Fail(ErrorKind::kUsage, "listen.address", thrown.displayText());
  } catch (const Poco::IOException& thrown) {
    return Fail(ErrorKind::kBusy, "listen.failed", thrown.displayText());
  } catch (const Poco::Exception& thrown) {
    return Fail(ErrorKind::kUsage, "listen.address", thrown.displayText());
  }
  return {};
}

void HttpServer::Stop() {
  if (!impl_->server) return;
  try {
    impl_->server->stop();
    impl_->shared->turns.Stop();
    impl_->shared->running.WaitForNone(kStopWait);
    impl_->server->stopAll(true);
    if (impl_->health) impl_->health->stopAll(true);
    impl_->threads.joinAll();
    impl_->health_threads.joinAll();
  } catch (const Poco::Exception&) {
    // Going down anyway: every write is a transaction.
  }
  impl_->server.reset();
  impl_->health.reset();
}

std::uint16_t HttpServer::port() const {
  return impl_->server ? impl_->server->port() : 0;
}

std::uint16_t HttpServer::health_port() const {
  return impl_->health ? impl_->health->port() : 0;
}

std::int64_t HttpServer::octets_taken() const {
  return impl_->shared ? impl_->shared->octets_taken.load() : 0;
}

}  // namespace hoso::server
