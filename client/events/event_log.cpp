#include "client/events/event_log.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "common/base/disk.h"

namespace hoso::events {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kShape = "hosoxa-########-###.log";  // A "#" is a digit.
constexpr std::size_t kDayAt = 7, kDayLetters = 8, kPartAt = 16, kPartLetters = 3;
constexpr std::int64_t kMega = 1 << 20, kDayMs = 24 * 3600 * 1000;
constexpr std::int64_t kParts = 8;  // Of what all may be: so much of it goes at once.
constexpr int kMaxPart = 999;       // Of a day; then it is a flood, and nothing more is written.

bool IsLogName(std::string_view name) {
  return std::equal(name.begin(), name.end(), kShape.begin(), kShape.end(), [](char c, char shape) {
    return shape == '#' ? c >= '0' && c <= '9' : c == shape;
  });
}

std::string DayOf(std::int64_t ms) {
  std::string day = base::UtcText(ms).substr(0, std::string_view("2026-11-24").size());
  std::erase(day, '-');
  return day;
}

std::string_view DayOf(const LogFile& file) {
  return std::string_view(file.name).substr(kDayAt, kDayLetters);
}

std::string NameOf(const std::string& day, int part) {
  char number[16];
  std::snprintf(number, sizeof number, "%03d", part);
  return "hosoxa-" + day + "-" + number + ".log";
}

/// What has no room any more, with `more` octets to come.
std::size_t TooMany(const std::vector<LogFile>& files, const std::string& first_day,
                    std::int64_t most, std::int64_t more) {
  std::int64_t all = more;
  for (const LogFile& file : files) all += file.bytes;
  std::size_t count = 0;
  while (count < files.size() && (DayOf(files[count]) < first_day || all > most))
    all -= files[count++].bytes;
  return count;
}

void Write(const std::string& folder, const std::string& line, std::int64_t now_ms,
           const Options& options) {
  if (!base::MakePrivateFolder(folder)) return;
  const std::vector<LogFile> files = LogFiles(folder);
  const std::int64_t most = options.max_megabytes * kMega;
  const auto more = static_cast<std::int64_t>(line.size());
  const std::size_t gone = TooMany(files, DayOf(now_ms - options.days * kDayMs), most, more);
  std::error_code error;
  for (std::size_t i = 0; i < gone; ++i)
    fs::remove(base::PathOf(base::In(folder, files[i].name)), error);

  const std::string today = DayOf(now_ms);
  int part = 1;
  for (const LogFile& file : files) {
    if (DayOf(file) != today) continue;
    part = std::stoi(file.name.substr(kPartAt, kPartLetters));
    if (file.bytes + more > most / kParts) ++part;
  }
  // Nobody is left to be told that a log can't be written.
  if (part <= kMaxPart) (void)base::Append(base::In(folder, NameOf(today, part)), line).has_value();
}

}  // namespace

EventLog::EventLog(const base::Clock& clock, std::string program,
                   std::shared_ptr<const SystemLog> system)
    : clock_(clock), program_(std::move(program)), system_(std::move(system)) {}

void EventLog::Tell(const std::string& folder, const Event& event, const Options& options) const {
  const Entry& entry = EntryOf(event.id);
  if (entry.severity > options.level) return;
  if (system_ != nullptr && entry.severity <= Severity::kWarning) system_->Write(event);
  std::error_code error;
  if (!fs::is_directory(base::PathOf(folder).parent_path(), error)) return;
  const std::int64_t now_ms = clock_.NowMs();
  Write(folder,
        base::UtcText(now_ms) + " " + std::to_string(static_cast<int>(event.id)) + " " +
            events::NameOf(entry.severity) + " " + program_ + " " + ToText(event) + "\n",
        now_ms, options);
}

std::vector<LogFile> LogFiles(const std::string& folder) {
  std::vector<LogFile> files;
  std::error_code error;
  for (fs::directory_iterator it(base::PathOf(folder), error), end; !error && it != end;
       it.increment(error)) {
    std::string name = base::Utf8Of(it->path().filename());
    if (!IsLogName(name)) continue;
    std::error_code gone;
    const auto bytes = it->file_size(gone);
    files.push_back({std::move(name), gone ? 0 : static_cast<std::int64_t>(bytes)});
  }
  std::sort(files.begin(), files.end(),
            [](const LogFile& a, const LogFile& b) { return a.name < b.name; });
  return files;
}

}  // namespace hoso::events
