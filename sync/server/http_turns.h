#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "common/base/result.h"

namespace hoso::server {

/// Leaves the server to the others whatever one desk does. A desk has a few requests answered at
/// once, and works off what it costs: it may cost `burst` at full speed (a first load, a week of
/// work), then goes on at `share_percent` of one core, which it feels as a slow line. What counts
/// is the time in the database and the processor's time of its requests. Any thread.
class Turns {
 public:
  struct Limits {
    int at_once = 4;  // A window, a terminal and two lines that are cut but not known to be.
    std::chrono::milliseconds burst{5000};
    int share_percent = 10;
  };

  static constexpr std::chrono::seconds kLongestWait{20};  // Within a line's patience.

  explicit Turns(const Limits& limits) : limits_(limits) {}

  /// One request of one desk, on the thread that answers it. What the desk owes at its end, its
  /// next request works off.
  class Turn {
   public:
    Turn(Turns& turns, std::string desk);
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;
    ~Turn();
    /// Comes back when the desk owes no more than it may, after kLongestWait, or when the server
    /// stops.
    void Await();
    /// Counts what `work` takes, waiting for other writers included.
    template <class Work>
    auto Timed(const Work& work) {
      const Watch watch(*this);
      return work();
    }

   private:
    struct Watch {
      explicit Watch(Turn& the_turn) : turn(the_turn) {}
      ~Watch() { turn.Worked(Clock::now() - began); }
      Turn& turn;
      const std::chrono::steady_clock::time_point began = Clock::now();
    };
    void Worked(std::chrono::nanoseconds time);
    void CountProcessor();
    Turns* turns_;  // Null when moved from.
    std::string desk_;
    std::chrono::nanoseconds processor_;  // Of this thread, when last counted.
  };

  /// kBusy "desk.too_many" when the desk has as many as it may.
  base::Result<Turn> Take(const std::string& desk);
  /// Nobody waits any more.
  void Stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Desk {
    int running = 0;
    std::chrono::nanoseconds owed{0};
    Clock::time_point since;  // When `owed` was reckoned.
  };
  void Reckon(Desk& desk) const;
  void Leave(const std::string& name);

  const Limits limits_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;              // Guarded by mutex_,
  std::map<std::string, Desk> desks_;  // and this too: those that run or owe something.
};

}  // namespace hoso::server
