#pragma once

#include <cstddef>
#ifdef _WIN32
#include <windows.h>
// After it: it uses its types.
#include <psapi.h>
#else
#include <unistd.h>

#include <fstream>
#endif

namespace hoso::testing {

/// How much memory this process holds just now.
inline std::size_t ResidentBytes() {
#ifdef _WIN32
  PROCESS_MEMORY_COUNTERS counters{};
  GetProcessMemoryInfo(GetCurrentProcess(), &counters, sizeof counters);
  return counters.WorkingSetSize;
#else
  std::size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
#endif
}

}  // namespace hoso::testing
