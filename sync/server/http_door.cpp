#include "sync/server/http_door.h"

#include <algorithm>
#include <utility>

namespace hoso::server {
namespace {

constexpr std::size_t kManyAddresses = 1024;

/// Who is at the other end of a handle, if it is still a connection.
std::string PeerOf(poco_socket_t handle) {
  sockaddr_storage address{};
  poco_socklen_t size = sizeof address;
  if (::getpeername(handle, reinterpret_cast<sockaddr*>(&address), &size) != 0) return "";
  return Poco::Net::SocketAddress(reinterpret_cast<const sockaddr*>(&address), size).toString();
}

}  // namespace

bool Door::accept(const Poco::Net::StreamSocket& socket) {
  const poco_socket_t handle = socket.impl()->sockfd();
  const std::string peer = PeerOf(handle);
  if (peer.empty()) return false;  // Gone already.
  const std::lock_guard lock(mutex_);
  if (known_.size() > kManyAddresses) Forget();
  Address& from = known_[peer.substr(0, peer.rfind(':'))];
  if (const char* reason = WhyNot(from)) {
    journal_.Refused("connection", reason);
    return false;
  }
  ++from.spent;
  from.guests.push_back({handle, peer});
  return true;
}

const char* Door::WhyNot(Address& from) const {
  const auto now = Clock::now();
  const std::chrono::duration<double> passed = now - std::exchange(from.since, now);
  from.spent = std::max(0.0, from.spent - passed.count() * limits_.per_second);
  if (from.spent + 1 > limits_.burst) return "address.too_often";
  if (from.guests.size() >= limits_.open)  // Only now: a look at each costs a call.
    std::erase_if(from.guests,
                  [](const Guest& guest) { return PeerOf(guest.handle) != guest.peer; });
  return from.guests.size() >= limits_.open ? "address.too_many" : nullptr;
}

void Door::Forget() {
  for (auto it = known_.begin(); it != known_.end();) {
    std::erase_if(it->second.guests,
                  [](const Guest& guest) { return PeerOf(guest.handle) != guest.peer; });
    it = it->second.guests.empty() ? known_.erase(it) : std::next(it);
  }
}

}  // namespace hoso::server
