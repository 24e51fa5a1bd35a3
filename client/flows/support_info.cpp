#include "client/flows/support_info.h"

#include <filesystem>

#include "client/flows/backup_flow.h"
#include "client/flows/dossier_view.h"
#include "client/flows/list_flow.h"
#include "client/flows/tell.h"
#include "common/base/disk.h"
#include "common/store/migrate.h"

namespace hoso::flows {
namespace {

class Lines {
 public:
  void Add(const char* label, const std::string& value) {
    text_.append(label).append(": ").append(value).append("\n");
  }
  void Add(const char* label, std::int64_t value) { Add(label, std::to_string(value)); }
  void Add(const std::string& line) { text_.append(line).append("\n"); }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

std::int64_t SizeOf(const std::string& path) {
  std::error_code missing;
  const auto size = std::filesystem::file_size(base::PathOf(path), missing);
  return missing ? 0 : static_cast<std::int64_t>(size);
}

void AddData(Lines& lines, OpenDesk& open) {
  for (const auto& [label, key] : {std::pair("Máy", "replica"), std::pair("Đơn vị", "unit"),
                                   std::pair("Thế hệ dữ liệu của tỉnh", "epoch")})
    if (const auto value = open.store().Meta(key); value && *value) lines.Add(label, **value);
  if (const auto status = StatusOf(open)) {
    lines.Add("Vai trò", status->role);
    lines.Add("Đối chiếu lần cuối", status->last_sync);
    lines.Add("Vị trí trong nhật ký", status->position);
    lines.Add("Việc chờ gửi", status->waiting);
    lines.Add("Xung đột", status->conflicts);
    lines.Add("Thay đổi để riêng", status->set_aside);
  }
  if (const auto all = ListDossiers(open, store::View::kAll, 1)) lines.Add("Hồ sơ", all->total);
  if (const auto drafts = open.store().AllDrafts())
    lines.Add("Bản nháp", static_cast<std::int64_t>(drafts->size()));
}

}  // namespace

std::string ProgramVersion() {
  return HOSO_VERSION;
}

void RecentErrors::Add(const base::Error& error, std::int64_t at_utc_ms) {
  lines_.push_back(LocalText(at_utc_ms) + " " + ReasonOf(error));
  if (lines_.size() > kKept) lines_.pop_front();
}

std::string SupportInfo(const SupportSource& source) {
  Lines lines;
  lines.Add("Chương trình", "HoSoXa " + ProgramVersion());
  lines.Add("Lược đồ dữ liệu", static_cast<std::int64_t>(store::DeskSchema().size()));
  lines.Add("Giao thức", protocol::kVersion);
  if (!source.system.empty()) lines.Add("Hệ thống", source.system);
  lines.Add("Lập lúc", LocalText(source.tools.clock.NowMs()));
  if (const auto officers = OpenDesk::Officers(source.folder))
    lines.Add("Cán bộ ghi danh ở máy", static_cast<std::int64_t>(officers->size()));
  if (source.open != nullptr) AddData(lines, *source.open);
  lines.Add("Cỡ dữ liệu (byte)", SizeOf(source.folder.Database()));
  lines.Add("Cỡ phần đang ghi (byte)", SizeOf(source.folder.Database() + "-wal"));
  if (const auto backups = Backups(source.folder))
    for (const BackupView& backup : *backups)
      lines.Add("Bản sao lưu " + backup.at + ": " + std::to_string(backup.bytes) + " byte");
  lines.Add("Lỗi gần đây: " + std::to_string(source.errors.lines().size()));
  for (const std::string& line : source.errors.lines()) lines.Add("  " + line);
  return lines.Take();
}

std::string SettingsText(const config::Config& config) {
  Lines lines;
  for (const config::Entry& entry : config::Schema()) {
    const config::Setting& setting = config.Of(entry.key);
    std::string value = setting.value;
    if (entry.type == config::Type::kText) value = value.empty() ? "trống" : "có ghi";
    lines.Add(entry.name, value + " (" + config::NameOf(setting.source) + ")");
  }
  // Neither what was given nor under which name: both are whatever somebody typed.
  lines.Add("Giá trị bị bỏ qua", static_cast<std::int64_t>(config.ignored().size()));
  for (const config::Ignored& ignored : config.ignored())
    lines.Add(std::string("  ") + config::NameOf(ignored.source) + " " + ignored.why);
  return lines.Take();
}

}  // namespace hoso::flows
