#pragma once

#include <map>
#include <string>

#include "client/config/config.h"
#include "client/flows/desk_folder.h"
#include "client/flows/tools.h"

namespace hoso::flows {

/// What the people at one desk chose, in plain text beside the database: nothing of a dossier is in
/// it. Any thread.
struct Settings {
  std::map<config::Key, std::string> chosen;   // As it was written: InForce says what counts.
  std::map<std::string, std::string> layouts;  // Of a view: widths and order, its own words.
  std::map<std::string, std::string> names;    // Of officers, by id, as the province last said.
  std::string last_sync;                       // Local time, for who has not unlocked; "" if never.
  /// "" if the choice is taken, else why not (config::WhyNot); an empty value takes it back.
  std::string Choose(const config::Entry& entry, const std::string& value);
  friend bool operator==(const Settings&, const Settings&) = default;
};

/// Nothing chosen where there is no file, and nothing of a line that can't be read.
Settings LoadSettings(const DeskFolder& folder);
/// What is in force at a desk with these choices.
config::Config InForce(const Settings& settings, const Tools& tools);
config::Config InForce(const DeskFolder& folder, const Tools& tools);

/// Chooses and saves. kUsage "config.unknown" or one of config::WhyNot's; kRefused "config.locked"
/// or "config.scope" for what is not the officer's to choose. An empty value takes the choice back.
base::Status Choose(const DeskFolder& folder, const Tools& tools, const std::string& name,
                    const std::string& value);
/// Whole or not at all; kDisk "file.write".
base::Status SaveSettings(const DeskFolder& folder, const Settings& settings);

}  // namespace hoso::flows
