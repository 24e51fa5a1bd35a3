#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

namespace hoso::testing {

/// What a server told of refusals. Lines come from its threads.
class JournalBook {
 public:
  void Add(const std::string& line) {
    {
      const std::lock_guard lock(mutex_);
      text_ += line + "\n";
    }
    added_.notify_all();
  }
  /// Waits until some line holds these words; the answer may reach a client before the line.
  bool Await(const std::string& words) {
    std::unique_lock lock(mutex_);
    return added_.wait_for(lock, std::chrono::seconds(20),
                           [&] { return text_.find(words) != std::string::npos; });
  }
  std::string Text() {
    const std::lock_guard lock(mutex_);
    return text_;
  }
  void Clear() {
    const std::lock_guard lock(mutex_);
    text_.clear();
  }

 private:
  std::mutex mutex_;
  std::condition_variable added_;
  std::string text_;  // Guarded by mutex_.
};

}  // namespace hoso::testing
