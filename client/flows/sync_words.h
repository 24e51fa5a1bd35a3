#pragma once

#include <string>
#include <vector>

#include "client/flows/list_flow.h"
#include "sync/engine/desk.h"

namespace hoso::flows {

// What an exchange does and did, in an officer's words. Pure, but for Waiting.

std::string CountText(std::int64_t number);  // 1200: "1.200".
std::string BytesText(std::int64_t bytes);   // 327680: "320 KB"; from a megabyte on "1,5 MB".
std::string DurationText(std::int64_t ms);   // "12 giây", "3 phút 5 giây", "2 giờ 10 phút".
std::string ProgressText(const engine::SyncProgress& progress);
/// 0 to 100 of what is known to be sent and received; nothing before that is known.
std::optional<int> ProgressPercent(const engine::SyncProgress& progress);

/// What came of an exchange, one sentence a line.
std::vector<std::string> ReportLines(const engine::SyncReport& report);

/// The first changes that wait to be sent, "tiếp nhận hồ sơ – Đặng Thị Ánh – 10:41 24/11/2026".
struct WaitingView {
  std::vector<std::string> lines;
  std::int64_t more = 0;  // Beyond those.
};
base::Result<WaitingView> Waiting(OpenDesk& open, std::size_t limit);

}  // namespace hoso::flows
