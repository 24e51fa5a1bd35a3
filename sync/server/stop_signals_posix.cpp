#include <signal.h>

#include "sync/server/stop_signals.h"

namespace hoso::server {

struct StopSignals::Kept {
  sigset_t signals;
};

StopSignals::StopSignals() : kept_(std::make_unique<Kept>()) {
  sigemptyset(&kept_->signals);
  sigaddset(&kept_->signals, SIGTERM);
  sigaddset(&kept_->signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &kept_->signals, nullptr);
}

StopSignals::~StopSignals() = default;

void StopSignals::Wait() const {
  int which = 0;
  while (sigwait(&kept_->signals, &which) != 0) {
  }
}

bool RunAsService(const std::function<int()>&) {
  return false;
}

}  // namespace hoso::server
