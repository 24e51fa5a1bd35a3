#include "client/config/schema.h"

#include <algorithm>
#include <climits>

#include "common/base/bytes.h"
#include "common/base/disk.h"
#include "common/base/number.h"

namespace hoso::config {
namespace {

#include "config_table.inc"

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool SameLetters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

const Entry* Find(auto is) {
  const auto found = std::find_if(std::begin(kSchema), std::end(kSchema), is);
  return found == std::end(kSchema) ? nullptr : found;
}

bool IsDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsNumber(std::string_view text, int& number) {
  const auto read = IsDigits(text) ? base::ToNumber(text) : std::nullopt;
  if (!read || *read > INT_MAX) return false;
  number = static_cast<int>(*read);
  return true;
}

/// Letters, digits and what else stands in the name of a machine, or a number in [brackets].
bool IsHost(std::string_view host) {
  constexpr std::string_view kAlso = ".-", kInBrackets = ":.";
  const bool numbered = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (numbered) host = host.substr(1, host.size() - 2);
  return !host.empty() && std::all_of(host.begin(), host.end(), [&](char c) {
    return (c >= '0' && c <= '9') || (Lower(c) >= 'a' && Lower(c) <= 'z') ||
           (numbered ? kInBrackets : kAlso).find(c) != std::string_view::npos;
  });
}

bool IsHostPort(std::string_view text, bool port_needed) {
  constexpr int kMaxPort = 65535;
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || text.ends_with(']')) return !port_needed && IsHost(text);
  int port = 0;
  return IsHost(text.substr(0, colon)) && IsNumber(text.substr(colon + 1), port) && port > 0 &&
         port <= kMaxPort;
}

/// https://host[:port], with nothing after it but perhaps "/" where `path` is not allowed.
bool IsAddress(std::string_view text, std::string_view scheme, bool path) {
  if (!text.starts_with(scheme)) return false;
  text.remove_prefix(scheme.size());
  const std::size_t slash = std::min(text.find('/'), text.size());
  if (!path && slash + 1 < text.size()) return false;
  return IsHostPort(text.substr(0, slash), false) && text.find(' ') == std::string_view::npos;
}

bool HasForm(Form form, std::string_view text) {
  constexpr std::size_t kUnitDigits = 5;
  switch (form) {
    case Form::kAny:
      return true;
    case Form::kHttps:
      return IsAddress(text, "https://", false);
    case Form::kHttp:
      return IsAddress(text, "https://", true) || IsAddress(text, "http://", true);
    case Form::kHostPort:
      return IsHostPort(text, true);
    case Form::kUnit:
      return text.size() == kUnitDigits && IsDigits(text);
    case Form::kPath:
      return base::PathOf(text).is_absolute();
  }
  return false;
}

std::string WhyNotChoice(const Entry& entry, std::string_view value) {
  const auto is = [&](const Choice& choice) { return value == choice.value; };
  return std::any_of(entry.choices.begin(), entry.choices.end(), is) ? "" : "config.choice";
}

}  // namespace

std::span<const Entry> Schema() {
  return kSchema;
}

std::span<const Category> Categories() {
  return kCategories;
}

const Entry* FindByName(std::string_view name) {
  return Find([&](const Entry& entry) { return name == entry.name; });
}

const Entry* FindByRegistry(std::string_view registry) {
  return Find([&](const Entry& entry) { return SameLetters(registry, entry.registry); });
}

const Entry* FindByIni(std::string_view ini) {
  return Find([&](const Entry& entry) { return ini == entry.ini; });
}

std::string WhyNot(const Entry& entry, std::string_view value) {
  if (value.size() > kMaxValue) return "config.too_long";
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; };
  if (!base::IsUtf8(value) || std::any_of(value.begin(), value.end(), is_control))
    return "config.encoding";
  int number = 0;
  switch (entry.type) {
    case Type::kChoice:
      return WhyNotChoice(entry, value);
    case Type::kNumber:
      if (!IsNumber(value, number)) return "config.number";
      return number >= entry.low && number <= entry.high ? "" : "config.range";
    case Type::kText:
      return HasForm(entry.form, value) ? "" : "config.form";
    case Type::kFlag:
      return value == "0" || value == "1" ? "" : "config.flag";
  }
  return "config.form";
}

}  // namespace hoso::config
