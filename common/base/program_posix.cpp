#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "common/base/program.h"

namespace hoso::base {
namespace {

constexpr std::size_t kLongestLine = 4097;

}  // namespace

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

std::string ReadUnseen() {
  termios before{};
  const bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
  if (terminal) {
    termios unseen = before;
    unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
  }
  std::array<char, kLongestLine> line{};
  const char* got = std::fgets(line.data(), static_cast<int>(line.size()), stdin);
  if (terminal) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
  std::string text = got == nullptr ? "" : got;
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

void Print(std::FILE* where, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), where);
  std::fflush(where);
}

}  // namespace hoso::base
