#include "client/flows/settings.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string_view>

namespace hoso::flows {
namespace {

constexpr std::size_t kMaxFile = 1u << 16;
constexpr std::string_view kLayout = "layout.", kName = "name.";

void ReadNumber(std::string_view text, int& into, auto good) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && good(number)) into = number;
}

void ReadLine(std::string_view line, Settings& settings) {
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos || !base::IsUtf8(line)) return;
  const std::string_view key = line.substr(0, equals), value = line.substr(equals + 1);
  if (key == "text_percent")
    ReadNumber(value, settings.text_percent, [](int n) {
      return std::find(std::begin(kTextPercents), std::end(kTextPercents), n) !=
             std::end(kTextPercents);
    });
  else if (key == "lock_minutes")
    ReadNumber(value, settings.lock_minutes, [](int n) { return n >= 1 && n <= kMaxLockMinutes; });
  else if (key == "language" && (value == "vi" || value == "en"))
    settings.language = value;
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

Settings LoadSettings(const DeskFolder& folder) {
  Settings settings;
  const auto file = base::ReadFile(folder.Settings(), kMaxFile);
  if (!file) return settings;
  for (std::size_t at = 0; at < file->size();) {
    const std::size_t end = std::min(file->find('\n', at), file->size());
    ReadLine(std::string_view(*file).substr(at, end - at), settings);
    at = end + 1;
  }
  return settings;
}

base::Status SaveSettings(const DeskFolder& folder, const Settings& settings) {
  std::string text = "text_percent=" + std::to_string(settings.text_percent) +
                     "\nlanguage=" + settings.language +
                     "\nlock_minutes=" + std::to_string(settings.lock_minutes) +
                     "\nlast_sync=" + OneLine(settings.last_sync) + "\n";
  for (const auto& [view, layout] : settings.layouts)
    text.append(kLayout).append(view + "=" + OneLine(layout) + "\n");
  for (const auto& [officer, name] : settings.names)
    text.append(kName).append(officer + "=" + OneLine(name) + "\n");
  return base::WriteFile(folder.Settings(), text, true);
}

}  // namespace hoso::flows
