#include "tests/support/wan.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <string>
#include <utility>

namespace hoso::testing {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kPiece = 1400, kMostWaiting = 64 * 1024, kMostReplayed = 64 * 1024;
constexpr std::size_t kReplaysOpen = 4;
constexpr milliseconds kSentAgain{200};

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

int ConnectTo(int port) {
  const int end = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = Loopback(port);
  if (::connect(end, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return end;
  ::close(end);
  return -1;
}

/// Octets on their way in one direction.
struct Direction {
  struct Piece {
    Clock::time_point due;
    std::string octets;
  };
  std::deque<Piece> pieces;
  std::size_t waiting = 0;
  Clock::time_point free{};  // When the line can take the next piece.
  bool ended = false;        // Its source said all it had to say,
  bool told = false;         // and the other end was told.
};

}  // namespace

struct Wan::Link {
  std::array<int, 2> ends{-1, -1};  // The desk, the server.
  std::array<Direction, 2> from;    // From each of them.
  std::size_t passed = 0;
  std::string said;  // By the desk, the beginning of it.
  bool dead = false;

  ~Link() {
    for (const int end : ends)
      if (end >= 0) ::close(end);
  }

  bool Listens(std::size_t i) const { return !from[i].ended && from[i].waiting < kMostWaiting; }

  /// What the line does to a piece.
  struct Luck {
    bool lost, repeated;
    std::optional<std::size_t> altered;  // The bit.
  };
  /// Octets of one end set out.
  void Take(std::size_t i, Clock::time_point now, const Weather& weather, const Luck& luck) {
    std::string octets(kPiece, '\0');
    const ssize_t got = ::read(ends[i], octets.data(), octets.size());
    Direction& way = from[i];
    if (got <= 0) {
      way.ended = true;
      return;
    }
    octets.resize(static_cast<std::size_t>(got));
    if (i == 0 && said.size() < kMostReplayed) said += octets;
    constexpr std::size_t kBits = 8;
    if (luck.altered)
      octets[*luck.altered / kBits % octets.size()] ^=
          static_cast<char>(1u << *luck.altered % kBits);
    if (luck.repeated) octets += octets;
    way.free = std::max(way.free, now);
    if (weather.octets_per_s > 0)
      way.free += std::chrono::microseconds(got * 1'000'000 / weather.octets_per_s);
    if (luck.lost) way.free += kSentAgain;
    way.waiting += octets.size();
    way.pieces.push_back({way.free + milliseconds(weather.delay_ms), std::move(octets)});
  }

  /// Those that are due arrive; how many octets that were.
  std::size_t Give(std::size_t i, Clock::time_point now, const Weather& weather) {
    Direction& way = from[i];
    const std::size_t before = passed;
    while (!dead && !way.pieces.empty() && way.pieces.front().due <= now) {
      const std::string& octets = way.pieces.front().octets;
      const std::size_t limit = weather.cut_after.value_or(SIZE_MAX);
      const std::size_t left = limit - std::min(limit, passed);
      const std::size_t most = std::min(octets.size(), left);
      const ssize_t sent = ::send(ends[1 - i], octets.data(), most, MSG_NOSIGNAL);
      passed += most;
      dead = sent != static_cast<ssize_t>(octets.size());
      way.waiting -= octets.size();
      way.pieces.pop_front();
    }
    if (way.ended && way.pieces.empty() && !way.told) {
      way.told = true;
      ::shutdown(ends[1 - i], SHUT_WR);
    }
    return passed - before;
  }
};

Wan::Wan(std::uint64_t seed) : random_(seed) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      ::pipe(wake_) != 0)
    std::abort();
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { Run(); });
}

Wan::~Wan() {
  over_ = true;
  (void)!::write(wake_[1], "x", 1);
  thread_.join();
  links_.clear();
  for (const int end : replayed_) ::close(end);
  for (const int end : {listener_, wake_[0], wake_[1]}) ::close(end);
}

