#pragma once

#include <map>
#include <string>
#include <vector>

#include "client/config/schema.h"

namespace hoso::config {

/// Who says a value, the strongest first.
enum class Source { kMachinePolicy, kUserPolicy, kMachine, kUser, kDefault };

/// A value that somebody gave and that has no effect.
struct Ignored {
  Source source = Source::kDefault;
  std::string name;   // As it stands there.
  std::string value;  // Its first letters.
  std::string why;    // WhyNot's reasons, "config.unknown", "config.scope", "config.not_by_policy",
                    // "config.overruled"; of a whole layer "config.unreadable", "config.too_many".
  friend bool operator==(const Ignored&, const Ignored&) = default;
};

/// What one of them says, unchecked, and what of it could not even be read.
struct Layer {
  std::map<Key, std::string> values;
  std::vector<Ignored> ignored;
};

/// All that is said outside the program: what the PC's keeper says is read once, at its start.
struct Layers {
  Layer machine_policy, user_policy, machine, user;
};

struct Setting {
  std::string value;
  Source source = Source::kDefault;
  bool locked = false;  // Whoever looks after the PC set it: a user's choice has no effect.
};

/// What is in force: of each setting the value of the strongest who gives a good one. A value that
/// is out of its range, that is not for whoever gives it, or that is overruled is skipped and
/// named, never an error; an empty one is as if it were not there. Pure; any thread.
class Config {
 public:
  Config() : Config(Layers()) {}
  explicit Config(const Layers& layers);

  const std::string& Text(Key key) const { return Of(key).value; }
  int Number(Key key) const;  // Also of a choice whose values are numbers.
  bool Flag(Key key) const { return Text(key) == "1"; }
  const Setting& Of(Key key) const { return settings_[static_cast<std::size_t>(key)]; }
  const std::vector<Ignored>& ignored() const { return ignored_; }

 private:
  void Add(const Layer& layer, Source source);

  std::vector<Setting> settings_;  // In the order of Key.
  std::vector<Ignored> ignored_;
};

/// "policy", "user_policy", "machine", "user" or "default".
const char* NameOf(Source source);

}  // namespace hoso::config
