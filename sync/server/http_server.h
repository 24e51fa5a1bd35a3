#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "sync/server/authority.h"
#include "sync/server/http_journal.h"
#include "sync/server/http_pace.h"
#include "sync/server/http_turns.h"

namespace hoso::server {

/// The province's HTTPS door: TLS 1.3, client certificates of its own authority only. All state is
/// in the database, so any number of these may stand in front of one.
class HttpServer {
 public:
  struct Options {
    std::string listen;  ///< "127.0.0.1:8443"; port 0: any free one.
    std::string health;  ///< Same, plain HTTP, this machine's own address only; empty: none.
    Pace pace = {};
    Turns::Limits turns = {};
    Crowd crowd = {};
    Journal::Print journal = {};  ///< Takes a line for each refusal; empty: nobody is told.
  };

  /// The references outlive the server; `random` must be usable from many threads at once.
  HttpServer(const Authority& authority, const base::Clock& clock, base::Random& random);
  ~HttpServer();

  /// kBusy "listen.failed" when the address is taken, kUsage "listen.address" when it is none,
  /// kUsage "health.not_local" when others could ask for the health.
  base::Status Start(const Options& options);
  /// Accepts nothing new, gives running requests up to five seconds, then closes.
  void Stop();

  std::uint16_t port() const;
  std::uint16_t health_port() const;
  /// Octets of requests that were read to be understood: what is refused before costs none.
  std::int64_t octets_taken() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hoso::server
