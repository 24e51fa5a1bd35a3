#include <unistd.h>

#include <array>
#include <csignal>

#include "common/base/program.h"

namespace hoso::base {

void BeginProgram() {
  std::signal(SIGPIPE, SIG_IGN);
}

std::vector<std::string> Arguments(int argc, char** argv) {
  return {argv + 1, argv + argc};
}

std::string PcName() {
  std::array<char, 256> name = {};  // The longest that POSIX has, and its zero.
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

void Print(std::FILE* where, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), where);
  std::fflush(where);
}

}  // namespace hoso::base
