#include <map>
#include <sstream>

#include "sync/server/admin.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using nlohmann::json;

std::string Value(const json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "có" : "không";
  if (!value.is_array()) return value.dump();
  std::string out;
  for (const json& part : value) out += (out.empty() ? "" : ", ") + Value(part);
  return out;
}

std::string Label(const std::string& key) {
  static const std::map<std::string, std::string> labels = {
      {"province", "Tỉnh"},
      {"ca", "Chứng thư gốc"},
      {"database", "Cơ sở dữ liệu"},
      {"user", "Người dùng"},
      {"name", "Họ tên"},
      {"unit", "Đơn vị"},
      {"role", "Vai trò"},
      {"active", "Đang dùng"},
      {"file", "Tệp"},
      {"expires", "Hết hạn (ms)"},
      {"replica", "Máy"},
      {"officers", "Cán bộ"},
      {"revoked", "Đã thu hồi"},
      {"position", "Vị trí"},
      {"accepted_through", "Đã nhận đến"},
      {"sha256", "Mã băm"},
      {"change", "Thay đổi"},
      {"dossier", "Hồ sơ"},
      {"author", "Người làm"},
      {"kind", "Loại"},
      {"verdict", "Kết luận"},
      {"reason", "Lý do"},
      {"version", "Phiên bản"},
      {"made", "Sao lưu lúc (ms)"},
      {"aside", "Thư mục cũ giữ ở"},
      {"schema", "Các bảng cũ giữ ở"},
      {"result", "Kết quả soát"},
      {"ledger", "Dòng sổ quản trị"},
      {"codes", "Ngày có cấp mã"},
      {"entries", "Dòng nhật ký"},
      {"batches", "Lô đã ký"},
      {"replicas", "Số máy"},
      {"signatures", "Chữ ký cán bộ"},
      {"foreign_signatures", "Chữ ký bằng khóa đã mất"},
      {"dossiers", "Số hồ sơ"}};
  const auto found = labels.find(key);
  return found == labels.end() ? key : found->second;
}

std::string Row(const json& row) {
  std::string out;
  for (const auto& [key, value] : row.items())
    out += (out.empty() ? "" : " | ") + Label(key) + ": " + Value(value);
  return out + "\n";
}

const char* What(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kUsage:
      return "Lệnh chưa đúng.";
    case ErrorKind::kNotFound:
      return "Không tìm thấy.";
    case ErrorKind::kUnreachable:
      return "Không kết nối được.";
    case ErrorKind::kDamaged:
      return "Dữ liệu bị hỏng hoặc không đọc được.";
    case ErrorKind::kNewer:
      return "Dữ liệu do phiên bản mới hơn tạo ra.";
    case ErrorKind::kBusy:
      return "Đang bận.";
    case ErrorKind::kDisk:
      return "Không ghi được ra đĩa hoặc cơ sở dữ liệu.";
    default:
      return "Không được chấp nhận.";
  }
}

const char* ToDo(const base::Error& error) {
  if (error.reason.starts_with("catalogue.") || error.reason == "audit.catalogue")
    return "Nhập lại bộ danh mục: hosoxa-server catalog import THƯ_MỤC; không cần phục hồi gì "
           "khác.";
  switch (error.kind) {
    case ErrorKind::kUsage:
      return "Xem cách dùng ở dưới và gõ lại lệnh.";
    case ErrorKind::kNotFound:
      return "Kiểm tra lại tên, mã hoặc đường dẫn.";
    case ErrorKind::kUnreachable:
      return "Kiểm tra mạng và cơ sở dữ liệu rồi thử lại.";
    case ErrorKind::kDamaged:
      return "Không sửa tay; phục hồi từ bản sao lưu gần nhất.";
    case ErrorKind::kNewer:
      return "Cập nhật chương trình rồi chạy lại.";
    case ErrorKind::kBusy:
      return "Đợi một lát rồi thử lại, hoặc chọn cổng khác.";
    case ErrorKind::kDisk:
      return "Kiểm tra dung lượng và quyền ghi của thư mục dữ liệu.";
    default:
      return "Kiểm tra thông tin đã nhập; dữ liệu hiện có không bị thay đổi.";
  }
}

