#include "client/flows/kind_words.h"

namespace hoso::flows {

using base::ErrorKind;

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

}  // namespace hoso::flows
