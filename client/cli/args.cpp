#include "client/cli/args.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace hoso::cli {
namespace {

using base::ErrorKind;
using base::Fail;

enum class Takes { kNothing, kOne, kMany };
struct Option {
  std::string_view name;
  Takes takes;
};
constexpr std::array kOptions = {
    Option{"data", Takes::kOne},      Option{"pin-file", Takes::kOne},
    Option{"officer", Takes::kOne},   Option{"new-pin-file", Takes::kOne},
    Option{"code-file", Takes::kOne}, Option{"procedure", Takes::kOne},
    Option{"case", Takes::kOne},      Option{"difficult", Takes::kNothing},
    Option{"set", Takes::kMany},      Option{"received", Takes::kOne},
    Option{"to", Takes::kOne},        Option{"reason", Takes::kOne},
    Option{"view", Takes::kOne},      Option{"limit", Takes::kOne},
    Option{"offset", Takes::kOne},    Option{"keep", Takes::kOne},
    Option{"value", Takes::kOne},     Option{"unit", Takes::kOne},
    Option{"pause", Takes::kMany},    Option{"name", Takes::kOne},
    Option{"out", Takes::kOne},       Option{"copy", Takes::kNothing},
    Option{"paper", Takes::kOne},     Option{"dossier", Takes::kOne},
    Option{"all", Takes::kNothing},   Option{"without", Takes::kMany}};

bool IsOption(const std::string& word) {
  return word.size() > 2 && word.starts_with("--");
}

class Parser {
 public:
  explicit Parser(const std::vector<std::string>& arguments) : arguments_(arguments) {}

  base::Result<Args> Run() {
    while (at_ < arguments_.size()) {
      const std::string& word = arguments_[at_++];
      if (word == "--") {
        args_.words.insert(args_.words.end(), arguments_.begin() + static_cast<long>(at_),
                           arguments_.end());
        break;
      }
      if (word == "--json") {
        args_.json = true;
      } else if (IsOption(word)) {
        HOSO_TRY(Take(word));
      } else {
        args_.words.push_back(word);
      }
    }
    return std::move(args_);
  }

 private:
  base::Status Take(const std::string& word) {
    const auto equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    const auto* option = std::find_if(kOptions.begin(), kOptions.end(),
                                      [&](const Option& o) { return o.name == name; });
    if (option == kOptions.end()) return Fail(ErrorKind::kUsage, "args.unknown", word);
    if (args_.Has(name) && option->takes != Takes::kMany)
      return Fail(ErrorKind::kUsage, "args.twice", "--" + name);
    auto& values = args_.options[name];
    if (option->takes == Takes::kNothing) {
      if (equals != std::string::npos) return Fail(ErrorKind::kUsage, "args.unknown", word);
      return {};
    }
    const std::size_t before = values.size();
    if (equals != std::string::npos) {
      values.push_back(word.substr(equals + 1));
    } else if (option->takes == Takes::kOne) {
      if (at_ < arguments_.size()) values.push_back(arguments_[at_++]);
    } else {
      while (at_ < arguments_.size() && !arguments_[at_].starts_with("--"))
        values.push_back(arguments_[at_++]);
    }
    if (values.size() == before) return Fail(ErrorKind::kUsage, "args.value_missing", word);
    return {};
  }

  const std::vector<std::string>& arguments_;
  std::size_t at_ = 0;
  Args args_;
};

}  // namespace

std::string Args::Get(const std::string& option) const {
  const auto& values = All(option);
  return values.empty() ? "" : values.front();
}

const std::vector<std::string>& Args::All(const std::string& option) const {
  static const std::vector<std::string> none;
  const auto found = options.find(option);
  return found == options.end() ? none : found->second;
}

base::Result<Args> ParseArgs(const std::vector<std::string>& arguments) {
  return Parser(arguments).Run();
}

bool AsksForJson(const std::vector<std::string>& arguments) {
  const auto end = std::find(arguments.begin(), arguments.end(), "--");
  return std::find(arguments.begin(), end, "--json") != end;
}

base::Result<std::map<std::string, std::string>> Pairs(const std::vector<std::string>& words) {
  std::map<std::string, std::string> pairs;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      return Fail(ErrorKind::kUsage, "args.pair", word);
    if (!pairs.emplace(word.substr(0, equals), word.substr(equals + 1)).second)
      return Fail(ErrorKind::kUsage, "args.twice", word.substr(0, equals));
  }
  return pairs;
}

}  // namespace hoso::cli
