#pragma once

#include <Poco/AutoPtr.h>
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/StreamSocketImpl.h>

#include <mutex>
#include <stop_token>

namespace hoso::transport {

/// A TCP connection that another thread may end while this one waits on it.
class TcpLine : public Poco::Net::StreamSocketImpl {
 public:
  using Ptr = Poco::AutoPtr<TcpLine>;

  /// Throws what Poco's connect would, and TimeoutException soon after `stop` is asked.
  void Reach(const Poco::Net::SocketAddress& address, const Poco::Timespan& limit,
             const std::stop_token& stop);
  /// Any thread: whoever waits for octets on it gets none any more.
  void Cut() noexcept;
  void close() override;

 private:
  std::mutex closing_;  // A closed number may already be another file's.
};

/// The line as Poco's classes take it; the implementation is shared.
Poco::Net::StreamSocket AsSocket(TcpLine::Ptr line);

}  // namespace hoso::transport
