#include "client/flows/settings.h"

#include <algorithm>
#include <string_view>

#include "client/config/lines.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::string_view kLayout = "layout.", kName = "name.";

void ReadLine(std::string_view line, Settings& settings) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || !base::IsUtf8(line)) return;
  const std::string_view key = line.substr(0, equals), value = line.substr(equals + 1);
  if (const config::Entry* entry = config::FindByIni(key))
    settings.chosen[entry->key] = value;
  else if (key == "last_sync")
    settings.last_sync = value;
  else if (key.starts_with(kLayout))
    settings.layouts[std::string(key.substr(kLayout.size()))] = value;
  else if (key.starts_with(kName))
    settings.names[std::string(key.substr(kName.size()))] = value;
}

std::string OneLine(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

}  // namespace

std::string Settings::Choose(const config::Entry& entry, const std::string& value) {
  const std::string why = value.empty() ? "" : config::WhyNot(entry, value);
  if (!why.empty()) return why;
  if (value.empty())
    chosen.erase(entry.key);
  else
    chosen[entry.key] = value;
  return "";
}

Settings LoadSettings(const DeskFolder& folder) {
  Settings settings;
  const auto file = base::ReadFile(folder.Settings(), config::kMaxFile);
  if (!file) return settings;
  for (std::size_t at = 0; at < file->size();) {
    const std::size_t end = std::min(file->find('\n', at), file->size());
    ReadLine(std::string_view(*file).substr(at, end - at), settings);
    at = end + 1;
  }
  return settings;
}

config::Config InForce(const Settings& settings, const Tools& tools) {
  config::Layers layers = tools.keeper;
  layers.user.values = settings.chosen;
  return config::Config(layers);
}

config::Config InForce(const DeskFolder& folder, const Tools& tools) {
  return InForce(LoadSettings(folder), tools);
}

base::Status Choose(const DeskFolder& folder, const Tools& tools, const std::string& name,
                    const std::string& value) {
  const config::Entry* entry = config::FindByName(name);
  if (entry == nullptr) return Fail(ErrorKind::kUsage, "config.unknown", config::Beginning(name));
  if (entry->scope == config::Scope::kMachine)
    return Fail(ErrorKind::kRefused, "config.scope", name);
  Settings settings = LoadSettings(folder);
  if (InForce(settings, tools).Of(entry->key).locked)
    return Fail(ErrorKind::kRefused, "config.locked", name);
  const std::string why = settings.Choose(*entry, value);
  if (!why.empty()) return Fail(ErrorKind::kUsage, why, name + "=" + config::Beginning(value));
  return SaveSettings(folder, settings);
}

base::Status SaveSettings(const DeskFolder& folder, const Settings& settings) {
  std::string text = "last_sync=" + OneLine(settings.last_sync) + "\n";
  for (const auto& [key, value] : settings.chosen)
    text.append(config::EntryOf(key).ini).append("=" + OneLine(value) + "\n");
  for (const auto& [view, layout] : settings.layouts)
    text.append(kLayout).append(view + "=" + OneLine(layout) + "\n");
  for (const auto& [officer, name] : settings.names)
    text.append(kName).append(officer + "=" + OneLine(name) + "\n");
  return base::WriteFile(folder.Settings(), text, true);
}

}  // namespace hoso::flows
