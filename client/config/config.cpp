#include "client/config/config.h"

#include "client/config/lines.h"
#include "common/base/number.h"

namespace hoso::config {
namespace {

std::string WhyNotFrom(const Entry& entry, Source source) {
  const bool policy = source == Source::kMachinePolicy || source == Source::kUserPolicy;
  if (policy && !entry.lockable) return "config.not_by_policy";
  if (entry.scope == Scope::kMachine && (source == Source::kUserPolicy || source == Source::kUser))
    return "config.scope";
  return "";
}

}  // namespace

Config::Config(const Layers& layers) {
  for (const Entry& entry : Schema()) settings_.push_back({entry.start, Source::kDefault, false});
  Add(layers.machine_policy, Source::kMachinePolicy);
  Add(layers.user_policy, Source::kUserPolicy);
  Add(layers.machine, Source::kMachine);
  Add(layers.user, Source::kUser);
}

void Config::Add(const Layer& layer, Source source) {
  ignored_.insert(ignored_.end(), layer.ignored.begin(), layer.ignored.end());
  for (const auto& [key, value] : layer.values) {
    if (value.empty()) continue;
    const Entry& entry = EntryOf(key);
    Setting& setting = settings_[static_cast<std::size_t>(key)];
    std::string why = WhyNotFrom(entry, source);
    if (why.empty()) why = WhyNot(entry, value);
    if (why.empty() && setting.source != Source::kDefault && setting.value != value)
      why = "config.overruled";
    if (!why.empty())
      ignored_.push_back({source, entry.name, Beginning(value), std::move(why)});
    else if (setting.source == Source::kDefault)
      setting = {value, source, source != Source::kUser};
  }
}

int Config::Number(Key key) const {
  return static_cast<int>(base::ToNumber(Text(key)).value_or(0));  // It was checked.
}

const char* NameOf(Source source) {
  switch (source) {
    case Source::kMachinePolicy:
      return "policy";
    case Source::kUserPolicy:
      return "user_policy";
    case Source::kMachine:
      return "machine";
    case Source::kUser:
      return "user";
    case Source::kDefault:
      return "default";
  }
  return "";
}

}  // namespace hoso::config
