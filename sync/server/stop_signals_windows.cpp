#include <windows.h>

#include "sync/server/stop_signals.h"

namespace hoso::server {
namespace {

// The system calls these on threads of its own and gives them nothing of ours.
HANDLE asked = nullptr, ended = nullptr;
const std::function<int()>* service_run = nullptr;
SERVICE_STATUS_HANDLE service = nullptr;  // Null but in a service.

// How long the manager of services waits before it takes the server for stuck.
constexpr DWORD kStartMs = 60'000, kStopMs = 30'000;

BOOL WINAPI Handle(DWORD) {
  SetEvent(asked);
  // With the return from "close" or "shutdown" the system ends the program, done or not.
  constexpr DWORD kPatienceMs = 15'000;
  WaitForSingleObject(ended, kPatienceMs);
  return TRUE;
}

void Tell(DWORD state, DWORD hint_ms = 0, DWORD code = 0) {
  SERVICE_STATUS status = {};
  status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
  status.dwCurrentState = state;
  status.dwControlsAccepted =
      state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_SHUTDOWN : 0;
  status.dwWin32ExitCode = code == 0 ? NO_ERROR : ERROR_SERVICE_SPECIFIC_ERROR;
  status.dwServiceSpecificExitCode = code;
  status.dwWaitHint = hint_ms;
  SetServiceStatus(service, &status);
}

DWORD WINAPI Control(DWORD what, DWORD, void*, void*) {
  switch (what) {
    case SERVICE_CONTROL_STOP:
    case SERVICE_CONTROL_SHUTDOWN:
      Tell(SERVICE_STOP_PENDING, kStopMs);
      SetEvent(asked);
      return NO_ERROR;
    case SERVICE_CONTROL_INTERROGATE:
      return NO_ERROR;
    default:
      return ERROR_CALL_NOT_IMPLEMENTED;
  }
}

// The program is a service of its own, so the name is not looked at.
wchar_t no_name[] = L"";

void WINAPI Main(DWORD, wchar_t**) {
  service = RegisterServiceCtrlHandlerExW(no_name, Control, nullptr);
  if (service == nullptr) return;
  Tell(SERVICE_START_PENDING, kStartMs);
  Tell(SERVICE_STOPPED, 0, static_cast<DWORD>((*service_run)()));
}

}  // namespace

struct StopSignals::Kept {};

StopSignals::StopSignals() {
  asked = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  ended = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  // A service is told of every officer's logging off as well, which is no reason to end.
  if (service == nullptr) SetConsoleCtrlHandler(Handle, TRUE);
}

StopSignals::~StopSignals() {
  // The handler may be waiting: its events stay, and go with the program.
  SetEvent(ended);
}

void StopSignals::Wait() const {
  if (service != nullptr) Tell(SERVICE_RUNNING);
  WaitForSingleObject(asked, INFINITE);
}

bool RunAsService(const std::function<int()>& run) {
  service_run = &run;
  const SERVICE_TABLE_ENTRYW table[] = {{no_name, Main}, {nullptr, nullptr}};
  return StartServiceCtrlDispatcherW(table) != FALSE;
}

}  // namespace hoso::server
