#pragma once

#include <wx/app.h>
#include <wx/thread.h>

#include <memory>
#include <utility>

#include "common/base/check.h"

namespace hoso::ui {

/// What a window that waits for a worker has: whoever holds Life() can see that it is gone. Made
/// and destroyed on the window thread; Life() may be held and let go by any.
class Alive {
 public:
  std::weak_ptr<const void> Life() const { return life_; }

 private:
  std::shared_ptr<const void> life_ = std::make_shared<char>('\0');
};

/// The one way in which results enter a window: a handler that any thread may call, and that runs
/// later, on the window thread, if the window still lives. Arguments are copied.
template <class Handler>
auto Deliver(const Alive& window, Handler handler) {
  HOSO_CHECK(wxThread::IsMain());
  return [life = window.Life(), handler = std::move(handler)](auto... results) {
    wxTheApp->CallAfter([life, handler, results...] {
      if (!life.expired()) handler(results...);
    });
  };
}

}  // namespace hoso::ui
