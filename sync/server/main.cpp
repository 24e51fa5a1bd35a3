#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "common/base/exit_code.h"
#include "common/base/program.h"
#include "common/crypto/random.h"
#include "sync/server/admin.h"
#include "sync/server/http_server.h"
#include "sync/server/stop_signals.h"

namespace {

using hoso::base::ErrorKind;
using hoso::base::Fail;
using hoso::base::Print;

hoso::base::Status Serve(const hoso::server::Args& args, const hoso::base::Clock& clock,
                         hoso::base::Random& random) {
  if (args.words.size() != 1) return Fail(ErrorKind::kUsage, "args.command");
  for (const char* option : {"data", "listen"})
    if (args.Get(option).empty())
      return Fail(ErrorKind::kUsage, "args.missing", std::string("--") + option);
  if (args.options.size() != 2 + args.options.count("health"))
    return Fail(ErrorKind::kUsage, "args.not_here");
  const hoso::server::StopSignals stop;
  HOSO_TRY_ASSIGN(const hoso::server::Authority authority,
                  hoso::server::LoadAuthority(args.Get("data")));
  HOSO_TRY_ASSIGN(const auto in_use,
                  hoso::server::UseFolder(args.Get("data"), hoso::base::FileLock::Mode::kShared));
  hoso::server::HttpServer server(authority, clock, random);
  hoso::server::HttpServer::Options options{args.Get("listen"), args.Get("health")};
  options.journal = [](const std::string& line) { Print(stderr, line + "\n"); };
  HOSO_TRY(server.Start(options));
  Print(stdout, args.json ? "{\"ready\":true,\"port\":" + std::to_string(server.port()) + "}\n"
                          : std::string("ready\n"));
  stop.Wait();
  server.Stop();
  return {};
}

int Failed(const hoso::base::Error& error, bool json) {
  if (json)
    Print(stdout, nlohmann::json{{"error", error.reason}, {"detail", error.detail}}.dump() + "\n");
  Print(stderr, hoso::server::Explain(error));
  if (error.kind == ErrorKind::kUsage) Print(stderr, hoso::server::UsageText());
  return hoso::base::ExitCode(error.kind);
}

/// Also of a line that can't be taken apart.
bool WantsJson(const std::vector<std::string>& arguments) {
  return std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
}

int Run(const std::vector<std::string>& arguments) {
  const auto args = hoso::server::ParseArgs(arguments);
  if (!args) return Failed(args.error(), WantsJson(arguments));
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
  hoso::base::BeginProgram();
  const std::vector<std::string> arguments = hoso::base::Arguments(argc, argv);
  try {
    return Run(arguments);
  } catch (const std::exception& thrown) {
    return Failed(Fail(ErrorKind::kDisk, "program.failed", thrown.what()), WantsJson(arguments));
  }
}
