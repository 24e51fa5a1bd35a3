#include "client/flows/support_info.h"

#include <filesystem>

#include "client/flows/backup_flow.h"
#include "client/flows/dossier_view.h"
#include "client/flows/list_flow.h"
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

}  // namespace

std::string ProgramVersion() {
  return HOSO_VERSION;
}

void RecentErrors::Add(const base::Error& error, std::int64_t at_utc_ms) {
  lines_.push_back(LocalText(at_utc_ms) + " " + error.reason);
  if (lines_.size() > kKept) lines_.pop_front();
}

std::string SupportInfo(OpenDesk& open, const RecentErrors& errors, const std::string& system) {
  Lines lines;
  lines.Add("Chương trình", "HoSoXa " + ProgramVersion());
  lines.Add("Lược đồ dữ liệu", static_cast<std::int64_t>(store::DeskSchema().size()));
  lines.Add("Giao thức", protocol::kVersion);
  lines.Add("Hệ thống", system);
  lines.Add("Lập lúc", LocalText(open.tools().clock.NowMs()));
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
  lines.Add("Cỡ dữ liệu (byte)", SizeOf(open.folder().Database()));
  lines.Add("Cỡ phần đang ghi (byte)", SizeOf(open.folder().Database() + "-wal"));
  if (const auto backups = Backups(open.folder()))
    for (const BackupView& backup : *backups)
      lines.Add("Bản sao lưu " + backup.at + ": " + std::to_string(backup.bytes) + " byte");
  lines.Add("Lỗi gần đây: " + std::to_string(errors.lines().size()));
  for (const std::string& line : errors.lines()) lines.Add("  " + line);
  return lines.Take();
}

base::Status SaveSupportInfo(const std::string& path, const std::string& text) {
  return base::WriteFile(path, text);
}

}  // namespace hoso::flows
