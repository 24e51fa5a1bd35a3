#pragma once

#include <string>

#include "client/config/config.h"

namespace hoso::config {

/// What who looks after this PC has set for it, read once at the program's start: on Windows the
/// registry's SOFTWARE\Policies\HoSoXa of the machine and of the user, and the installer's
/// SOFTWARE\HoSoXa of the machine; elsewhere policy.conf and machine.conf in `folder`. Limits: what
/// is longer than kMaxFile, kMaxValues or kMaxValue is named in Layer::ignored, and so is what is
/// there and can't be read. The user layer stays empty. Any thread.
Layers ReadMachine(const std::string& folder = "/etc/hosoxa");

}  // namespace hoso::config
