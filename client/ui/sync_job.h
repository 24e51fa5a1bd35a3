#pragma once

#include <wx/stopwatch.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>
#include <vector>

#include "client/flows/line_test.h"
#include "client/flows/sync_flow.h"
#include "client/ui/deliver.h"
#include "common/base/worker.h"

namespace hoso::ui {

/// The one exchange of a window: runs on the worker, and whoever watches sees it from the window's
/// thread, to which all of this belongs.
class SyncJob : public Alive {
 public:
  using Result = base::Result<engine::SyncReport>;
  explicit SyncJob(base::Worker& worker) : worker_(worker) {}
  ~SyncJob() { Cancel(); }

  /// Nothing while one runs. OpenDesk::Again's errors.
  base::Status Start(const flows::OpenDesk& open);
  /// It ends soon, with "sync.stopped"; also a test of the line.
  void Cancel();
  bool Running() const { return running_; }
  const engine::SyncProgress& progress() const { return progress_; }
  std::int64_t ElapsedMs() const { return running_ ? watch_.Time() : took_ms_; }
  /// Of the last one, once it ended; else null.
  const Result* result() const { return result_.get(); }

  /// `changed` is called at the start, at each progress and at the end, while `window` lives.
  void Watch(const Alive& window, std::function<void()> changed);

  /// `told`, from Deliver, gets the facts. Waits for its turn behind a running exchange.
  base::Status TestLine(const flows::OpenDesk& open,
                        std::function<void(const std::shared_ptr<engine::LineFacts>&)> told);

 private:
  void Changed();

  base::Worker& worker_;
  std::stop_source stop_, test_stop_;
  bool running_ = false;
  engine::SyncProgress progress_;
  wxStopWatch watch_;
  std::int64_t took_ms_ = 0;
  std::shared_ptr<Result> result_;
  std::vector<std::pair<std::weak_ptr<const void>, std::function<void()>>> watchers_;
};

}  // namespace hoso::ui
