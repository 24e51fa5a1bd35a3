#include "client/flows/explain.h"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "client/flows/reason_words.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;

/// What happened and what to do, as far as the kind of an error tells.
struct KindWords {
  const char* what;
  const char* todo;
};

KindWords WordsOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return {"Yêu cầu chưa đúng.", "Sửa lại rồi thử lại; chưa có gì bị thay đổi."};
    case ErrorKind::kNotFound:
      return {"Không tìm thấy.", "Kiểm tra lại mã hoặc đường dẫn."};
    case ErrorKind::kWrongPin:
      return {"Chưa mở được máy.", "Nhập lại mã PIN."};
    case ErrorKind::kRefused:
      return {"Không làm được việc này.", "Chưa có gì bị thay đổi."};
    case ErrorKind::kUnreachable:
      return {"Chưa kết nối được máy chủ tỉnh.",
              "Cứ làm việc tiếp; các thay đổi vẫn chờ gửi và sẽ gửi khi có mạng."};
    case ErrorKind::kDamaged:
      return {"Dữ liệu không đọc được.", "Đừng xóa gì; báo quản trị tỉnh."};
    case ErrorKind::kBusy:
      return {"Đang bận.", "Đợi một lát rồi thử lại."};
    case ErrorKind::kNewer:
      return {"Dữ liệu do phiên bản mới hơn tạo ra.", "Cập nhật chương trình rồi mở lại."};
    case ErrorKind::kDisk:
      return {"Không ghi được ra đĩa.", "Kiểm tra dung lượng và quyền ghi rồi thử lại."};
  }
  return {"", ""};
}

/// Of a line that failed the detail is mostly a library's own words, for support only.
bool DetailHelps(const base::Error& error) {
  if (error.detail.empty() || error.kind == ErrorKind::kDisk) return false;
  constexpr std::string_view kOurs[] = {
      "net.proxy_auth", "net.proxy_pac", "net.proxy_refused",  "net.proxy_unreachable",
      "tls.inspected",  "tls.portal",    "tls.other_authority"};
  return error.kind != ErrorKind::kUnreachable ||
         std::find(std::begin(kOurs), std::end(kOurs), error.reason) != std::end(kOurs);
}

}  // namespace

std::string ReasonText(const std::string& reason) {
  const ReasonLine* line = FindReason(reason);
  return line == nullptr ? reason : line->why;
}

const char* KnownReason(const std::string& reason) {
  const ReasonLine* line = FindReason(reason);
  return line == nullptr ? nullptr : line->key;
}

Message Explain(const base::Error& error) {
  const KindWords kind = WordsOf(error.kind);
  const ReasonLine* line = FindReason(error.reason);
  Message message{kind.what, ReasonText(error.reason), kind.todo};
  if (DetailHelps(error)) message.why += " (" + error.detail + ")";
  if (line != nullptr && line->todo[0] != '\0') message.todo = line->todo;
  return message;
}

}  // namespace hoso::flows
