#pragma once

#include <optional>
#include <string>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// How the last exchange of a desk ended, kept with the desk.
struct SyncOutcome {
  std::string at;  // Local time, "2026-11-24T10:41".
  engine::SyncReport report;
  std::optional<base::Error> error;  // Instead of the report.
};

/// Nothing if there never was one.
base::Result<std::optional<SyncOutcome>> LastOutcome(OpenDesk& open);
base::Status KeepOutcome(OpenDesk& open, const base::Result<engine::SyncReport>& result);

}  // namespace hoso::flows
