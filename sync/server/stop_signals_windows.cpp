#include <windows.h>

#include "sync/server/stop_signals.h"

namespace hoso::server {
namespace {

// The system calls the handler on a thread of its own and gives it nothing of ours.
HANDLE asked = nullptr, ended = nullptr;

BOOL WINAPI Handle(DWORD) {
  SetEvent(asked);
  // With the return from "close" or "shutdown" the system ends the program, done or not.
  constexpr DWORD kPatienceMs = 15'000;
  WaitForSingleObject(ended, kPatienceMs);
  return TRUE;
}

}  // namespace

struct StopSignals::Kept {};

StopSignals::StopSignals() {
  asked = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  ended = CreateEventW(nullptr, TRUE, FALSE, nullptr);
  SetConsoleCtrlHandler(Handle, TRUE);
}

StopSignals::~StopSignals() {
  // The handler may be waiting: its events stay, and go with the program.
  SetEvent(ended);
}

void StopSignals::Wait() const {
  WaitForSingleObject(asked, INFINITE);
}

}  // namespace hoso::server
