#include "client/flows/support_pack.h"

#include <algorithm>
#include <utility>

#include "client/events/event_log.h"
#include "client/flows/settings.h"
#include "client/flows/tell.h"
#include "client/flows/zip.h"
#include "common/base/disk.h"

namespace hoso::flows {

std::vector<SupportEntry> SupportEntries(const SupportSource& source) {
  std::vector<SupportEntry> entries = {
      {"ho-tro.txt", "Thông tin hỗ trợ", SupportInfo(source)},
      {"cai-dat.txt", "Cài đặt có hiệu lực", SettingsText(InForce(source.folder, source.tools))}};
  std::size_t room = kMostLog;
  auto files = events::LogFiles(source.folder.Logs());
  std::reverse(files.begin(), files.end());
  for (const events::LogFile& file : files) {
    auto text = base::ReadFile(base::In(source.folder.Logs(), file.name), room);
    if (!text) continue;
    room -= text->size();
    entries.push_back({"nhat-ky/" + file.name, std::string("Tệp nhật ký") + " (" + file.name + ")",
                       *std::move(text)});
  }
  return entries;
}

base::Status SaveSupport(const std::string& path, const std::vector<SupportEntry>& chosen,
                         const SupportSource& source) {
  ZipFile zip;
  for (const SupportEntry& entry : chosen) zip.Add(entry.name, entry.text);
  HOSO_TRY(base::WriteFile(path, zip.Finish()));
  Tell(source.tools, source.folder, {events::Id::kSupportSaved});
  return {};
}

}  // namespace hoso::flows
