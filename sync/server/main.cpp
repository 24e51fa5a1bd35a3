#include <algorithm>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/base/exit_code.h"
#include "common/base/program.h"
#include "common/crypto/random.h"
#include "sync/server/admin.h"
#include "sync/server/http_server.h"
#include "sync/server/journal_file.h"
#include "sync/server/stop_signals.h"

namespace {

using hoso::base::ErrorKind;
using hoso::base::Fail;
using hoso::base::Print;

using Journal = std::function<void(const std::string& line)>;

Journal JournalOf(const hoso::server::Args& args) {
  const std::string file = args.Get("log");
  if (!file.empty())
    return [to = std::make_shared<const hoso::server::JournalFile>(file)](const std::string& line) {
      to->Add(line);
    };
  return [](const std::string& line) { Print(stderr, line + "\n"); };
}

hoso::base::Status Serve(const hoso::server::Args& args, const Journal& journal,
                         const hoso::base::Clock& clock, hoso::base::Random& random) {
  if (args.words.size() != 1) return Fail(ErrorKind::kUsage, "args.command");
  for (const char* option : {"data", "listen"})
    if (args.Get(option).empty())
      return Fail(ErrorKind::kUsage, "args.missing", std::string("--") + option);
  std::size_t known = 2;
  for (const char* option : {"health", "log", "service"}) known += args.options.count(option);
  if (args.options.size() != known) return Fail(ErrorKind::kUsage, "args.not_here");
  const hoso::server::StopSignals stop;
  HOSO_TRY_ASSIGN(const hoso::server::Authority authority,
                  hoso::server::LoadAuthority(args.Get("data")));
  HOSO_TRY_ASSIGN(const auto in_use,
                  hoso::server::UseFolder(args.Get("data"), hoso::base::FileLock::Mode::kShared));
  hoso::server::HttpServer server(authority, clock, random);
  hoso::server::HttpServer::Options options{args.Get("listen"), args.Get("health")};
  options.journal = journal;
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

/// The server, until it is asked to end; the exit code.
int RunServer(const hoso::server::Args& args, const hoso::base::Clock& clock,
              hoso::base::Random& random) {
  const Journal journal = JournalOf(args);
  const auto done = Serve(args, journal, clock, random);
  if (done) return 0;
  if (!args.Get("log").empty()) journal(hoso::server::Explain(done.error()));
  return Failed(done.error(), args.json);
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
    const auto run = [&] { return RunServer(*args, clock, random); };
    if (args->Get("service").empty()) return run();
    if (hoso::server::RunAsService(run)) return 0;
    return Failed(Fail(ErrorKind::kUsage, "args.no_service"), args->json);
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
