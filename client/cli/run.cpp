#include "client/cli/run.h"

#include "client/cli/commands.h"
#include "client/cli/text_out.h"
#include "client/flows/explain.h"

namespace hoso::cli {
namespace {

using base::ErrorKind;

int ExitCode(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return 2;
    case ErrorKind::kWrongPin:
      return 3;
    case ErrorKind::kNotFound:
    case ErrorKind::kRefused:
      return 4;
    case ErrorKind::kUnreachable:
      return 5;
    case ErrorKind::kDamaged:
    case ErrorKind::kNewer:
    case ErrorKind::kDisk:
      return 6;
    case ErrorKind::kBusy:
      return 7;
  }
  return 6;
}

int Failed(const base::Error& error, bool json, const Output& output) {
  if (json)
    output.out(Json{{"error", error.reason}, {"detail", error.detail}}.dump(
                   -1, ' ', false, Json::error_handler_t::replace) +
               "\n");
  const flows::Message message = flows::Explain(error);
  output.error(message.what + "\nVì: " + message.why + ".\n" + message.todo + "\n");
  if (error.reason.starts_with("args.")) output.error(UsageText());
  return ExitCode(error.kind);
}

}  // namespace

int Run(const std::vector<std::string>& arguments, const flows::Tools& tools,
        const Output& output) {
  const bool json = AsksForJson(arguments);
  const auto args = ParseArgs(arguments);
  if (!args) return Failed(args.error(), json, output);
  const auto result = RunCommand(*args, tools);
  if (!result) return Failed(result.error(), json, output);
  output.out(json ? result->dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"
                  : ToText(*result));
  return 0;
}

}  // namespace hoso::cli
