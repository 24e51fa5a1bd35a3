#pragma once

#include <glib.h>

namespace hoso::testing {

/// Called at every turn of the main loop of a GTK program, before it waits again. A turn is from
/// where poll() returns to where it is called again: every handler, timer and drawing is in it,
/// waiting is not, and neither are nested loops, which poll too. `busy_us` is without what the
/// kernel let the thread wait for a processor: on a loaded machine that says nothing about the
/// program. `will_wait`: nothing is left to do.
using Turn = void (*)(gint64 busy_us, bool will_wait);

/// On the thread of the main loop, once.
void MeterLoop(Turn turn);

}  // namespace hoso::testing
