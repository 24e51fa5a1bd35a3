#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include "common/crypto/random.h"
#include "sync/server/admin.h"
#include "sync/server/http_server.h"

namespace {

using hoso::base::ErrorKind;
using hoso::base::Fail;

volatile std::sig_atomic_t stop_asked = 0;

void AskStop(int) {
  stop_asked = 1;
}

void Print(std::FILE* where, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), where);
  std::fflush(where);
}

hoso::base::Status Serve(const hoso::server::Args& args, const hoso::base::Clock& clock,
                         hoso::base::Random& random) {
  if (args.words.size() != 1 || args.options.size() != 2 + args.options.count("health"))
    return Fail(ErrorKind::kUsage, "args.command");
  for (const char* option : {"data", "listen"})
    if (args.Get(option).empty())
      return Fail(ErrorKind::kUsage, "args.missing", std::string("--") + option);
  std::signal(SIGTERM, AskStop);
  std::signal(SIGINT, AskStop);
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);
#endif
  HOSO_TRY_ASSIGN(const hoso::server::Authority authority,
                  hoso::server::LoadAuthority(args.Get("data")));
  hoso::server::HttpServer server(authority, clock, random);
  HOSO_TRY(server.Start({args.Get("listen"), args.Get("health")}));
  Print(stdout, args.json ? "{\"ready\":true,\"port\":" + std::to_string(server.port()) + "}\n"
                          : std::string("ready\n"));
  while (stop_asked == 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  server.Stop();
  return {};
}

int Failed(const hoso::base::Error& error, bool json) {
  if (json)
    Print(stdout, nlohmann::json{{"error", error.reason}, {"detail", error.detail}}.dump() + "\n");
  Print(stderr, hoso::server::Explain(error));
  if (error.kind == ErrorKind::kUsage) Print(stderr, hoso::server::UsageText());
  return hoso::server::ExitCode(error.kind);
}

int Run(const std::vector<std::string>& arguments) {
  const auto args = hoso::server::ParseArgs(arguments);
  if (!args) return Failed(args.error(), false);
  const hoso::base::SystemClock clock;
  hoso::crypto::SystemRandom random;
  if (!args->words.empty() && args->words[0] == "run") {
    const auto done = Serve(*args, clock, random);
    return done ? 0 : Failed(done.error(), args->json);
  }
  const auto result = hoso::server::RunCommand(*args, clock, random);
  if (!result) return Failed(result.error(), args->json);
  if (!args->json && args->words[0] != "log") {
    Print(stdout, hoso::server::ToText(*result));
  } else if (result->is_array()) {
    for (const auto& line : *result) Print(stdout, line.dump() + "\n");
  } else {
    Print(stdout, result->dump() + "\n");
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Run({argv + 1, argv + argc});
  } catch (const std::exception& thrown) {
    return Failed(Fail(ErrorKind::kDisk, "program.failed", thrown.what()), false);
  }
}
