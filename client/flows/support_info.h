#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "client/config/config.h"
#include "client/flows/open_desk.h"

namespace hoso::flows {

/// The program's own version, "0.1.0".
std::string ProgramVersion();

/// The last failures by their reason keys only: a detail might name a dossier or a person.
class RecentErrors {
 public:
  static constexpr std::size_t kKept = 20;
  void Add(const base::Error& error, std::int64_t at_utc_ms);
  const std::deque<std::string>& lines() const { return lines_; }  // Oldest first.

 private:
  std::deque<std::string> lines_;  // "2026-11-24T10:41 sync.running"
};

/// What supporters may be told from.
struct SupportSource {
  const DeskFolder& folder;
  const Tools& tools;
  OpenDesk* open;  // Null while nobody has unlocked: what only the data know is then left out.
  const RecentErrors& errors;
  std::string system = {};  // What the toolkit says of itself and the machine.
};

/// What supporters need to know of this desk, as lines of text in Vietnamese: versions, the
/// system, counts and sizes, the last failures. No person, dossier, path or name is in it, by
/// construction. What the desk can't tell is left out.
std::string SupportInfo(const SupportSource& source);

/// The settings in force and who set them, a line each. Of a text that somebody may type as he
/// likes (an address, a path, a user's name) it says only whether there is one.
std::string SettingsText(const config::Config& config);

}  // namespace hoso::flows
