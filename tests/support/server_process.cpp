#include "tests/support/server_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <thread>

namespace hoso::testing {
namespace {

struct Child {
  pid_t pid = -1;
  int out = -1, error = -1;
};

/// With `error` -1 the child writes its errors where this program does.
Child Start(std::vector<std::string> words, bool take_errors) {
  std::string program = std::string(HOSO_BIN_DIR) + "/hosoxa-server";
  std::vector<char*> argv = {program.data()};
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  std::array<int, 2> out{-1, -1}, error{-1, -1};
  if (::pipe(out.data()) != 0 || (take_errors && ::pipe(error.data()) != 0)) return {};
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::dup2(out[1], STDOUT_FILENO);
    if (take_errors) ::dup2(error[1], STDERR_FILENO);
    for (const int end : {out[0], out[1], error[0], error[1]})
      if (end > STDERR_FILENO) ::close(end);
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
  ::close(out[1]);
  if (take_errors) ::close(error[1]);
  return {pid, out[0], error[0]};
}

std::string ReadAll(int end) {
  std::string text;
  std::array<char, 4096> piece;
  for (ssize_t got = 0; (got = ::read(end, piece.data(), piece.size())) > 0;)
    text.append(piece.data(), static_cast<std::size_t>(got));
  ::close(end);
  return text;
}

std::string ReadLine(int end) {
  std::string line;
  for (char next = 0; ::read(end, &next, 1) == 1 && next != '\n';) line += next;
  return line;
}

int WaitFor(pid_t pid) {
  int status = 0;
  if (::waitpid(pid, &status, 0) != pid) return -1000;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace

ServerRan RunServer(const std::vector<std::string>& words) {
  const Child child = Start(words, true);
  ServerRan ran;
  std::thread errors([&] { ran.error = ReadAll(child.error); });
  ran.out = ReadAll(child.out);
  errors.join();
  ran.exit = WaitFor(child.pid);
  ran.json = nlohmann::json::parse(ran.out, nullptr, false);
  return ran;
}

ServerProcess::ServerProcess(const std::string& data, const std::string& listen) {
  const Child child = Start({"run", "--data", data, "--listen", listen, "--json"}, false);
  pid_ = child.pid;
  out_ = child.out;
  const auto said = nlohmann::json::parse(ReadLine(out_), nullptr, false);
  if (said.is_object() && said.value("ready", false)) port_ = said.value("port", 0);
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) End(SIGKILL);
  ::close(out_);
}

int ServerProcess::End(int signal) {
  ::kill(pid_, signal);
  const int how = WaitFor(pid_);
  pid_ = -1;
  return how;
}

}  // namespace hoso::testing
