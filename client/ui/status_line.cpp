#include "client/ui/status_line.h"

#include "client/ui/words.h"
#include "common/text/format.h"

namespace hoso::ui {
namespace {

enum Field { kConnection, kLastSync, kWaiting, kAttention, kSaved, kFields };
constexpr int kWidths[kFields] = {-3, -5, -3, -4, -3};

wxString WhenText(const std::string& iso) {
  constexpr std::size_t kDay = 10;
  if (iso.size() <= kDay) return T("chưa lần nào");
  return Wx(iso.substr(kDay + 1) + " " + text::DateToScreen(iso.substr(0, kDay)));
}

wxString Number(std::int64_t n) {
  return Wx(text::NumberToScreen(std::to_string(n)));
}

}  // namespace

StatusLine::StatusLine(wxWindow* parent, std::function<void(const char* place)> open)
    : wxStatusBar(parent) {
  SetFieldsCount(kFields, kWidths);
  Bind(wxEVT_LEFT_UP, [this, open = std::move(open)](wxMouseEvent& event) {
    for (int field = 0; field < kFields; ++field) {
      wxRect rect;
      if (!GetFieldRect(field, rect) || !rect.Contains(event.GetPosition())) continue;
      open(field == kAttention ? "Xung đột"
           : field == kSaved   ? "Đang nhập dở"
                               : "Đối chiếu với tỉnh");
    }
  });
}

void StatusLine::ShowLocked(const std::string& last_sync) {
  for (int field = 0; field < kFields; ++field) SetStatusText("", field);
  SetStatusText(T("Máy đang khóa"), kConnection);
  SetStatusText(T("Đối chiếu lần cuối") + " " + WhenText(last_sync), kLastSync);
}

void StatusLine::ShowConnection(const wxString& words) {
  SetStatusText(words, kConnection);
}

void StatusLine::ShowSaved(std::int64_t utc_ms) {
  constexpr std::int64_t kMinuteS = 60;
  const int minute = domain::LocalFromUtcMs(utc_ms).minute;
  SetStatusText(T("Đã lưu") + wxString::Format(" %02d:%02d:%02d", minute / 60, minute % 60,
                                               static_cast<int>(utc_ms / 1000 % kMinuteS)),
                kSaved);
}

void StatusLine::ShowCounts(const flows::DeskStatus& status) {
  SetStatusText(T("Đối chiếu lần cuối") + " " + WhenText(status.last_sync), kLastSync);
  SetStatusText(Number(status.waiting) + " " + T("việc chờ gửi"), kWaiting);
  SetStatusText(Number(status.conflicts) + " " + T("xung đột") + ", " + Number(status.set_aside) +
                    " " + T("để riêng"),
                kAttention);
}

}  // namespace hoso::ui
