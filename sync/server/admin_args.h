#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/base/result.h"

namespace hoso::server {

/// A command line taken apart: words and "--name value" in any order, "--json" and "--replace"
/// anywhere.
struct Args {
  std::vector<std::string> words;
  std::map<std::string, std::string> options;  // Without the dashes.
  bool json = false;

  std::string Get(const std::string& name) const;  // Empty if absent.
};

/// kUsage "args.unknown", "args.value_missing" or "args.twice".
base::Result<Args> ParseArgs(const std::vector<std::string>& arguments);

const char* UsageText();

}  // namespace hoso::server
