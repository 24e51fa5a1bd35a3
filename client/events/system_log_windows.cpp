#include <windows.h>

#include <string>

#include "client/events/system_log.h"
#include "common/base/disk.h"

namespace hoso::events {
namespace {

WORD TypeOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return EVENTLOG_ERROR_TYPE;
    case Severity::kWarning:
      return EVENTLOG_WARNING_TYPE;
    case Severity::kInfo:
    case Severity::kDebug:
      return EVENTLOG_INFORMATION_TYPE;
  }
  return EVENTLOG_INFORMATION_TYPE;
}

/// The whole text goes in as the event's one insert. So the source needs no message file of ours:
/// Windows' own EventCreate.exe has the text "%1" for each number from 1 to 1000.
class ApplicationLog : public SystemLog {
 public:
  ApplicationLog() : source_(RegisterEventSourceW(nullptr, L"HoSoXa")) {}
  ~ApplicationLog() override {
    if (source_ != nullptr) DeregisterEventSource(source_);
  }
  ApplicationLog(const ApplicationLog&) = delete;
  ApplicationLog& operator=(const ApplicationLog&) = delete;

  void Write(const Event& event) const override {
    if (source_ == nullptr) return;
    const Entry& entry = EntryOf(event.id);
    // Windows' own coding of texts is that of its paths.
    const std::wstring text =
        base::PathOf(std::string(entry.vi) + "\n" + entry.en + "\n" + ToText(event)).wstring();
    const wchar_t* insert = text.c_str();
    ReportEventW(source_, TypeOf(entry.severity), 0, static_cast<DWORD>(event.id), nullptr, 1, 0,
                 &insert, nullptr);
  }

 private:
  HANDLE source_;
};

}  // namespace

std::shared_ptr<const SystemLog> MakeSystemLog() {
  return std::make_shared<ApplicationLog>();
}

}  // namespace hoso::events
