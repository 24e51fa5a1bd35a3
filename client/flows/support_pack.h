#pragma once

#include <string>
#include <vector>

#include "client/flows/support_info.h"

namespace hoso::flows {

/// One text of a support package.
struct SupportEntry {
  std::string name;  // In the package: "ho-tro.txt", "nhat-ky/hosoxa-20261124-001.log".
  std::string what;  // For the officer who decides whether it goes along.
  std::string text;
};

/// What may go to supporters: the support information, the settings in force, and the newest files
/// of the log up to kMostLog octets. No person, dossier, path or name is in any of it, by
/// construction. What can't be read is left out.
std::vector<SupportEntry> SupportEntries(const SupportSource& source);

inline constexpr std::size_t kMostLog = 8u << 20;

/// Writes those that the officer chose as a ZIP file, whole or not at all; kDisk "file.write".
base::Status SaveSupport(const std::string& path, const std::vector<SupportEntry>& chosen,
                         const SupportSource& source);

}  // namespace hoso::flows
