#pragma once

#include <memory>
#include <string>
#include <vector>

#include "client/events/event.h"
#include "client/events/system_log.h"
#include "common/base/clock.h"

namespace hoso::events {

struct Options {
  Severity level = Severity::kInfo;  // And what is more serious.
  int days = 14;
  int max_megabytes = 10;  // Of all files together.
};

/// Writes events down, a line each, in files of a desk's folder, warnings and errors also in the
/// system's log:
///
///     2026-11-24T03:41:07Z 200 warning hosoxa/0.1.0 exchange.failed net.refused
///
/// A file is a UTC day's or a part of it; what is older than `days` or beyond `max_megabytes` is
/// removed, the oldest first. Nothing is kept between two calls, so that threads and programs may
/// write to one desk's log at once. What can't be written is lost without a word: no work stops for
/// its log. Any thread.
class EventLog {
 public:
  /// `clock` outlives this; `program` as "hosoxa/0.1.0"; `system` may be null.
  EventLog(const base::Clock& clock, std::string program, std::shared_ptr<const SystemLog> system);

  /// `folder` is made where the one above it is there: asking after a desk that isn't makes none.
  void Tell(const std::string& folder, const Event& event, const Options& options = {}) const;

 private:
  const base::Clock& clock_;
  const std::string program_;
  const std::shared_ptr<const SystemLog> system_;
};

struct LogFile {
  std::string name;  // "hosoxa-20261124-001.log"
  std::int64_t bytes = 0;
};
/// The files of a log, oldest first; nothing where there is none.
std::vector<LogFile> LogFiles(const std::string& folder);

}  // namespace hoso::events
