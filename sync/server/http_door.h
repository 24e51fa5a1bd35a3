#pragma once

#include <Poco/Net/TCPServer.h>

#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "sync/server/http_journal.h"
#include "sync/server/http_pace.h"

namespace hoso::server {

/// Lets connections in before anything is read from them. One address may hold half of the server's
/// threads and comes no more often than some times a second, so that who opens lines without end
/// leaves the other half, and the handshakes, to the others.
class Door : public Poco::Net::TCPServerConnectionFilter {
 public:
  /// `journal` outlives the door.
  Door(const Crowd& limits, Journal& journal) : limits_(limits), journal_(journal) {}
  bool accept(const Poco::Net::StreamSocket& socket) override;

 private:
  using Clock = std::chrono::steady_clock;
  struct Guest {
    poco_socket_t handle;
    std::string peer;  // With its port: who holds the handle now tells whether this one is gone.
  };
  struct Address {
    std::vector<Guest> guests;
    double spent = 0;  // New connections, less what time has given back.
    Clock::time_point since = Clock::now();
  };
  const char* WhyNot(Address& from) const;
  void Forget();

  const Crowd limits_;
  Journal& journal_;
  std::mutex mutex_;
  std::map<std::string, Address> known_;  // Guarded by mutex_.
};

}  // namespace hoso::server
