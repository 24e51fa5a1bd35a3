#include "client/flows/tell.h"

#include "client/events/event_log.h"
#include "client/flows/explain.h"
#include "client/flows/settings.h"

namespace hoso::flows {

namespace {

events::Options OptionsOf(const config::Config& config) {
  using config::Key;
  return {events::SeverityNamed(config.Text(Key::kLogLevel)), config.Number(Key::kLogDays),
          config.Number(Key::kLogMaxMegabytes)};
}

}  // namespace

void Tell(const Tools& tools, const DeskFolder& folder, const events::Event& event) {
  if (tools.events == nullptr) return;
  tools.events->Tell(folder.Logs(), event, OptionsOf(InForce(folder, tools)));
}

const char* ReasonOf(const base::Error& error) {
  const char* known = KnownReason(error.reason);
  return known == nullptr ? "other" : known;
}

void TellFailure(const Tools& tools, const DeskFolder& folder, const base::Error& error) {
  using base::ErrorKind;
  switch (error.kind) {
    case ErrorKind::kDisk:
      return Tell(tools, folder, {events::Id::kDiskFailed, ReasonOf(error)});
    case ErrorKind::kUsage:
    case ErrorKind::kWrongPin:
    case ErrorKind::kUnreachable:
      return;
    default:
      return Tell(tools, folder, {events::Id::kRefused, ReasonOf(error)});
  }
}

void TellStart(const Tools& tools, const DeskFolder& folder) {
  if (tools.events == nullptr) return;
  const config::Config config = InForce(folder, tools);
  const auto tell = [&](const events::Event& event) {
    tools.events->Tell(folder.Logs(), event, OptionsOf(config));
  };
  tell({events::Id::kStarted});
  const auto ignored = static_cast<std::int64_t>(config.ignored().size());
  if (ignored > 0) tell({events::Id::kSettingsIgnored, "", {{"count", ignored}}});
}

}  // namespace hoso::flows
