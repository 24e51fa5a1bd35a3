#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <optional>

#include "sync/transport/proxy.h"
#include "sync/transport/tunnel.h"

extern char** environ;

namespace hoso::transport {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr const char* kProgram = "/usr/bin/proxy";  // Debian's libproxy-tools.
constexpr std::size_t kLongestAnswer = 16u << 10;
constexpr int kSliceMs = 100;

/// One run of the program: what it says on its standard output.
class Asking {
 public:
  Asking(const std::string& url, std::vector<std::string> environment) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    out_ = ends[0];
    std::array<char*, 3> arguments{const_cast<char*>(kProgram), const_cast<char*>(url.c_str()),
                                   nullptr};
    std::vector<char*> variables;
    for (std::string& one : environment) variables.push_back(one.data());
    variables.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, ends[1], 1);
    posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
    if (posix_spawn(&child_, kProgram, &files, nullptr, arguments.data(), variables.data()) != 0)
      child_ = 0;
    posix_spawn_file_actions_destroy(&files);
    ::close(ends[1]);
  }
  ~Asking() {
    if (child_ != 0) {
      kill(child_, SIGKILL);  // Who has ended by himself does not hear it.
      waitpid(child_, nullptr, 0);
    }
    if (out_ >= 0) ::close(out_);
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  bool started() const { return child_ != 0; }

  /// Nothing if it did not end in time.
  std::optional<std::string> Answer(const Patience& patience) const {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::seconds(patience.seconds);
    std::string answer;
    std::array<char, 1024> piece;
    while (answer.size() < kLongestAnswer) {
      if (patience.stop.stop_requested() || Clock::now() > end) return std::nullopt;
      pollfd line{out_, POLLIN, 0};
      if (poll(&line, 1, kSliceMs) <= 0) continue;
      const ssize_t count = read(out_, piece.data(), piece.size());
      if (count <= 0) break;
      answer.append(piece.data(), static_cast<std::size_t>(count));
    }
    return answer;
  }

 private:
  int out_ = -1;
  pid_t child_ = 0;
};

/// Ours; for a PAC file without what else it says of proxies, because libproxy takes the file from
/// nowhere but there.
std::vector<std::string> EnvironmentFor(const std::string& pac_url) {
  std::vector<std::string> kept;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view text = *one;
    const std::string_view name = text.substr(0, text.find('='));
    if (pac_url.empty() || !(name.ends_with("_proxy") || name.ends_with("_PROXY")))
      kept.emplace_back(text);
  }
  if (!pac_url.empty()) kept.push_back("https_proxy=pac+" + pac_url);
  return kept;
}

std::string Variable(const char* lower, const char* upper) {
  for (const char* name : {lower, upper})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0') return value;
  return "";
}

std::string FromEnvironment(const std::string& url) {
  std::string never = Variable("no_proxy", "NO_PROXY"), below = ".";
  for (const char letter : never)
    below += letter == ',' ? std::string(",.") : std::string(1, letter);
  const std::string host = PlaceOf(url.substr(url.find("://") + 3)).host;
  if (Bypasses(never + "," + below, host)) return "direct://";
  return Variable("https_proxy", "HTTPS_PROXY");
}

}  // namespace

base::Result<std::string> AskSystem(const std::string& url, const std::string& pac_url,
                                    const Patience& patience) {
  // It takes a file that can't be had for "directly", and knows no TLS.
  if (!pac_url.empty() && !AnswersWell(pac_url, patience))
    return Fail(ErrorKind::kUnreachable, "net.proxy_pac", pac_url);
  const Asking asking(url, EnvironmentFor(pac_url));
  if (!asking.started()) {
    if (pac_url.empty()) return FromEnvironment(url);
    return Fail(ErrorKind::kUnreachable, "net.proxy_pac", "libproxy");
  }
  const auto answer = asking.Answer(patience);
  if (answer) return *answer;
  return Fail(ErrorKind::kUnreachable, pac_url.empty() ? "net.timeout" : "net.proxy_pac", pac_url);
}

}  // namespace hoso::transport
