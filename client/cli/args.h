#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/base/result.h"

namespace hoso::cli {

/// A command line taken apart: words in order, options with their values, "--json" anywhere. An
/// option takes the next word whatever it is; "--set" and "--pause" take all words up to the next
/// option and may come again. After "--" everything is a word.
struct Args {
  std::vector<std::string> words;
  std::map<std::string, std::vector<std::string>> options;  // Without the dashes.
  bool json = false;

  bool Has(const std::string& option) const { return options.contains(option); }
  std::string Get(const std::string& option) const;  // First value; "" if absent.
  const std::vector<std::string>& All(const std::string& option) const;
};

/// kUsage "args.unknown", "args.value_missing" or "args.twice", with the option as the detail.
base::Result<Args> ParseArgs(const std::vector<std::string>& arguments);

/// True if "--json" stands before any "--", also on a line that can't be parsed.
bool AsksForJson(const std::vector<std::string>& arguments);

/// "key=value" words as a map; kUsage "args.pair" or "args.twice".
base::Result<std::map<std::string, std::string>> Pairs(const std::vector<std::string>& words);

}  // namespace hoso::cli
