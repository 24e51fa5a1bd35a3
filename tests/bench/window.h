#pragma once

#include <cstdint>

namespace hoso::bench {

/// bench-desk --gui [--dossiers N] [--keep FOLDER]: the real windows with as many invented
/// dossiers, one of them with a long history, under the display there is. What it takes to start
/// (against a program with an empty window), to unlock, to filter, sort and open, how long the main
/// loop was ever busy without a pause, and how much memory all of it took. Times are those of the
/// thread's work: waiting for a processor on a loaded machine is not counted. FOLDER keeps the
/// desk for the next run. Returns an exit code: 1 if a target was missed.
int MeasureWindow(int argc, char** argv, std::int64_t dossiers);

}  // namespace hoso::bench
