#include "client/cli/text_out.h"

#include <map>

#include "common/text/format.h"

namespace hoso::cli {
namespace {

std::string Label(const std::string& key) {
  static const std::map<std::string, std::string> labels = {
      {"id", "Mã"},
      {"settings", "Cài đặt"},
      {"ignored", "Không có hiệu lực"},
      {"value", "Giá trị"},
      {"source", "Do"},
      {"code", "Mã hồ sơ"},
      {"provisional_code", "Mã tạm"},
      {"procedure", "Thủ tục"},
      {"procedure_name", "Tên thủ tục"},
      {"procedure_version", "Phiên bản thủ tục"},
      {"case", "Trường hợp"},
      {"case_name", "Tên trường hợp"},
      {"difficult", "Địa bàn khó khăn"},
      {"state", "Trạng thái"},
      {"state_name", "Tên trạng thái"},
      {"step", "Bước"},
      {"locked", "Đã khóa"},
      {"assignee", "Người xử lý"},
      {"assignee_name", "Tên người xử lý"},
      {"receiver", "Người nhận"},
      {"receiver_name", "Tên người nhận"},
      {"received_at", "Nhận lúc"},
      {"due", "Hẹn trả"},
      {"certain", "Chắc chắn"},
      {"due_certain", "Ngày hẹn chắc chắn"},
      {"due_earliest", "Sớm nhất"},
      {"due_latest", "Muộn nhất"},
      {"due_reason", "Vì sao chưa chắc"},
      {"earliest", "Sớm nhất"},
      {"latest", "Muộn nhất"},
      {"reason", "Lý do"},
      {"reason_text", "Lý do"},
      {"fields", "Nội dung"},
      {"components", "Giấy tờ"},
      {"notes", "Ghi chú"},
      {"conflicts", "Xung đột"},
      {"set_aside", "Để riêng"},
      {"changes", "Thay đổi"},
      {"applicant", "Người nộp"},
      {"unsent", "Chờ gửi"},
      {"total", "Tổng số"},
      {"items", "Danh sách"},
      {"officer", "Cán bộ"},
      {"officer_name", "Tên cán bộ"},
      {"role", "Vai trò"},
      {"unit", "Đơn vị"},
      {"unit_name", "Tên đơn vị"},
      {"position", "Vị trí"},
      {"epoch", "Kỷ nguyên"},
      {"waiting", "Chờ gửi"},
      {"last_sync", "Đối chiếu lần cuối"},
      {"sent", "Đã gửi"},
      {"received", "Đã nhận"},
      {"accepted", "Được nhận"},
      {"bytes_up", "Gửi đi (byte)"},
      {"bytes_down", "Nhận về (byte)"},
      {"round_trips", "Số lượt"},
      {"sha256", "Mã băm"},
      {"kept", "Đang giữ"},
      {"name", "Tên"},
      {"key", "Khóa"},
      {"label", "Nhãn"},
      {"status", "Tình trạng"},
      {"status_text", "Nay"},
      {"reissued", "Gửi lại với số mới"},
      {"moved", "Máy nhận tên riêng"},
      {"proven", "Đã chứng minh"},
      {"through", "Tỉnh ký nhận đến số"},
      {"ahead", "Biên nhận đi trước nhật ký"},
      {"earlier", "Biên nhận của kỷ nguyên trước"},
      {"signed_at", "Ký nhận lúc"},
      {"ordered_at", "Ký thứ tự lúc"},
      {"unreadable", "Không đọc được"},
      {"closed", "Đã xong"},
      {"exhibit", "Của người xử lý trước"},
      {"optional", "Nếu có"},
      {"text", "Nội dung"},
      {"author", "Người làm"},
      {"author_name", "Tên người làm"},
      {"at", "Lúc"},
      {"kind", "Loại"},
      {"body", "Nội dung"},
      {"value", "Giá trị"},
      {"values", "Các giá trị"},
      {"held", "Đang giữ"},
      {"field", "Trường"},
      {"dossier", "Hồ sơ"},
      {"difference", "Khác ở"},
      {"difference_now", "Hiện là"},
      {"warnings", "Lưu ý"},
      {"settled", "Đã xử lý"},
      {"province", "Tỉnh"},
      {"province_name", "Tên tỉnh"},
      {"org_code", "Mã cơ quan"},
      {"cases", "Các trường hợp"},
      {"limit", "Thời hạn"},
      {"difficult_limit", "Thời hạn địa bàn khó khăn"},
      {"steps", "Các bước"},
      {"decisions", "Quyết định"},
      {"to", "Sang"},
      {"ok", "Thông suốt"},
      {"todo", "Cần làm"},
      {"needs_reason", "Cần lý do"},
      {"task", "Việc"},
      {"minutes", "Phút"},
      {"people", "Cán bộ"},
      {"user", "Mã cán bộ"},
      {"active", "Đang làm"},
      {"backups", "Bản sao lưu"},
      {"bytes", "Dung lượng"},
      {"receipts", "Biên nhận"},
      {"procedures", "Thủ tục"},
      {"others", "Thủ tục khác"},
      {"version", "Phiên bản"},
      {"basis", "Căn cứ"},
      {"fee_note", "Phí, lệ phí"},
      {"note", "Ghi chú"},
      {"source", "Nguồn"},
      {"results", "Kết quả"},
      {"valid_from", "Hiệu lực từ"},
      {"valid_to", "Hiệu lực đến"},
      {"entries", "Các mục"},
      {"what", "Là gì"},
      {"file", "Tệp"},
      {"joined", "Thêm vào máy đã có"}};
  const auto found = labels.find(key);
  return found == labels.end() ? key : found->second;
}

/// "2026-12-03T17:00" as "03/12/2026 17:00".
std::string Screen(const std::string& text) {
  constexpr std::size_t kDay = 10;
  if (text.size() > kDay && text[kDay] == 'T')
    return text::DateToScreen(text.substr(0, kDay)) + " " + text.substr(kDay + 1);
  return text::DateToScreen(text);
}

std::string Short(const Json& value) {
  if (value.is_null()) return "–";
  if (value.is_string()) return Screen(value.get<std::string>());
  if (value.is_boolean()) return value.get<bool>() ? "có" : "không";
  if (!value.is_structured()) return value.dump();
  std::string out;
  for (const auto& [key, part] : value.items()) {
    if (part.is_null() || (part.is_string() && part.get<std::string>().empty())) continue;
    out += (out.empty() ? "" : value.is_array() ? "; " : " · ");
    out += (value.is_array() ? "" : Label(key) + ": ") + Short(part);
  }
  return out;
}

}  // namespace

std::string ToText(const Json& result) {
  std::string out;
  for (const auto& [key, value] : result.items()) {
    if (value.is_array()) {
      out += Label(key) + " (" + std::to_string(value.size()) + ")\n";
      for (const Json& item : value) out += "  " + Short(item) + "\n";
    } else if (value.is_object()) {
      out += Label(key) + "\n";
      for (const auto& [inner, part] : value.items())
        out += "  " + Label(inner) + ": " + Short(part) + "\n";
    } else {
      out += Label(key) + ": " + Short(value) + "\n";
    }
  }
  return out.empty() ? "Không có gì.\n" : out;
}

}  // namespace hoso::cli
