#include "client/events/event.h"

#include <algorithm>
#include <iterator>

#include "common/base/check.h"

namespace hoso::events {
namespace {

using enum Severity;

constexpr Entry kTable[] = {
    {Id::kStarted, kInfo, "program.started", "Chương trình bắt đầu.", "The program has started."},
    {Id::kStopped, kInfo, "program.stopped", "Chương trình kết thúc.", "The program has ended."},
    {Id::kUnlockFailed, kInfo, "unlock.failed", "Nhập sai mã PIN (tries: số lần liên tiếp).",
     "A PIN was wrong (tries: how often in a row)."},
    {Id::kUnlockFailedOften, kWarning, "unlock.failed_often",
     "Nhập sai mã PIN từ ba lần liên tiếp: hỏi cán bộ, hoặc có người thử đoán.",
     "A PIN was wrong three times in a row or more: ask the officer, or somebody is guessing."},
    {Id::kEnrolled, kInfo, "enrol.done", "Một cán bộ đã được ghi danh vào máy.",
     "An officer has been enrolled at this desk."},
    {Id::kEnrolmentFailed, kWarning, "enrol.failed", "Ghi danh không xong.",
     "An enrolment has failed."},
    {Id::kRevoked, kError, "device.revoked",
     "Tỉnh đã thu hồi máy này: mọi đối chiếu bị từ chối; dữ liệu vẫn còn.",
     "The province has revoked this desk: every exchange is refused; its data are still there."},
    {Id::kSettingsIgnored, kWarning, "settings.ignored",
     "Có giá trị cài đặt không có hiệu lực; xem bằng hosoxa-cli config show.",
     "Some values of settings have no effect; hosoxa-cli config show names them."},
    {Id::kExchangeFailed, kWarning, "exchange.failed",
     "Đối chiếu với tỉnh không xong; máy vẫn làm việc và sẽ thử lại.",
     "An exchange with the province has failed; work goes on and it will be tried again."},
    {Id::kExchangeRecovered, kInfo, "exchange.recovered", "Đối chiếu lại được sau khi bị lỗi.",
     "The exchange works again after it had failed."},
    {Id::kExchangeStillFailing, kInfo, "exchange.still_failing",
     "Đối chiếu vẫn không xong vì cùng lý do.", "The exchange still fails for the same reason."},
    {Id::kExchanged, kDebug, "exchange.done", "Đối chiếu xong.", "An exchange is done."},
    {Id::kSetAside, kWarning, "exchange.set_aside",
     "Có thay đổi bị để riêng, cán bộ cần xem (count: số thay đổi).",
     "Changes were set aside for an officer to look at (count: how many)."},
    {Id::kConflicts, kInfo, "exchange.conflicts",
     "Có xung đột mới, cán bộ cần chọn (count: số xung đột).",
     "There are new conflicts for an officer to choose (count: how many)."},
    {Id::kCopyRenamed, kWarning, "desk.copy_renamed",
     "Dữ liệu này là bản chép của một máy khác và đã nhận tên riêng.",
     "These data are a copy of another desk's and now have a name of their own."},
    {Id::kRenewed, kInfo, "certificate.renewed", "Chứng thư của máy đã được gia hạn.",
     "The desk's certificate has been renewed."},
    {Id::kRenewalFailed, kWarning, "certificate.renewal_failed",
     "Chưa gia hạn được chứng thư của máy; chứng thư cũ vẫn dùng đến hết hạn.",
     "The desk's certificate could not be renewed yet; the old one holds until it ends."},
    {Id::kDamaged, kError, "data.damaged",
     "Dữ liệu của máy không mở được: đừng xóa gì, phục hồi bản sao lưu hoặc báo quản trị tỉnh.",
     "The desk's data can't be opened: remove nothing, restore a backup or tell the province."},
    {Id::kDiskFailed, kError, "disk.failed", "Không ghi được ra đĩa: kiểm tra dung lượng và quyền.",
     "The disk refused a write: look at its free space and rights."},
    {Id::kRestored, kWarning, "backup.restored", "Đã phục hồi dữ liệu từ bản sao lưu.",
     "The data have been restored from a backup."},
    {Id::kRestoreFailed, kWarning, "backup.restore_failed", "Phục hồi bản sao lưu không xong.",
     "A backup could not be restored."},
    {Id::kBackupFailed, kWarning, "backup.failed", "Không lập được bản sao lưu hằng ngày.",
     "The daily backup could not be made."},
    {Id::kSupportSaved, kInfo, "support.saved", "Cán bộ đã lưu một gói hỗ trợ.",
     "An officer has saved a support package."},
    {Id::kRefused, kInfo, "act.refused", "Một việc không làm được và đã báo cho cán bộ.",
     "Something could not be done, and the officer was told."},
};

constexpr bool Before(const Entry& a, const Entry& b) {
  return a.id < b.id;
}
static_assert(std::is_sorted(std::begin(kTable), std::end(kTable), Before));

constexpr const char* kSeverities[] = {"error", "warning", "info", "debug"};

}  // namespace

std::span<const Entry> Table() {
  return kTable;
}

const Entry& EntryOf(Id id) {
  const auto* found = std::find_if(std::begin(kTable), std::end(kTable),
                                   [&](const Entry& entry) { return entry.id == id; });
  HOSO_CHECK(found != std::end(kTable));
  return *found;
}

const char* NameOf(Severity severity) {
  return kSeverities[static_cast<std::size_t>(severity)];
}

Severity SeverityNamed(std::string_view name) {
  const auto* found = std::find(std::begin(kSeverities), std::end(kSeverities), name);
  return found == std::end(kSeverities) ? kInfo
                                        : static_cast<Severity>(found - std::begin(kSeverities));
}

std::string ToText(const Event& event) {
  std::string text = EntryOf(event.id).key;
  if (*event.reason != '\0') text.append(" ").append(event.reason);
  for (const Count& count : event.counts)
    text.append(" ").append(count.name.text()).append("=").append(std::to_string(count.number));
  return text;
}

}  // namespace hoso::events
