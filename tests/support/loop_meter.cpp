#include "tests/support/loop_meter.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace hoso::testing {
namespace {

Turn tell = nullptr;
GPollFunc real_poll = nullptr;
int schedstat = -1;
gint64 began = 0, delayed = 0;

/// Time this thread has been ready to run and was not let, in microseconds.
gint64 Delay() {
  char text[96] = "";
  unsigned long long ran = 0, waited = 0;
  if (schedstat < 0 || ::pread(schedstat, text, sizeof text - 1, 0) <= 0) return 0;
  if (std::sscanf(text, "%llu %llu", &ran, &waited) != 2) return 0;
  return static_cast<gint64>(waited / 1000);
}

gint Poll(GPollFD* fds, guint count, gint timeout) {
  if (began != 0) tell(g_get_monotonic_time() - began - (Delay() - delayed), timeout != 0);
  const gint ready = real_poll(fds, count, timeout);
  delayed = Delay();
  began = g_get_monotonic_time();
  return ready;
}

}  // namespace

void MeterLoop(Turn turn) {
  tell = turn;
  schedstat = ::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  real_poll = g_main_context_get_poll_func(nullptr);
  g_main_context_set_poll_func(nullptr, Poll);
}

}  // namespace hoso::testing
