#pragma once

#include <functional>
#include <memory>

namespace hoso::base {

/// One thread that does jobs in their order. The only way for other modules to have a thread.
class Worker {
 public:
  Worker();
  /// Drops what has not begun, waits for what has.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Any thread. A job must not throw and must not wait for another job of the same worker.
  void Post(std::function<void()> job);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hoso::base
