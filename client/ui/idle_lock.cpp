#include "client/ui/idle_lock.h"

#include <wx/window.h>

namespace hoso::ui {

IdleLock::IdleLock(wxWindow& window, const base::Clock& clock, std::function<void()> lock)
    : window_(window),
      rule_(clock),
      lock_(std::move(lock)),
      session_(window, [this] { LockNow(); }) {
  timer_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
    if (rule_.IsDue()) LockNow();
  });
  wxEvtHandler::AddFilter(this);
}

IdleLock::~IdleLock() {
  wxEvtHandler::RemoveFilter(this);
}

void IdleLock::Start(int minutes) {
  constexpr std::int64_t kMinuteMs = 60'000;
  rule_.Start(minutes * kMinuteMs);
  timer_.Start(static_cast<int>(flows::IdleRule::kAskEveryMs));
}

void IdleLock::Stop() {
  timer_.Stop();
}

void IdleLock::LockNow() {
  if (!timer_.IsRunning()) return;
  Stop();
  // Pages die in a lock, and one of them may be in the middle of an event.
  window_.CallAfter(lock_);
}

int IdleLock::FilterEvent(wxEvent& event) {
  const wxEventType type = event.GetEventType();
  if (timer_.IsRunning() &&
      (type == wxEVT_CHAR_HOOK || type == wxEVT_KEY_DOWN || type == wxEVT_MOTION ||
       type == wxEVT_LEFT_DOWN || type == wxEVT_RIGHT_DOWN || type == wxEVT_MOUSEWHEEL)) {
    rule_.Touched();
    if (rule_.IsDue()) {
      LockNow();
      return type == wxEVT_MOTION ? Event_Skip : Event_Processed;
    }
  }
  return Event_Skip;
}

}  // namespace hoso::ui
