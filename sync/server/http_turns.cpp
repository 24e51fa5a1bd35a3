#include "sync/server/http_turns.h"

#include <time.h>

#include <algorithm>
#include <utility>

namespace hoso::server {
namespace {

std::chrono::nanoseconds ProcessorTime() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

}  // namespace

Turns::Turn::Turn(Turns& turns, std::string desk)
    : turns_(&turns), desk_(std::move(desk)), processor_(ProcessorTime()) {}

Turns::Turn::Turn(Turn&& other) noexcept
    : turns_(std::exchange(other.turns_, nullptr)),
      desk_(std::move(other.desk_)),
      processor_(other.processor_) {}

Turns::Turn::~Turn() {
  if (turns_ == nullptr) return;
  CountProcessor();
  turns_->Leave(desk_);
}

void Turns::Turn::CountProcessor() {
  const auto now = ProcessorTime();
  const std::lock_guard lock(turns_->mutex_);
  turns_->desks_[desk_].owed += now - std::exchange(processor_, now);
}

void Turns::Turn::Worked(std::chrono::nanoseconds time) {
  processor_ = ProcessorTime();  // It is within `time`.
  const std::lock_guard lock(turns_->mutex_);
  turns_->desks_[desk_].owed += time;
}

void Turns::Turn::Await() {
  CountProcessor();
  const auto until = Clock::now() + kLongestWait;
  std::unique_lock lock(turns_->mutex_);
  while (!turns_->stopping_ && Clock::now() < until) {
    Desk& desk = turns_->desks_[desk_];
    turns_->Reckon(desk);
    const auto over = desk.owed - turns_->limits_.burst;
    if (over <= over.zero()) return;
    turns_->stopped_.wait_until(
        lock, std::min(until, Clock::now() + over * 100 / turns_->limits_.share_percent));
  }
}

base::Result<Turns::Turn> Turns::Take(const std::string& name) {
  const std::lock_guard lock(mutex_);
  Desk& desk = desks_[name];
  if (desk.running == 0 && desk.owed.count() == 0) desk.since = Clock::now();
  if (desk.running >= limits_.at_once) return base::Fail(base::ErrorKind::kBusy, "desk.too_many");
  ++desk.running;
  return Turn(*this, name);
}

void Turns::Reckon(Desk& desk) const {
  const auto now = Clock::now();
  const auto paid = (now - std::exchange(desk.since, now)) * limits_.share_percent / 100;
  desk.owed = std::max(desk.owed - paid, std::chrono::nanoseconds(0));
}

void Turns::Leave(const std::string& name) {
  const std::lock_guard lock(mutex_);
  --desks_[name].running;
  for (auto it = desks_.begin(); it != desks_.end();) {
    Reckon(it->second);
    const bool forgotten = it->second.running == 0 && it->second.owed.count() == 0;
    it = forgotten ? desks_.erase(it) : std::next(it);
  }
}

void Turns::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
}

}  // namespace hoso::server
