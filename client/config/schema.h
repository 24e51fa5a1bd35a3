#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// The settings of this program, as resources/settings/settings.json says them: that file also
/// makes the settings page, the documentation and the policy templates. Any thread.
namespace hoso::config {

enum class Key : unsigned char {
#include "config_keys.inc"
};

enum class Type { kChoice, kNumber, kText, kFlag };
/// What a text must look like.
enum class Form { kAny, kHttps, kHttp, kHostPort, kUnit, kPath };
/// Who may set it: everybody at the desk, or only who looks after the PC.
enum class Scope { kUser, kMachine };

struct Words {
  const char* vi;
  const char* en;
  const char* In(std::string_view language) const { return language == "en" ? en : vi; }
};

struct Choice {
  const char* value;
  Words label;
};

struct Entry {
  Key key;
  const char* name;  // "ui.language": in files and in the terminal.
  const char* registry;
  const char* ini;  // Among the choices of a desk.
  const char* category;
  Type type;
  Scope scope;
  bool lockable;      // By policy; else only the installer writes it.
  const char* start;  // Where nobody says otherwise.
  int low, high;      // Of a number.
  Form form;          // Of a text.
  std::span<const Choice> choices;
  Words label, help;
};

struct Category {
  const char* key;
  Words label;
};

std::span<const Entry> Schema();  ///< In the order of Key.
std::span<const Category> Categories();
inline const Entry& EntryOf(Key key) {
  return Schema()[static_cast<std::size_t>(key)];
}
const Entry* FindByName(std::string_view name);          ///< Null if there is none.
const Entry* FindByRegistry(std::string_view registry);  ///< Whatever the case of its letters.
const Entry* FindByIni(std::string_view ini);

inline constexpr std::size_t kMaxValue = 1024;  // Octets.

/// "" if the entry may have this value; else why not: "config.choice", "config.range",
/// "config.number", "config.flag", "config.form", "config.too_long" or "config.encoding".
std::string WhyNot(const Entry& entry, std::string_view value);

}  // namespace hoso::config
