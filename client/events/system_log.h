#pragma once

#include <memory>

#include "client/events/event.h"

namespace hoso::events {

/// The system's own log, for who watches many PCs: on Windows the application log, under the source
/// "HoSoXa"; elsewhere syslog. Any thread.
class SystemLog {
 public:
  virtual ~SystemLog() = default;
  /// What can't be written is lost without a word: no work stops for it.
  virtual void Write(const Event& event) const = 0;
};

std::shared_ptr<const SystemLog> MakeSystemLog();

}  // namespace hoso::events
