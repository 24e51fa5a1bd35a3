#pragma once

namespace hoso::ui {

/// Whether letters come out as capitals by themselves. Window thread.
bool IsCapsLockOn();

}  // namespace hoso::ui
