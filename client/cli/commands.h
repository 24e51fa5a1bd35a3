#pragma once

#include "client/cli/args.h"
#include "client/cli/json_views.h"
#include "client/flows/tools.h"

namespace hoso::cli {

/// Runs the command that the words name and gives what it found. kUsage "args.command" for one
/// that is none of ours or lacks a part, "args.missing", "args.not_here"; else the flow's errors.
base::Result<Json> RunCommand(const Args& args, const flows::Tools& tools);

const char* UsageText();

}  // namespace hoso::cli
