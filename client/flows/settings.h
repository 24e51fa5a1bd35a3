#pragma once

#include <map>
#include <string>

#include "client/flows/desk_folder.h"

namespace hoso::flows {

/// What the people at one desk chose, in plain text beside the database: nothing of a dossier is in
/// it. Values out of their range become the default when read. Any thread.
struct Settings {
  int text_percent = 100;                      // 100, 125 or 150.
  std::string language = "vi";                 // Or "en".
  int lock_minutes = 5;                        // 1 to 60.
  std::map<std::string, std::string> layouts;  // Of a view: widths and order, its own words.
  std::map<std::string, std::string> names;    // Of officers, by id, as the province last said.
  std::string last_sync;                       // Local time, for who has not unlocked; "" if never.
  friend bool operator==(const Settings&, const Settings&) = default;
};

inline constexpr int kTextPercents[] = {100, 125, 150};
inline constexpr int kMaxLockMinutes = 60;

/// The defaults where there is no file, and for each line that can't be read.
Settings LoadSettings(const DeskFolder& folder);
/// Whole or not at all; kDisk "file.write".
base::Status SaveSettings(const DeskFolder& folder, const Settings& settings);

}  // namespace hoso::flows
