#pragma once

#include <array>
#include <string>

#include "client/flows/open_desk.h"
#include "sync/engine/line_facts.h"

namespace hoso::flows {

/// Tries the line to the province without changing anything on either side. Waits on the network:
/// not for a window's thread. Errors are the desk's own: kDamaged "desk.not_enrolled".
base::Result<engine::LineFacts> TestLine(OpenDesk& open, std::stop_token stop = {});

/// One step of the test in an officer's words; `todo` is empty unless it failed.
struct LineStepView {
  enum class State { kFine, kFailed, kNotReached };
  std::string key, title;  // "name", "Tên máy chủ".
  State state = State::kNotReached;
  std::string sentence, todo;
};
using LineView = std::array<LineStepView, engine::kLineSteps>;
LineView LineInWords(const engine::LineFacts& facts);  // Pure.

}  // namespace hoso::flows
