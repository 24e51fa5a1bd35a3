#pragma once

#include <cstdint>
#include <deque>
#include <string>

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

/// What supporters need to know of this desk, as lines of text in Vietnamese: versions, the
/// system, counts and sizes, the last failures. No person, dossier, path or name is in it, by
/// construction. `system` is what the toolkit says of itself and the machine. What the desk can't
/// tell is left out.
std::string SupportInfo(OpenDesk& open, const RecentErrors& errors, const std::string& system);

/// Writes that text where the officer said; kDisk "file.write".
base::Status SaveSupportInfo(const std::string& path, const std::string& text);

}  // namespace hoso::flows
