#include "client/cli/run.h"

#include "client/cli/commands.h"
#include "client/cli/text_out.h"
#include "client/flows/explain.h"
#include "common/base/exit_code.h"

namespace hoso::cli {
namespace {

int Failed(const base::Error& error, bool json, const Output& output) {
  if (json)
    output.out(Json{{"error", error.reason}, {"detail", error.detail}}.dump(
                   -1, ' ', false, Json::error_handler_t::replace) +
               "\n");
  const flows::Message message = flows::Explain(error);
  output.error(message.what + "\nVì: " + message.why + ".\n" + message.todo + "\n");
  if (error.reason.starts_with("args.")) output.error(UsageText());
  return base::ExitCode(error.kind);
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