void Wan::SetServer(int port) {
  const std::lock_guard lock(mutex_);
  server_ = port;
}

void Wan::SetWeather(const Weather& weather) {
  {
    const std::lock_guard lock(mutex_);
    weather_ = weather;
  }
  (void)!::write(wake_[1], "x", 1);
}

void Wan::AfterOctets(std::size_t octets, std::function<void()> what) {
  const std::lock_guard lock(mutex_);
  left_ = octets;
  what_ = std::move(what);
}

void Wan::Forget() {
  const std::lock_guard calling(calling_);
  const std::lock_guard lock(mutex_);
  what_ = nullptr;
}

void Wan::Passed(std::size_t octets) {
  const std::lock_guard calling(calling_);
  std::function<void()> now;
  {
    const std::lock_guard lock(mutex_);
    if (!what_) return;
    if (left_ > octets) {
      left_ -= octets;
      return;
    }
    now = std::exchange(what_, nullptr);
  }
  if (now) now();
}

void Wan::Accept() {
  const int desk = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (desk < 0) return;
  int server = 0;
  bool down = false;
  {
    const std::lock_guard lock(mutex_);
    server = server_;
    down = weather_.down;
  }
  auto link = std::make_unique<Link>();
  link->ends[0] = desk;
  link->ends[1] = down ? -1 : ConnectTo(server);
  const int now = 1;
  for (const int end : link->ends) ::setsockopt(end, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
  if (link->ends[1] >= 0) links_.push_back(std::move(link));
}

/// As somebody would who has listened to the line and kept what he heard.
void Wan::Replay(const Link& link) {
  int server = 0;
  {
    const std::lock_guard lock(mutex_);
    server = server_;
  }
  const int end = ConnectTo(server);
  if (end < 0) return;
  (void)::send(end, link.said.data(), link.said.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  replayed_.push_back(end);
  if (replayed_.size() <= kReplaysOpen) return;
  ::close(replayed_.front());
  replayed_.erase(replayed_.begin());
}

void Wan::Run() {
  std::vector<pollfd> polled;
  while (!over_) {
    Weather weather;
    {
      const std::lock_guard lock(mutex_);
      weather = weather_;
    }
    polled.assign({{listener_, POLLIN, 0}, {wake_[0], POLLIN, 0}});
    Clock::time_point next = Clock::now() + milliseconds(1000);
    for (const auto& link : links_)
      for (std::size_t i = 0; i < 2; ++i) {
        polled.push_back({link->Listens(i) ? link->ends[i] : -1, POLLIN, 0});
        const auto& pieces = link->from[i].pieces;
        if (!pieces.empty()) next = std::min(next, pieces.front().due);
      }
    const auto wait = std::chrono::ceil<milliseconds>(next - Clock::now()).count();
    ::poll(polled.data(), polled.size(), static_cast<int>(std::max<std::int64_t>(wait, 0)));
    char ignored[16];
    if (polled[1].revents != 0) (void)!::read(wake_[0], ignored, sizeof ignored);
    const Clock::time_point now = Clock::now();
    for (std::size_t at = 2; at < polled.size(); ++at) {
      Link& link = *links_[(at - 2) / 2];
      const std::size_t i = at % 2;
      link.dead |= weather.down;
      if (link.dead) continue;
      Link::Luck luck{Chance(weather.lost_percent), Chance(weather.repeated_percent), {}};
      if (Chance(weather.altered_percent)) luck.altered = random_();
      if (polled[at].revents != 0) link.Take(i, now, weather, luck);
      if (const std::size_t passed = link.Give(i, now, weather); passed > 0) Passed(passed);
      link.dead |= link.from[0].told && link.from[1].told;
    }
    for (const auto& link : links_)
      if (link->dead && weather.replays) Replay(*link);
    std::erase_if(links_, [](const auto& link) { return link->dead; });
    if (polled[0].revents != 0) Accept();
  }
}

}  // namespace hoso::testing
