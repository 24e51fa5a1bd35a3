#pragma once

#include <functional>
#include <string>
#include <vector>

#include "client/flows/tools.h"

namespace hoso::cli {

/// Where a run writes: standard output and standard error, or a test's strings.
struct Output {
  std::function<void(const std::string&)> out, error;
};

/// One command line from start to end; returns the exit code: 0 fine, 2 usage, 3 wrong PIN,
/// 4 refused by the province or by a rule, 5 not reachable, 6 damaged data, 7 busy.
/// With --json exactly one JSON document goes out, also when it failed: {"error", "detail"}.
int Run(const std::vector<std::string>& arguments, const flows::Tools& tools, const Output& output);

}  // namespace hoso::cli
