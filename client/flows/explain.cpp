#include "client/flows/explain.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

namespace hoso::flows {
namespace {

using base::ErrorKind;

struct ReasonLine {
  const char* key;
  const char* why;
  const char* todo;  // Empty: what the kind of error says.
};

// Sorted by the key.
constexpr ReasonLine kReasons[] = {
    {"answer.too_long", "câu trả lời dài hơn mức cho phép", "Đối chiếu lại; báo quản trị tỉnh."},
    {"args.command", "không có lệnh này hoặc lệnh chưa đủ phần", "Xem cách dùng ở dưới."},
    {"args.components", "chưa nêu giấy tờ nào", "Ghi MÃ=have, MÃ=copy hoặc MÃ=missing."},
    {"args.fields", "chưa nêu trường nào", "Ghi khóa=giá trị."},
    {"args.missing", "thiếu tùy chọn", ""},
    {"args.not_here", "tùy chọn này không dùng được với lệnh này", ""},
    {"args.number", "cần một số nguyên", ""},
    {"args.pair", "cần dạng khóa=giá trị", ""},
    {"args.twice", "được ghi hai lần", ""},
    {"args.unknown", "không có tùy chọn này", ""},
    {"args.value_missing", "tùy chọn này cần một giá trị", ""},
    {"backup.missing", "không có bản sao lưu này", "Xem các bản đang có bằng lệnh backup list."},
    {"batch.signature", "chữ ký của máy trên gói thay đổi không đúng",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"ca.not_ca", "chứng thư gốc trong tệp không dùng được",
     "Xin quản trị tỉnh một tệp ghi danh mới."},
    {"ca.wrong_key", "khóa của chứng thư gốc không khớp",
     "Xin quản trị tỉnh một tệp ghi danh mới."},
    {"calendar.beyond_coverage", "ngày hẹn nằm ngoài lịch làm việc đã có", ""},
    {"calendar.unconfirmed", "có ngày nghỉ chưa được công bố chính thức", ""},
    {"case.unknown", "thủ tục này không có trường hợp đó",
     "Xem các trường hợp bằng procedure show."},
    {"catalog.invalid", "bộ danh mục không đúng", "Sửa đúng dòng được nêu rồi nạp lại."},
    {"catalogue.missing", "máy chủ tỉnh chưa có danh mục", "Báo quản trị tỉnh."},
    {"certificate.bad_name", "tên trong chứng thư không hợp lệ", "Báo quản trị tỉnh."},
    {"certificate.bad_period", "thời hạn của chứng thư không hợp lệ", "Kiểm tra ngày giờ của máy."},
    {"certificate.bad_serial", "số của chứng thư không hợp lệ", "Báo quản trị tỉnh."},
    {"certificate.damaged", "chứng thư không đọc được", "Xin quản trị tỉnh một tệp ghi danh mới."},
    {"certificate.expired", "chứng thư của máy đã hết hạn",
     "Xin quản trị tỉnh một tệp ghi danh mới."},
    {"certificate.is_ca", "chứng thư này không phải của một máy trạm", "Báo quản trị tỉnh."},
    {"certificate.make", "không tạo được chứng thư", "Thử lại; nếu còn lỗi thì báo quản trị."},
    {"certificate.no_names", "chứng thư của máy chủ thiếu tên", "Báo quản trị tỉnh."},
    {"certificate.not_trusted", "chứng thư không do tỉnh cấp",
     "Có thể có thiết bị chặn giữa đường: báo cán bộ mạng."},
    {"certificate.wrong_use", "chứng thư này không dùng cho việc đó",
     "Ghi danh lại máy với quản trị tỉnh."},
    {"change.malformed", "nội dung không đọc được", ""},
    {"change.not_yours", "thay đổi mang tên máy khác",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"change.too_big", "nội dung quá lớn cho một lần ghi", "Chia thành nhiều lần ngắn hơn."},
    {"check.value", "tình trạng giấy tờ phải là have, copy hoặc missing", ""},
    {"clock.off", "đồng hồ của máy này và của tỉnh lệch nhau", "Chỉnh ngày giờ của máy."},
    {"component.unknown", "hồ sơ không có giấy tờ này", "Xem mã giấy tờ bằng dossier show."},
    {"conflict.choice", "cần chọn đúng một: giữ một giá trị hoặc ghi giá trị mới", ""},
    {"conflict.unknown", "xung đột này không có hoặc đã được giải quyết",
     "Xem danh sách xung đột hiện tại."},
    {"conflict.unsent", "máy chủ tỉnh chưa xếp thứ tự các giá trị này",
     "Đối chiếu với tỉnh rồi giải quyết."},
    {"conflict.value_unknown", "giá trị này không nằm trong xung đột",
     "Chọn một giá trị trong danh sách."},
    {"create.duplicate", "hồ sơ này đã có", ""},
    {"create.no_applicant", "chưa có tên người nộp", "Nhập tên người nộp (applicant.name)."},
    {"create.other_unit", "hồ sơ thuộc đơn vị khác", ""},
    {"create.received_at", "thời điểm nhận không đúng", ""},
    {"csr.bad_signature", "yêu cầu chứng thư không hợp lệ",
     "Thử lại; nếu còn lỗi thì báo quản trị."},
    {"csr.damaged", "yêu cầu chứng thư không đọc được", "Thử lại; nếu còn lỗi thì báo quản trị."},
    {"csr.wrong_key", "loại khóa trong yêu cầu chứng thư không được nhận", "Báo quản trị tỉnh."},
    {"decide.changed_meanwhile", "hồ sơ vừa có thay đổi sau khi bạn mở xem",
     "Xem phần đã thay đổi rồi quyết định lại."},
    {"decide.earlier_version", "quyết định trên một phiên bản cũ của hồ sơ",
     "Xem phần đã thay đổi rồi quyết định lại."},
    {"decide.not_proposed", "hồ sơ chưa được trình", "Đợi chuyên viên trình rồi quyết định."},
    {"decide.open_conflict", "hồ sơ còn xung đột chưa giải quyết",
     "Giải quyết xung đột trước khi quyết định."},
    {"decide.own_dossier", "người tiếp nhận hoặc trình hồ sơ không được tự duyệt",
     "Đề nghị lãnh đạo khác quyết định."},
    {"decide.reason_missing", "trả lại hoặc từ chối thì phải nêu lý do", "Nêu lý do."},
    {"decision.unknown", "quyết định phải là approve, return hoặc refuse", ""},
    {"desk.database_missing", "tệp dữ liệu desk.db không còn",
     "Phục hồi bản sao lưu bằng lệnh backup restore."},
    {"desk.in_use", "chương trình khác đang mở dữ liệu của máy này",
     "Đóng chương trình kia rồi thử lại."},
    {"desk.keys_lost", "thư mục có dữ liệu nhưng mất tệp khóa",
     "Giữ nguyên thư mục, báo quản trị tỉnh; ghi danh ở thư mục khác."},
    {"desk.not_enrolled", "máy này chưa ghi danh",
     "Ghi danh bằng tệp do quản trị tỉnh cấp: enrol --code-file."},
    {"desk.too_many", "máy này đang có quá nhiều lượt đối chiếu cùng lúc",
     "Đợi lượt đang chạy xong rồi thử lại."},
    {"device.exists", "máy này đã ghi danh", ""},
    {"device.other", "máy chủ tỉnh biết máy này với khóa khác", "Báo quản trị tỉnh."},
    {"device.revoked", "máy này đã bị tỉnh thu hồi",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"device.unknown", "máy chủ tỉnh không biết máy này",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"device_secret.missing", "mất tệp bí mật của máy (device.key)",
     "Đừng xóa gì; báo quản trị tỉnh để mở bằng khóa phục hồi."},
    {"dossier.ambiguous", "nhiều hồ sơ khớp với mã rút gọn này", "Ghi mã dài hơn."},
    {"dossier.locked", "hồ sơ đã có quyết định nên không sửa được nữa",
     "Cần sửa thì đề nghị lãnh đạo mở lại hồ sơ."},
    {"dossier.unknown", "không có hồ sơ này trên máy",
     "Kiểm tra mã, hoặc đối chiếu với tỉnh trước."},
    {"enrol.answer", "câu trả lời của máy chủ không khớp với tệp ghi danh", "Báo quản trị tỉnh."},
    {"enrol.expired", "tệp ghi danh đã quá 72 giờ", "Xin quản trị tỉnh một tệp mới."},
    {"enrol.file", "tệp này không phải tệp ghi danh", "Chọn đúng tệp do quản trị tỉnh cấp."},
    {"enrol.file_malformed", "tệp này không phải tệp ghi danh",
     "Chọn đúng tệp do quản trị tỉnh cấp."},
    {"enrol.malformed", "yêu cầu ghi danh không hợp lệ", "Cập nhật chương trình rồi thử lại."},
    {"enrol.mixed", "lần ghi danh trước để lại dữ liệu của máy khác",
     "Xóa thư mục ghi danh dở rồi làm lại."},
    {"enrol.other_unit", "tệp ghi danh thuộc đơn vị khác", "Xin tệp cho đúng đơn vị của máy này."},
    {"enrol.unknown", "máy chủ tỉnh không biết tệp ghi danh này", "Xin quản trị tỉnh một tệp mới."},
    {"enrol.used", "tệp ghi danh đã được dùng", "Xin quản trị tỉnh một tệp mới."},
    {"entry.malformed", "một dòng nhật ký của tỉnh không đọc được",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"field.not_text", "nội dung có ký tự không hợp lệ", "Gõ lại nội dung."},
    {"field.too_long", "nội dung quá dài", "Rút ngắn nội dung."},
    {"field.unknown", "không có trường này", "Xem các trường bằng procedure show."},
    {"file.missing", "không có tệp này", "Kiểm tra đường dẫn."},
    {"file.read", "không đọc được tệp", ""},
    {"file.too_big", "tệp quá lớn", ""},
    {"file.write", "không ghi được tệp", "Kiểm tra dung lượng và quyền ghi."},
    {"folder.create", "không tạo được thư mục", "Kiểm tra quyền ghi."},
    {"frame.compression", "gói tin nén không đúng", "Báo quản trị tỉnh."},
    {"frame.encoding", "gói tin không đọc được", "Báo quản trị tỉnh."},
    {"frame.kind", "gói tin loại lạ", "Cập nhật chương trình rồi thử lại."},
    {"frame.too_big", "gói tin quá lớn", "Báo quản trị tỉnh."},
    {"id.birth_year", "số định danh không khớp năm sinh", ""},
    {"id.digits", "số định danh có ký tự không phải chữ số", ""},
    {"id.length", "số định danh không đủ 12 chữ số", ""},
    {"id.old_number", "đây là số CMND cũ 9 chữ số", ""},
    {"id.place", "ba chữ số đầu không phải mã nơi đăng ký", ""},
    {"key.damaged", "khóa không đọc được", "Xin quản trị tỉnh một tệp ghi danh mới."},
    {"keyfile.damaged", "tệp khóa bị hỏng", "Đừng xóa gì; báo quản trị tỉnh."},
    {"keyfile.newer", "tệp khóa do phiên bản mới hơn tạo ra", ""},
    {"limit.form", "cần đúng một: thủ tục, hoặc thời hạn kèm đơn vị wd, d, h, m", ""},
    {"limit.range", "thời hạn ngoài giới hạn cho phép", ""},
    {"lock.failed", "không khóa được tệp trong thư mục dữ liệu", ""},
    {"lock.held", "chương trình khác đang dùng", ""},
    {"log.epoch", "tỉnh đã phục hồi dữ liệu từ bản cũ",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"log.gap", "nhật ký của tỉnh thiếu một đoạn",
     "Đối chiếu lại; nếu còn lỗi thì báo quản trị tỉnh."},
    {"log.mismatch", "nhật ký của máy và của tỉnh khác nhau",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"log.position", "nhật ký của tỉnh đánh số sai",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"log.rewritten", "tỉnh đã bỏ những dòng nhật ký mà chính tỉnh đã ký",
     "Báo ngay quản trị tỉnh; giữ nguyên máy này và các biên nhận của nó."},
    {"log.unsigned", "nhật ký tỉnh gửi không có chữ ký của tỉnh",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"log.withheld", "nơi trả lời giữ lại nhật ký của tỉnh",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"machine_seal.failed", "hệ điều hành không niêm được bí mật của máy",
     "Khởi động lại máy rồi thử lại, nếu còn lỗi thì báo quản trị."},
    {"machine_seal.other_machine",
     "bí mật của máy (device.key) được niêm ở máy khác hoặc trước khi cài lại Windows",
     "Đừng xóa gì; báo quản trị tỉnh để mở bằng khóa phục hồi."},
    {"message.malformed", "thông điệp không đọc được", "Báo quản trị tỉnh."},
    {"message.unexpected", "thông điệp không đúng lượt", "Báo quản trị tỉnh."},
    {"net.cut", "đường truyền bị ngắt giữa chừng", "Thử lại; phần đã nhận không bị mất."},
    {"net.no_route", "không tìm thấy máy chủ tỉnh trên mạng", ""},
    {"net.not_province", "nơi trả lời không phải máy chủ tỉnh",
     "Kiểm tra mạng có trang đăng nhập hay thiết bị chặn không."},
    {"net.province_failed", "máy chủ tỉnh gặp lỗi", "Thử lại sau; phần đã nhận không bị mất."},
    {"net.refused", "máy chủ tỉnh không nhận kết nối", ""},
    {"net.timeout", "máy chủ tỉnh không trả lời kịp", ""},
    {"net.url", "địa chỉ máy chủ không đúng", "Xin quản trị tỉnh một tệp ghi danh mới."},
    {"note.empty", "ghi chú trống", ""},
    {"officer.bad_id", "mã cán bộ không hợp lệ", "Báo quản trị tỉnh."},
    {"officer.choose", "máy này có nhiều cán bộ", "Thêm --officer MÃ."},
    {"paper.fonts", "phông chữ của chương trình bị thiếu hoặc hỏng", "Cài đặt lại chương trình."},
    {"paper.pdf", "không tạo được tệp PDF", "Thử lại; nếu còn lỗi thì báo quản trị."},
    {"paper.size", "khổ giấy phải là A4 hoặc A5", ""},
    {"part.hash", "tài liệu tỉnh gửi không khớp mã băm", "Đối chiếu lại."},
    {"part.misplaced", "tài liệu tỉnh gửi không đúng thứ tự", "Đối chiếu lại."},
    {"path.unknown", "máy chủ không có chức năng này", "Cập nhật chương trình rồi thử lại."},
    {"pause.form", "khoảng tạm dừng phải có dạng TỪ/ĐẾN", ""},
    {"pause.open", "đồng hồ đang tạm dừng", ""},
    {"pause.range", "khoảng tạm dừng ngược hoặc quá dài", ""},
    {"phone.form", "số điện thoại không đúng dạng", ""},
    {"pin.delay", "đã sai nhiều lần nên phải đợi (giây)",
     "Đợi hết thời gian rồi nhập lại; dữ liệu không bị mất."},
    {"pin.missing", "chưa có mã PIN", "Thêm --pin-file TỆP."},
    {"pin.no_memory", "máy không đủ bộ nhớ để mở khóa", "Đóng bớt chương trình rồi thử lại."},
    {"pin.not_text", "mã PIN có ký tự không hợp lệ", ""},
    {"pin.too_long", "mã PIN quá dài (tối đa 64 ký tự)", ""},
    {"pin.too_short", "mã PIN quá ngắn (ít nhất 4 ký tự)", ""},
    {"pin.wrong", "mã PIN không đúng",
     "Nhập lại; quên thì xin quản trị tỉnh một tệp ghi danh mới. Dữ liệu không bị mất."},
    {"print.failed", "máy in không nhận hoặc báo lỗi",
     "Xem máy in đã bật và còn giấy chưa, hoặc lưu PDF rồi in ở máy khác."},
    {"procedure.missing", "chưa chọn thủ tục", "Chọn thủ tục ở bước 2."},
    {"procedure.unknown", "không có thủ tục này trong danh mục",
     "Xem các thủ tục bằng procedure list."},
    {"proof.chain", "thay đổi của máy này không khớp với biên nhận",
     "Giữ nguyên thư mục, báo quản trị tỉnh."},
    {"proof.changes", "thiếu những thay đổi mà tỉnh đã ký nhận",
     "Đối chiếu rồi soát lại; nếu còn lỗi thì báo quản trị tỉnh."},
    {"proof.log", "một dòng nhật ký trên máy đã bị sửa", "Giữ nguyên thư mục, báo quản trị tỉnh."},
    {"proof.log_hash", "nhật ký trên máy không khớp với biên nhận",
     "Giữ nguyên thư mục, báo quản trị tỉnh."},
    {"proof.none", "máy này chưa có biên nhận nào của tỉnh", "Đối chiếu với tỉnh trước."},
    {"proof.other", "biên nhận này của đơn vị khác", "Giữ nguyên thư mục, báo quản trị tỉnh."},
    {"proof.receipt", "một biên nhận không đọc được", "Giữ nguyên thư mục, báo quản trị tỉnh."},
    {"proof.signature", "chữ ký trên biên nhận không phải của tỉnh",
     "Giữ nguyên thư mục, báo quản trị tỉnh."},
    {"protocol.version", "máy chủ tỉnh dùng phiên bản khác",
     "Cập nhật chương trình; các thay đổi vẫn chờ gửi."},
    {"province.busy", "máy chủ tỉnh đang bận", "Thử lại sau ít phút."},
    {"qr.text", "không tạo được mã QR", ""},
    {"reason.missing", "chưa nêu lý do", "Nêu lý do."},
    {"receipt.not_received", "hồ sơ không được tiếp nhận nên không có giấy tiếp nhận", ""},
    {"receipt.other", "biên nhận của nhật ký khác hoặc của lần trước",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"receipt.signature", "chữ ký trên biên nhận không phải của tỉnh",
     "Báo quản trị tỉnh; đừng đối chiếu tiếp."},
    {"received.form", "thời điểm phải có dạng 2026-11-23T08:30", ""},
    {"received.future", "thời điểm nhận ở tương lai", ""},
    {"recovery.missing", "không có khóa phục hồi", "Báo quản trị tỉnh."},
    {"replica.chain", "chuỗi thay đổi của máy không khớp biên nhận",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"replica.forked", "máy này và một bản sao của nó đã đi hai đường", "Báo quản trị tỉnh."},
    {"replica.reissue_officer", "cần chính cán bộ đã ký mở máy để gửi lại",
     "Cán bộ đó mở máy và đối chiếu."},
    {"request.too_long", "lượt gửi quá dài", "Đối chiếu lại; phần đã nhận không bị mất."},
    {"resolve.closed", "xung đột đã được giải quyết hoặc đã khác", ""},
    {"resolve.unsent", "máy chủ tỉnh chưa xếp thứ tự các giá trị này",
     "Đối chiếu với tỉnh rồi giải quyết."},
    {"resolve.value_gone", "giá trị được chọn không còn trong xung đột", ""},
    {"return.number_taken", "số này đã được dùng cho một việc khác sau khi phục hồi", ""},
    {"return.unproven", "các dòng nhật ký trả lại không khớp biên nhận của tỉnh",
     "Báo quản trị tỉnh; dữ liệu trên máy vẫn còn nguyên."},
    {"right.inactive", "tài khoản này không còn ở đơn vị", "Báo quản trị tỉnh."},
    {"right.role", "vai trò của bạn không được làm việc này", "Chuyển cho người có đúng vai trò."},
    {"right.signature", "chữ ký của cán bộ không đúng", ""},
    {"right.unknown_author", "máy chủ tỉnh không biết người làm trên máy này",
     "Báo quản trị tỉnh."},
    {"role.unknown", "vai trò không có", ""},
    {"seal.open", "gói niêm phong không mở được", "Đừng xóa gì; báo quản trị tỉnh."},
    {"seal.public_key", "khóa công khai không dùng được", "Báo quản trị tỉnh."},
    {"sequence.gap", "máy chủ thiếu một đoạn thay đổi của máy này",
     "Đối chiếu lại; nếu còn lỗi thì báo quản trị tỉnh."},
    {"setaside.unknown", "không có thay đổi để riêng này hoặc đã xử lý", ""},
    {"settle.cannot_adopt", "hồ sơ hiện không nhận được thay đổi này",
     "Bỏ qua thay đổi, hoặc làm lại bằng tay."},
    {"settle.closed", "thay đổi này đã được xử lý", ""},
    {"settle.reason_missing", "chưa nêu lý do", "Nêu lý do."},
    {"settle.word", "cần adopt hoặc dismiss", ""},
    {"share.missing", "tệp desk.share không dùng được", "Đừng xóa gì; báo quản trị tỉnh."},
    {"slot.exists", "cán bộ này đã có trên máy", ""},
    {"slot.full", "máy này đã đủ số cán bộ", ""},
    {"slot.missing", "cán bộ này không có trên máy", "Ghi danh cán bộ trên máy này trước."},
    {"state.malformed", "một hồ sơ trên máy không đọc được",
     "Phục hồi bản sao lưu bằng lệnh backup restore."},
    {"step.extended_before", "hồ sơ đã gia hạn một lần", ""},
    {"step.not_allowed", "bước này không làm được ở trạng thái hiện tại",
     "Xem các bước làm được bằng dossier steps."},
    {"step.not_approved", "hồ sơ chưa được duyệt", ""},
    {"step.reason_missing", "bước này phải nêu lý do", "Thêm --reason."},
    {"step.unknown", "không có bước này", "Xem các bước làm được bằng dossier steps."},
    {"store.address", "địa chỉ cơ sở dữ liệu không đúng", ""},
    {"store.backup", "không sao lưu được cơ sở dữ liệu này", ""},
    {"store.busy", "dữ liệu đang được ghi ở nơi khác", ""},
    {"store.damaged", "dữ liệu bị hỏng", "Phục hồi bản sao lưu bằng lệnh backup restore."},
    {"store.failed", "không ghi được dữ liệu", ""},
    {"store.full", "đĩa đầy", "Giải phóng đĩa rồi thử lại; dữ liệu đã lưu vẫn còn."},
    {"store.key_size", "khóa của cơ sở dữ liệu không đúng", "Đừng xóa gì; báo quản trị tỉnh."},
    {"store.newer", "dữ liệu do phiên bản mới hơn tạo ra", ""},
    {"store.no_postgresql", "bản chương trình này không có PostgreSQL", ""},
    {"store.not_encrypted", "thư viện không mã hóa được",
     "Cài lại chương trình đúng bản phát hành."},
    {"store.path", "đường dẫn cơ sở dữ liệu không dùng được", "Chọn thư mục khác."},
    {"store.stopped", "đĩa báo lỗi khi lưu nên không ghi thêm nữa",
     "Đóng chương trình, kiểm tra đĩa rồi mở lại; những gì đã báo là đã lưu vẫn còn."},
    {"store.unreachable", "không tới được cơ sở dữ liệu", ""},
    {"store.wrong_key", "khóa không mở được dữ liệu", "Đừng xóa gì; báo quản trị tỉnh."},
    {"sync.no_progress", "đối chiếu nhiều lượt mà không tiến thêm",
     "Thử lại sau; nếu còn lỗi thì báo quản trị tỉnh."},
    {"sync.running", "máy này đang đối chiếu", "Đợi lần đối chiếu kia xong."},
    {"sync.stopped", "đã dừng theo yêu cầu của bạn",
     "Những gì đã gửi và nhận vẫn còn; lần sau đi tiếp từ đó."},
    {"tax_code.form", "mã số thuế không đúng", ""},
    {"tls.certificate", "chứng thư của máy không dùng được",
     "Xin quản trị tỉnh một tệp ghi danh mới."},
    {"tls.dates", "chứng thư của máy chủ chưa đến ngày hoặc đã hết hạn",
     "Kiểm tra ngày giờ của máy."},
    {"tls.old", "đầu kia không dùng TLS 1.3",
     "Có thể có thiết bị chặn giữa đường: báo cán bộ mạng."},
    {"tls.other_name", "chứng thư ở đầu kia mang tên khác", "Báo quản trị tỉnh."},
    {"tls.refused", "máy chủ tỉnh không chấp nhận chứng thư của máy",
     "Nếu máy lâu không đối chiếu, xin tệp ghi danh mới."},
    {"tls.untrusted", "máy ở đầu kia không chứng minh được là máy chủ tỉnh",
     "Có thể có thiết bị chặn giữa đường: báo cán bộ mạng."},
    {"undo.changed", "hồ sơ đã có việc khác ghi tiếp sau việc này",
     "Sửa lại bằng tay ở hồ sơ, nếu vẫn cần."},
    {"undo.create", "hồ sơ đã tiếp nhận thì không xóa được",
     "Dùng bước «Người nộp rút hồ sơ» nếu người dân rút."},
    {"undo.decision", "quyết định đã ghi thì không rút lại được",
     "Báo người xử lý bằng ghi chú, hoặc đề nghị lãnh đạo quyết định lại."},
    {"undo.no_effect", "việc này không có hiệu lực nên không có gì để hoàn tác",
     "Xem mục Để riêng."},
    {"undo.no_way_back", "quy trình không có bước quay lại từ đây",
     "Báo người đang giữ hồ sơ, hoặc ghi chú vào hồ sơ."},
    {"undo.resolve", "xung đột đã giải quyết thì không mở lại được",
     "Sửa ô đó như sửa thường nếu chọn nhầm."},
    {"undo.settle", "thay đổi để riêng đã xử lý thì không mở lại được",
     "Làm lại bằng tay ở hồ sơ, nếu vẫn cần."},
    {"undo.unknown", "việc này do phiên bản mới hơn của chương trình ghi",
     "Cập nhật chương trình rồi thử lại."},
    {"undo.unknown_change", "không thấy việc này trong các việc gần đây của bạn",
     "Mở hồ sơ và sửa lại bằng tay."},
    {"unit.unknown", "không có đơn vị này", ""},
    {"user.inactive", "tài khoản đã ngừng", ""},
    {"user.moved", "cán bộ đã chuyển sang đơn vị khác", "Xin tệp ghi danh cho đơn vị mới."},
    {"user.unknown", "không có cán bộ này ở đơn vị", "Xem mã cán bộ bằng lệnh people."},
    {"view.unknown", "không có danh sách này",
     "Chọn mine, overdue, today, soon, approval, drafts hoặc all."},
};

static_assert(std::is_sorted(std::begin(kReasons), std::end(kReasons),
                             [](const ReasonLine& a, const ReasonLine& b) {
                               return std::string_view(a.key) < b.key;
                             }));

const ReasonLine* Find(const std::string& key) {
  const auto* end = std::end(kReasons);
  const auto* it = std::lower_bound(std::begin(kReasons), end, key,
                                    [](const ReasonLine& line, const std::string& wanted) {
                                      return wanted.compare(line.key) > 0;
                                    });
  return it != end && key == it->key ? it : nullptr;
}

struct KindLine {
  const char* what;
  const char* todo;
};

KindLine KindText(ErrorKind kind) {
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

}  // namespace

std::string ReasonText(const std::string& reason) {
  const ReasonLine* line = Find(reason);
  return line == nullptr ? reason : line->why;
}

Message Explain(const base::Error& error) {
  const KindLine kind = KindText(error.kind);
  const ReasonLine* line = Find(error.reason);
  Message message{kind.what, ReasonText(error.reason), kind.todo};
  // Of a line that failed the detail is a library's own words, for support only.
  const bool helps = error.kind != ErrorKind::kUnreachable && error.kind != ErrorKind::kDisk;
  if (helps && !error.detail.empty()) message.why += " (" + error.detail + ")";
  if (line != nullptr && line->todo[0] != '\0') message.todo = line->todo;
  return message;
}

}  // namespace hoso::flows
