#include "client/cli/job.h"
#include "client/flows/explain.h"
#include "client/flows/settings.h"

namespace hoso::cli {
namespace {

Json SettingView(const config::Entry& entry, const config::Config& in_force) {
  const config::Setting& setting = in_force.Of(entry.key);
  return {{"name", entry.name},
          {"value", setting.value},
          {"source", config::NameOf(setting.source)},
          {"locked", setting.locked}};
}

base::Result<Json> Show(Job& job) {
  const config::Config in_force = flows::InForce(job.Folder(), job.tools);
  if (job.args.words.size() > job.first) {
    const config::Entry* entry = config::FindByName(job.Word(0));
    if (entry == nullptr) return base::Fail(base::ErrorKind::kUsage, "config.unknown", job.Word(0));
    return SettingView(*entry, in_force);
  }
  Json settings = Json::array(), ignored = Json::array();
  for (const config::Entry& entry : config::Schema())
    settings.push_back(SettingView(entry, in_force));
  for (const config::Ignored& one : in_force.ignored())
    ignored.push_back({{"name", one.name},
                       {"value", one.value},
                       {"source", config::NameOf(one.source)},
                       {"reason", one.why},
                       {"reason_text", flows::ReasonText(one.why)}});
  return Json{{"settings", std::move(settings)}, {"ignored", std::move(ignored)}};
}

base::Result<Json> Set(Job& job) {
  HOSO_TRY(job.Folder().Create());
  HOSO_TRY(flows::Choose(job.Folder(), job.tools, job.Word(0), job.Word(1)));
  return SettingView(*config::FindByName(job.Word(0)), flows::InForce(job.Folder(), job.tools));
}

}  // namespace

std::vector<Command> ConfigCommands() {
  using enum Command::Needs;
  return {{{"config", "show"}, 0, 1, {}, kFolder, Show},
          {{"config", "set"}, 1, 2, {}, kFolder, Set}};
}

}  // namespace hoso::cli
