/// A module that GTK loads into any of its programs, so that the very program that is shipped is
/// measured: GTK_MODULES=PATH/stall_module.so HOSOXA_STALLS=FILE hosoxa ... Lines are written as
/// soon as they are known:
///   quiet MICROSECONDS    the monotonic clock when the first window was there with nothing to do
///   stall MILLISECONDS    every turn of the main loop longer than 20 ms

#include <fcntl.h>
#include <gtk/gtk.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/support/loop_meter.h"

namespace {

constexpr gint64 kWorthTellingUs = 20'000;

int out = -1;
bool quiet = false;

bool SomethingToSee() {
  bool seen = false;
  GList* all = gtk_window_list_toplevels();
  for (GList* one = all; one != nullptr; one = one->next)
    seen = seen || gtk_widget_get_mapped(static_cast<GtkWidget*>(one->data));
  g_list_free(all);
  return seen;
}

void Write(const char* what, gint64 number) {
  const std::string line = std::string(what) + " " + std::to_string(number) + "\n";
  if (::write(out, line.data(), line.size()) < 0) std::abort();
}

void Turned(gint64 busy_us, bool will_wait) {
  if (busy_us > kWorthTellingUs) Write("stall", busy_us / 1000);
  if (quiet || !will_wait || !SomethingToSee()) return;
  quiet = true;
  Write("quiet", g_get_monotonic_time());
}

}  // namespace

extern "C" G_MODULE_EXPORT void gtk_module_init(gint*, gchar***) {
  const char* file = std::getenv("HOSOXA_STALLS");
  if (file == nullptr) return;
  out = ::open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (out >= 0) hoso::testing::MeterLoop(Turned);
}