std::string Why(const base::Error& error) {
  static const std::map<std::string, std::string> reasons = {
      {"init.exists", "thư mục này đã có máy chủ tỉnh"},
      {"init.database_used", "cơ sở dữ liệu này đã được dùng"},
      {"province.missing", "thư mục này chưa có máy chủ tỉnh, hãy chạy init"},
      {"province.code", "mã tỉnh phải gồm hai chữ số"},
      {"unit.unknown", "không có đơn vị này trong danh mục"},
      {"unit.other_province", "đơn vị này thuộc tỉnh khác"},
      {"user.unknown", "không có người dùng này"},
      {"user.inactive", "người dùng này đã ngừng hoạt động"},
      {"user.name", "họ tên trống hoặc quá dài"},
      {"device.unknown", "không có máy này"},
      {"role.unknown", "vai trò phải là MC, CV, TP, LD, VT hoặc QT"},
      {"net.url", "địa chỉ phải bắt đầu bằng https://"},
      {"listen.failed", "không mở được cổng, có thể chương trình khác đang dùng"},
      {"health.not_local", "chỉ máy này được hỏi tình trạng, ví dụ 127.0.0.1:8080"},
      {"listen.address", "địa chỉ phải có dạng 127.0.0.1:8443"},
      {"args.unknown", "không có tùy chọn này"},
      {"args.value_missing", "tùy chọn này cần một giá trị"},
      {"args.twice", "tùy chọn này được ghi hai lần"},
      {"args.missing", "thiếu tùy chọn"},
      {"args.not_here", "có tùy chọn không dùng được với lệnh này"},
      {"args.no_service", "chỉ trình quản lý dịch vụ của Windows chạy được máy chủ với --service"},
      {"args.command", "không có lệnh này hoặc lệnh chưa đủ phần"},
      {"store.busy", "cơ sở dữ liệu đang bận"},
      {"store.unreachable", "máy chủ PostgreSQL không trả lời hoặc từ chối kết nối"},
      {"store.address", "phải là sqlite hoặc địa chỉ postgresql://..."},
      {"store.no_postgresql",
       "bản chương trình này chỉ dùng SQLite, không có PostgreSQL; bỏ --database hoặc ghi sqlite"},
      {"backup.other_file", "tệp này không phải bản sao lưu của máy chủ tỉnh"},
      {"backup.truncated", "bản sao lưu bị cụt"},
      {"backup.malformed", "bản sao lưu bị hỏng"},
      {"backup.checksum", "bản sao lưu bị hỏng: nội dung không khớp mã băm của nó"},
      {"backup.newer", "bản sao lưu do phiên bản mới hơn tạo ra"},
      {"backup.too_big", "có một dòng dữ liệu quá lớn để sao lưu"},
      {"restore.folder_used", "thư mục này đã có dữ liệu; thêm --replace để thay, bản cũ được giữ"},
      {"folder.in_use",
       "máy chủ đang chạy, hoặc đang được phục hồi, trên thư mục này; dừng nó trước"},
      {"restore.database_used",
       "cơ sở dữ liệu này đã có dữ liệu; thêm --replace để thay, bản cũ được giữ"},
      {"file.missing", "không có tệp này"},
      {"base64", "một ô dữ liệu không đọc được"},
      {"catalogue.missing", "cơ sở dữ liệu không có bộ danh mục"},
      {"catalogue.damaged", "bộ danh mục trong cơ sở dữ liệu đã hỏng"},
      {"audit.catalogue", "bộ danh mục không khớp mã băm của nó"},
      {"audit.storage", "tệp cơ sở dữ liệu hỏng bên trong, hoặc chỉ mục không khớp với bảng"},
      {"audit.code", "số cấp mã hồ sơ không khớp với các mã trong nhật ký"},
      {"audit.ledger_end", "sổ quản trị không kết thúc ở chỗ nó ghi"},
      {"audit.ledger_gap", "sổ quản trị thiếu một dòng"},
      {"audit.ledger_hash", "một dòng của sổ quản trị đã bị sửa"},
      {"audit.ledger_seal", "một dòng của sổ quản trị không do tỉnh ký"},
      {"audit.log_cut", "nhật ký bị cắt: tỉnh đã ký nhận nhiều dòng hơn thế"},
      {"audit.log_dossier", "dòng nhật ký ghi sai hồ sơ"},
      {"audit.log_entry", "dòng nhật ký không đọc được"},
      {"audit.log_gap", "nhật ký thiếu một dòng"},
      {"audit.log_hash", "dòng nhật ký này đã bị sửa"},
      {"audit.log_head", "đầu nhật ký không khớp với dòng cuối"},
      {"audit.log_taken", "phần nhật ký tiếp quản đã bị sửa"},
      {"audit.log_unsealed", "dòng nhật ký không có biên nhận nào của tỉnh bao"},
      {"audit.octets", "một cột không còn đọc được"},
      {"audit.officer_signature", "chữ ký của cán bộ không đúng"},
      {"audit.receipt", "biên nhận của tỉnh cho lô này đã bị sửa"},
      {"audit.receipt_log", "biên nhận của lô này không khớp với nhật ký"},
      {"audit.replica_chain", "chuỗi của máy không khớp với biên nhận"},
      {"audit.replica_head", "số hoặc chuỗi cuối của máy không khớp với nhật ký"},
      {"audit.replica_sequence", "số thứ tự của máy trong nhật ký sai"},
      {"audit.replica_signature", "chữ ký của máy trên lô này không đúng"},
      {"audit.replica_unknown", "nhật ký có máy mà tỉnh không biết"},
      {"audit.row_altered", "dòng này khác với sổ quản trị"},
      {"audit.row_extra", "sổ quản trị không có dòng này"},
      {"audit.row_missing", "dòng này đã mất khỏi bảng"},
      {"audit.state", "hồ sơ khác với kết quả gộp từ nhật ký"},
      {"audit.state_extra", "nhật ký không có hồ sơ này"},
      {"audit.state_missing", "hồ sơ này đã mất khỏi bảng"}};
  const auto found = reasons.find(error.reason);
  const std::string why = found == reasons.end() ? error.reason : found->second;
  return "Vì: " + why + (error.detail.empty() ? "" : " (" + error.detail + ")") + ".";
}

}  // namespace

std::string ToText(const json& result) {
  std::string out;
  if (result.is_array()) {
    for (const json& row : result) out += Row(row);
    return out;
  }
  for (const auto& [key, value] : result.items()) {
    if (value.is_array())
      for (const json& row : value) out += Row(row);
    else
      out += Label(key) + ": " + Value(value) + "\n";
  }
  return out.empty() ? "Không có gì.\n" : out;
}

std::string Explain(const base::Error& error) {
  return std::string(What(error.kind)) + "\n" + Why(error) + "\n" + ToDo(error) + "\n";
}

}  // namespace hoso::server
