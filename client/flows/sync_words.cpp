#include "client/flows/sync_words.h"

#include <algorithm>

#include "client/flows/step_words.h"
#include "common/text/format.h"

namespace hoso::flows {
namespace {

constexpr std::int64_t kKilo = 1024, kMega = kKilo * kKilo;
constexpr std::int64_t kSecondMs = 1000, kMinuteS = 60, kHourS = 3600, kTenths = 10;

std::string OfTotal(std::int64_t done, std::int64_t total) {
  return CountText(std::min(done, total)) + " / " + CountText(total);
}

std::string ApplicantOf(OpenDesk& open, const std::string& dossier) {
  const auto stored = open.desk().Load(dossier);
  if (!stored || !*stored) return "";
  const auto& registers = (*stored)->shown.registers;
  const auto name = registers.find("field.applicant.name");
  return name == registers.end() ? "" : name->second.held.value;
}

std::string ScreenTime(const std::string& local) {
  constexpr std::size_t kDay = 10;
  if (local.size() <= kDay) return text::DateToScreen(local);
  return local.substr(kDay + 1) + " " + text::DateToScreen(local.substr(0, kDay));
}

}  // namespace

std::string CountText(std::int64_t number) {
  return text::NumberToScreen(std::to_string(number));
}

std::string BytesText(std::int64_t bytes) {
  if (bytes < kMega) return CountText((bytes + kKilo - 1) / kKilo) + " KB";
  const std::int64_t tenths = bytes * kTenths / kMega;
  return text::NumberToScreen(std::to_string(tenths / kTenths) + "." +
                              std::to_string(tenths % kTenths)) +
         " MB";
}

std::string DurationText(std::int64_t ms) {
  const std::int64_t s = ms / kSecondMs;
  if (s < kMinuteS) return std::to_string(s) + " giây";
  if (s < kHourS)
    return std::to_string(s / kMinuteS) + " phút " + std::to_string(s % kMinuteS) + " giây";
  return CountText(s / kHourS) + " giờ " + std::to_string(s % kHourS / kMinuteS) + " phút";
}

std::string ProgressText(const engine::SyncProgress& progress) {
  std::string text;
  if (progress.to_send > 0)
    text = "Đã gửi " + OfTotal(progress.sent, progress.to_send) + " việc · ";
  const std::int64_t to_come = progress.head - progress.position;
  text += "Đã nhận ";
  text += progress.head > 0 ? OfTotal(progress.received, progress.received + to_come)
                            : CountText(progress.received);
  return text + " dòng nhật ký · " + BytesText(progress.bytes_up + progress.bytes_down);
}

std::optional<int> ProgressPercent(const engine::SyncProgress& progress) {
  constexpr std::int64_t kWhole = 100;
  if (progress.head == 0) return std::nullopt;
  const std::int64_t done = std::min(progress.sent, progress.to_send) + progress.received;
  const std::int64_t all = progress.to_send + progress.received +
                           std::max<std::int64_t>(progress.head - progress.position, 0);
  return all == 0 ? static_cast<int>(kWhole) : static_cast<int>(done * kWhole / all);
}

std::vector<std::string> ReportLines(const engine::SyncReport& report) {
  std::vector<std::string> lines;
  const auto add = [&](std::int64_t count, const char* before, const char* after) {
    if (count > 0) lines.push_back(before + CountText(count) + after);
  };
  add(report.sent, "Đã gửi ", " việc của máy này; tỉnh đã ký nhận.");
  add(report.received, "Đã nhận ", " dòng nhật ký mới của đơn vị.");
  if (lines.empty()) lines.emplace_back("Hai bên đã khớp, không có gì mới.");
  add(report.conflicts, "", " việc có xung đột: xem mục Xung đột.");
  add(report.set_aside, "", " việc được để riêng: xem mục Để riêng.");
  add(report.returned, "Tỉnh vừa phục hồi bản cũ; máy này đã trả lại ", " dòng nhật ký.");
  add(report.reissued, "", " việc được gửi lại sau khi phục hồi bản sao lưu.");
  if (report.moved)
    lines.emplace_back("Máy này là bản sao của một máy khác; từ nay máy có tên và khóa riêng.");
  return lines;
}

base::Result<WaitingView> Waiting(OpenDesk& open, std::size_t limit) {
  HOSO_TRY_ASSIGN(const auto all, Outbox(open));
  WaitingView view;
  for (const WaitingChange& change : all) {
    if (view.lines.size() == limit) break;
    std::string line = KindText(change.kind);
    if (const std::string name = ApplicantOf(open, change.dossier); !name.empty())
      line += " – " + name;
    view.lines.push_back(line + " – " + ScreenTime(change.at));
  }
  view.more = static_cast<std::int64_t>(all.size() - view.lines.size());
  return view;
}

}  // namespace hoso::flows
