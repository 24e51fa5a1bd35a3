#pragma once

#include <functional>
#include <memory>

class wxWindow;

namespace hoso::ui {

/// Tells when the system locks the session or goes to sleep: on Linux what logind and the screen
/// savers say on D-Bus, on Windows the session's own messages. Where there is neither, it never
/// tells. Made and called on the window thread; `locked` is not called after it is gone.
class SessionLock {
 public:
  SessionLock(wxWindow& window, std::function<void()> locked);
  ~SessionLock();
  SessionLock(const SessionLock&) = delete;
  SessionLock& operator=(const SessionLock&) = delete;

 private:
  class Watch;
  std::unique_ptr<Watch> watch_;
};

}  // namespace hoso::ui
