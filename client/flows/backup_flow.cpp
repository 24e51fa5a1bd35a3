#include "client/flows/backup_flow.h"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "client/flows/settings.h"
#include "client/flows/tell.h"
#include "common/base/disk.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;
namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "desk-", kSuffix = ".db";
constexpr std::size_t kDayLetters = 8;

std::string NameOfDay(const domain::Day& day) {
  std::string text = domain::ToText(day);
  std::erase(text, '-');
  return std::string(kPrefix) + text + std::string(kSuffix);
}

bool IsBackupName(const std::string& name) {
  if (name.size() != kPrefix.size() + kDayLetters + kSuffix.size() || !name.starts_with(kPrefix) ||
      !name.ends_with(kSuffix))
    return false;
  const std::string day = name.substr(kPrefix.size(), kDayLetters);
  return std::all_of(day.begin(), day.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string DayOfName(const std::string& name) {
  const std::string day = name.substr(kPrefix.size(), kDayLetters);
  return day.substr(0, 4) + "-" + day.substr(4, 2) + "-" + day.substr(6, 2);
}

/// What waited in the database that is there now goes on waiting, if it can still be read; else it
/// stays in the copy that is kept aside.
base::Status Prepare(store::DeskStore& restored, const std::string& current,
                     const crypto::Secret& key) {
  std::error_code error;
  if (fs::exists(base::PathOf(current), error)) {
    if (auto database = store::Database::OpenEncrypted(current, key.view())) {
      store::DeskStore now(std::move(*database));
      const auto carried = engine::Desk::CarryWaiting(now, restored);
      if (!carried && carried.error().kind != ErrorKind::kDamaged) return carried;
    }
  }
  return engine::Desk::MarkRestored(restored);
}

}  // namespace

base::Result<std::vector<BackupView>> Backups(const DeskFolder& folder) {
  std::vector<BackupView> views;
  std::error_code error;
  for (fs::directory_iterator it(base::PathOf(folder.Backups()), error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = base::Utf8Of(it->path().filename());
    if (!IsBackupName(name)) continue;
    std::error_code size_error;
    const auto bytes = it->file_size(size_error);
    views.push_back({name, DayOfName(name), size_error ? 0 : static_cast<std::int64_t>(bytes)});
  }
  std::sort(views.begin(), views.end(),
            [](const BackupView& a, const BackupView& b) { return a.name > b.name; });
  return views;
}

namespace {

base::Status MakeDaily(OpenDesk& open) {
  const DeskFolder& folder = open.folder();
  const std::string target = folder.Backups() + "/" + NameOfDay(open.Now().day);
  std::error_code error;
  if (fs::exists(base::PathOf(target), error)) return {};
  fs::create_directories(base::PathOf(folder.Backups()), error);
  if (error) return Fail(ErrorKind::kDisk, "folder.create", folder.Backups());
  HOSO_TRY(store::BackUp(open.store().database(), target));
  HOSO_TRY_ASSIGN(const auto all, Backups(folder));
  const auto kept =
      static_cast<std::size_t>(InForce(folder, open.tools()).Number(config::Key::kBackupDailyKept));
  for (std::size_t i = kept; i < all.size(); ++i)
    fs::remove(base::PathOf(folder.Backups() + "/" + all[i].name), error);
  return {};
}

base::Result<std::string> PutBack(const DeskFolder& folder, const std::string& officer,
                                  const std::string& pin, const std::string& name,
                                  const Tools& tools) {
  HOSO_TRY_ASSIGN(const std::string who, ChooseOfficer(folder, officer));
  HOSO_TRY_ASSIGN(const crypto::Unlocked keys, TryPin(folder, who, pin, tools));
  HOSO_TRY_ASSIGN(const auto all, Backups(folder));
  const auto chosen = std::find_if(all.begin(), all.end(), [&](const BackupView& view) {
    return name.empty() || view.name == name;
  });
  if (chosen == all.end()) return Fail(ErrorKind::kNotFound, "backup.missing", name);
  const std::string aside = "replaced-" + std::to_string(tools.clock.NowMs()) + ".db";
  {
    HOSO_TRY_ASSIGN(const base::FileLock alone,
                    folder.LockDatabase(base::FileLock::Mode::kExclusive));
    HOSO_TRY(store::PutBack(
        {folder.Backups() + "/" + chosen->name, folder.Database(), folder.Backups() + "/" + aside},
        keys.database_key.view(), [&](store::DeskStore& restored) {
          return Prepare(restored, folder.Database(), keys.database_key);
        }));
  }
  HOSO_TRY_ASSIGN(const auto open, OpenDesk::Unlock(folder, who, pin, tools));
  HOSO_TRY(open->desk().ShowWaiting());
  return aside;
}

}  // namespace

base::Status BackUpDaily(OpenDesk& open) {
  auto made = MakeDaily(open);
  if (!made) Tell(open.tools(), open.folder(), {events::Id::kBackupFailed, ReasonOf(made.error())});
  return made;
}

base::Result<std::string> Restore(const DeskFolder& folder, const std::string& officer,
                                  const std::string& pin, const std::string& name,
                                  const Tools& tools) {
  auto kept = PutBack(folder, officer, pin, name, tools);
  if (kept)
    Tell(tools, folder, {events::Id::kRestored});
  else if (kept.error().kind != ErrorKind::kWrongPin)
    Tell(tools, folder, {events::Id::kRestoreFailed, ReasonOf(kept.error())});
  return kept;
}

}  // namespace hoso::flows
