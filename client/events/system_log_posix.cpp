#include <syslog.h>

#include <string>

#include "client/events/system_log.h"

namespace hoso::events {
namespace {

int PriorityOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return LOG_ERR;
    case Severity::kWarning:
      return LOG_WARNING;
    case Severity::kInfo:
      return LOG_INFO;
    case Severity::kDebug:
      return LOG_DEBUG;
  }
  return LOG_INFO;
}

/// Without openlog, which belongs to the whole process: the name of the program then stands before
/// each line by itself.
class Syslog : public SystemLog {
 public:
  void Write(const Event& event) const override {
    const std::string line =
        std::to_string(static_cast<int>(event.id)) + " " + ToText(event) + ": ";
    const Entry& entry = EntryOf(event.id);
    ::syslog(LOG_USER | PriorityOf(entry.severity), "%s%s", line.c_str(), entry.en);
  }
};

}  // namespace

std::shared_ptr<const SystemLog> MakeSystemLog() {
  return std::make_shared<Syslog>();
}

}  // namespace hoso::events
