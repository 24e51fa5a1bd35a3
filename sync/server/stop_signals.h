#pragma once

#include <functional>
#include <memory>

namespace hoso::server {

/// That the system, or who watches the server, wants it to end: SIGTERM and SIGINT; on Windows
/// Ctrl+C, Ctrl+Break, the closing of its console, the end of the session or of the machine. One in
/// a program, made before its other threads, so that no signal reaches those.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Until the first. Who watches is told that the server is ready.
  void Wait() const;

 private:
  struct Kept;
  std::unique_ptr<Kept> kept_;
};

/// Runs it for the system's manager of services, which is told when it is ready (Wait) and with
/// which exit code it ended. False if no such manager started this program: never but on Windows.
bool RunAsService(const std::function<int()>& run);

}  // namespace hoso::server
