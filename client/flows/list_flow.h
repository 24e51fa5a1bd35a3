#pragma once

#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// mine, overdue, today, soon, approval, drafts, all; kUsage "view.unknown".
base::Result<store::View> ParseView(const std::string& word);

inline constexpr int kSoonDays = 3;  // "Soon" is due within as many calendar days.

/// A view as this officer sees it today.
store::ListQuery QueryOf(OpenDesk& open, store::View view);
/// Rows of a view in the order of what is due first; `total` counts all, also beyond the limit.
base::Result<store::DossierList> ListDossiers(OpenDesk& open, store::View view, std::int64_t limit,
                                              std::int64_t offset = 0);

/// How many dossiers each of these views has.
base::Result<std::vector<std::int64_t>> CountDossiers(OpenDesk& open,
                                                      const std::vector<store::View>& views);

/// Reads what the first screen shows, so that it is in memory when the window asks for it: from a
/// cold disk that can take seconds. For the thread that has just unlocked the desk.
void ReadAhead(OpenDesk& open);

/// What is waiting on this desk, for one line of a status bar.
struct DeskStatus {
  std::string officer, officer_name, role, unit, unit_name, epoch;
  std::string last_sync;  // Local time; "" if never.
  std::int64_t position = 0, waiting = 0, conflicts = 0, set_aside = 0;
  std::int64_t unreadable = 0;  // Lines of the log, see AttentionFlow.
};
base::Result<DeskStatus> StatusOf(OpenDesk& open);

/// A change that waits to be received by the province.
struct WaitingChange {
  std::string id, dossier, kind, at;
  bool handed = false;  // It went out on a line at least once, and nobody has signed for it.
};
base::Result<std::vector<WaitingChange>> Outbox(OpenDesk& open);

}  // namespace hoso::flows
