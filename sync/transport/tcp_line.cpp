#include "sync/transport/tcp_line.h"

#include <Poco/Exception.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Timestamp.h>

#ifdef _WIN32
#include <windows.h>
#endif

namespace hoso::transport {
namespace {

constexpr Poco::Timespan::TimeDiff kSliceUs = 100'000;

/// Poco lets only its heirs make a socket from an implementation.
class SocketOver : public Poco::Net::StreamSocket {
 public:
  explicit SocketOver(TcpLine* line) : StreamSocket(line) {}
};

/// Elsewhere a thread that waits for octets hears of the shutdown by itself.
void WakeWhoWaitsOn([[maybe_unused]] poco_socket_t socket) {
#ifdef _WIN32
  CancelIoEx(reinterpret_cast<HANDLE>(socket), nullptr);
#endif
}

}  // namespace

void TcpLine::Reach(const Poco::Net::SocketAddress& address, const Poco::Timespan& limit,
                    const std::stop_token& stop) {
  const Poco::Timestamp begun;
  connectNB(address);
  while (!poll(Poco::Timespan(kSliceUs), SELECT_WRITE | SELECT_ERROR))
    if (stop.stop_requested() || begun.isElapsed(limit.totalMicroseconds()))
      throw Poco::TimeoutException("connect timed out", address.toString());
  if (const int code = socketError(); code != 0) error(code, address.toString());
  if (stop.stop_requested()) throw Poco::TimeoutException("stopped", address.toString());
  setBlocking(true);
}

void TcpLine::Cut() noexcept {
  const std::lock_guard hold(closing_);
  try {
    if (!initialized()) return;
    shutdown();
    WakeWhoWaitsOn(sockfd());
  } catch (const Poco::Exception&) {
    // It was not connected yet: Reach looks at the stop itself.
  }
}

void TcpLine::close() {
  const std::lock_guard hold(closing_);
  StreamSocketImpl::close();
}

Poco::Net::StreamSocket AsSocket(TcpLine::Ptr line) {
  line->duplicate();  // The socket takes over one count.
  return SocketOver(line.get());
}

}  // namespace hoso::transport
