#include "client/flows/sync_outcome.h"

#include <sstream>

#include "client/config/lines.h"
#include "client/flows/dossier_view.h"

namespace hoso::flows {
namespace {

constexpr const char* kMeta = "last_outcome";
constexpr std::size_t kLongestDetail = 256;

}  // namespace

// Numbers, then the error if there is one: "ms sent … set_aside kind reason detail".

base::Status KeepOutcome(OpenDesk& open, const base::Result<engine::SyncReport>& result) {
  std::ostringstream text;
  text << open.tools().clock.NowMs();
  const engine::SyncReport report = result ? *result : engine::SyncReport();
  for (const std::int64_t number :
       {report.sent, report.received, report.conflicts, report.set_aside, report.reissued})
    text << ' ' << number;
  if (!result)
    text << ' ' << static_cast<int>(result.error().kind) << ' ' << result.error().reason << ' '
         << config::Beginning(result.error().detail, kLongestDetail);
  return open.store().database().Atomically(
      [&] { return open.store().SetMeta(kMeta, text.str()); });
}

base::Result<std::optional<SyncOutcome>> LastOutcome(OpenDesk& open) {
  HOSO_TRY_ASSIGN(const auto kept, open.store().Meta(kMeta));
  if (!kept) return std::optional<SyncOutcome>();
  SyncOutcome outcome;
  std::istringstream text(*kept);
  std::int64_t at_ms = 0;
  int kind = 0;
  base::Error error;
  engine::SyncReport& report = outcome.report;
  text >> at_ms >> report.sent >> report.received >> report.conflicts >> report.set_aside >>
      report.reissued;
  if (!text) return std::optional<SyncOutcome>();  // Another version's; it is only a word to read.
  outcome.at = LocalText(at_ms);
  if (text >> kind >> error.reason) {
    if (text.get() == ' ') std::getline(text, error.detail);
    error.kind = static_cast<base::ErrorKind>(kind);
    outcome.error = error;
  }
  return std::optional(std::move(outcome));
}

}  // namespace hoso::flows
