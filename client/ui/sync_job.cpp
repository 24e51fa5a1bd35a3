#include "client/ui/sync_job.h"

namespace hoso::ui {

base::Status SyncJob::Start(const flows::OpenDesk& open) {
  if (running_) return {};
  HOSO_TRY_ASSIGN(auto again, open.Again());
  stop_ = std::stop_source();
  running_ = true;
  result_.reset();
  progress_ = {};
  watch_.Start();
  const auto seen = Deliver(*this, [this](const engine::SyncProgress& progress) {
    progress_ = progress;
    Changed();
  });
  const auto ended = Deliver(*this, [this](const std::shared_ptr<Result>& result) {
    took_ms_ = watch_.Time();
    running_ = false;
    result_ = result;
    Changed();
  });
  worker_.Post([seen, ended, stop = stop_.get_token(),
                desk = std::shared_ptr<flows::OpenDesk>(std::move(again))] {
    ended(std::make_shared<Result>(flows::Synchronise(*desk, {seen, stop})));
  });
  Changed();
  return {};
}

void SyncJob::Cancel() {
  stop_.request_stop();
  test_stop_.request_stop();
}

void SyncJob::Watch(const Alive& window, std::function<void()> changed) {
  watchers_.emplace_back(window.Life(), std::move(changed));
}

void SyncJob::Changed() {
  std::erase_if(watchers_, [](const auto& watcher) { return watcher.first.expired(); });
  // A watcher may add another one or end a window.
  const auto all = watchers_;
  for (const auto& [life, changed] : all)
    if (!life.expired()) changed();
}

base::Status SyncJob::TestLine(
    const flows::OpenDesk& open,
    std::function<void(const std::shared_ptr<engine::LineFacts>&)> told) {
  HOSO_TRY_ASSIGN(auto again, open.Again());
  test_stop_ = std::stop_source();
  worker_.Post([told = std::move(told), stop = test_stop_.get_token(),
                desk = std::shared_ptr<flows::OpenDesk>(std::move(again))] {
    const auto facts = flows::TestLine(*desk, stop);
    engine::LineFacts failed;
    failed.failed = engine::LineStep::kName;
    failed.reason = "net.url";
    told(std::make_shared<engine::LineFacts>(facts ? *facts : failed));
  });
  return {};
}

}  // namespace hoso::ui
