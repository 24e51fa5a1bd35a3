#include "common/base/worker.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace hoso::base {

struct Worker::State {
  std::mutex mutex;
  std::condition_variable posted;
  std::deque<std::function<void()>> jobs;  // Guarded by mutex,
  bool ending = false;                     // and this too.
  std::thread thread;

  void Run() {
    std::unique_lock lock(mutex);
    for (;;) {
      posted.wait(lock, [this] { return ending || !jobs.empty(); });
      if (ending) return;
      const std::function<void()> job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      job();
      lock.lock();
    }
  }
};

Worker::Worker() : state_(std::make_unique<State>()) {
  state_->thread = std::thread([this] { state_->Run(); });
}

Worker::~Worker() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->posted.notify_one();
  state_->thread.join();
}

void Worker::Post(std::function<void()> job) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->jobs.push_back(std::move(job));
  }
  state_->posted.notify_one();
}

}  // namespace hoso::base
