#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>
#include <vector>

namespace hoso::testing {

/// A long, thin and unreliable line between one desk and a server: takes TCP connections on a port
/// of its own and passes their octets on, late, slowly, not at all, altered, twice, or only so many
/// of them. Any thread.
class Wan {
 public:
  struct Weather {
    bool down = false;         // Connections are taken and dropped at once; those that stand, too.
    int delay_ms = 0;          // Each way.
    int octets_per_s = 0;      // 0: as fast as they come.
    int lost_percent = 0;      // Of pieces; TCP sends them again, so they come late, and the rest.
    int altered_percent = 0;   // Of pieces: one bit of them.
    int repeated_percent = 0;  // Of pieces: they arrive twice.
    bool replays = false;      // What a desk has said is said to the server once more afterwards.
    std::optional<std::size_t> cut_after = {};  // So many octets of each connection get through.
  };

  explicit Wan(std::uint64_t seed);
  ~Wan();
  Wan(const Wan&) = delete;
  Wan& operator=(const Wan&) = delete;

  int port() const { return port_; }
  void SetServer(int port);
  void SetWeather(const Weather& weather);
  /// Calls `what` once, from the line's thread, when so many more octets have passed.
  void AfterOctets(std::size_t octets, std::function<void()> what);
  void Forget();  // What AfterOctets asked for; if that has begun, comes back when it is done.

 private:
  struct Link;
  void Run();
  void Accept();
  void Passed(std::size_t octets);
  void Replay(const Link& link);
  bool Chance(int percent) { return static_cast<int>(random_() % 100) < percent; }

  std::mt19937_64 random_;
  int listener_ = -1, port_ = 0, wake_[2] = {-1, -1};
  std::mutex calling_;  // What AfterOctets asked for; before mutex_.
  std::mutex mutex_;
  Weather weather_;  // Guarded by mutex_, as what follows.
  int server_ = 0;
  std::size_t left_ = 0;
  std::function<void()> what_;
  std::atomic<bool> over_ = false;
  std::vector<std::unique_ptr<Link>> links_;  // Of the thread, as the next.
  std::vector<int> replayed_;                 // Connections on which something was said once more.
  std::thread thread_;
};

}  // namespace hoso::testing
