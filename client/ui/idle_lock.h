#pragma once

#include <wx/eventfilter.h>
#include <wx/timer.h>

#include <functional>

#include "client/flows/idle_rule.h"
#include "client/ui/session_lock.h"

namespace hoso::ui {

/// Calls `lock` when nobody used the program for the set time, when the machine slept and when the
/// system locks the session. Window thread; watches from Start to Stop.
class IdleLock : public wxEventFilter {
 public:
  /// The window and the clock outlive it.
  IdleLock(wxWindow& window, const base::Clock& clock, std::function<void()> lock);
  ~IdleLock() override;

  void Start(int minutes);  ///< Also with another time while it watches.
  void Stop();

  int FilterEvent(wxEvent& event) override;

 private:
  void LockNow();

  wxWindow& window_;
  flows::IdleRule rule_;
  std::function<void()> lock_;
  wxTimer timer_;
  SessionLock session_;
};

}  // namespace hoso::ui
