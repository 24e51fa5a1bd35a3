#pragma once

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

  void Wait() const;  ///< Until the first.

 private:
  struct Kept;
  std::unique_ptr<Kept> kept_;
};

}  // namespace hoso::server
