#include "client/flows/step_words.h"

#include <map>

namespace hoso::flows {
namespace {

using Words = std::map<std::string, std::string>;

std::string Look(const Words& words, const std::string& key) {
  const auto found = words.find(key);
  return found == words.end() ? key : found->second;
}

}  // namespace

std::string StepText(const std::string& step) {
  static const Words words = {{"accept", "Tiếp nhận"},
                              {"guide", "Hướng dẫn bổ sung khi nhận"},
                              {"refuse-intake", "Từ chối tiếp nhận"},
                              {"transfer", "Chuyển xử lý"},
                              {"propose", "Trình lãnh đạo"},
                              {"ask-supplement", "Yêu cầu bổ sung"},
                              {"supplement-received", "Đã nhận bổ sung"},
                              {"financial", "Chờ nghĩa vụ tài chính"},
                              {"financial-done", "Đã xong nghĩa vụ tài chính"},
                              {"withdraw", "Người nộp rút hồ sơ"},
                              {"stop", "Dừng giải quyết"},
                              {"extend", "Gia hạn"},
                              {"finish", "Ban hành kết quả"},
                              {"return-result", "Trả kết quả"},
                              {"reopen", "Mở lại hồ sơ"},
                              {"approve", "Duyệt"},
                              {"return", "Trả lại chuyên viên"},
                              {"refuse", "Không duyệt"}};
  return Look(words, step);
}

std::string StageText(const std::string& stage) {
  static const Words words = {{"proposed", "đã trình"},
                              {"reviewed", "trưởng phòng đã duyệt"},
                              {"signed", "lãnh đạo đã ký"},
                              {"refused", "không duyệt"},
                              {"returned", "trả lại để làm tiếp"}};
  return Look(words, stage);
}

std::string KindText(const std::string& kind) {
  static const Words words = {{"create", "tiếp nhận hồ sơ"},
                              {"set", "sửa nội dung"},
                              {"check", "ghi tình trạng giấy tờ"},
                              {"note", "ghi chú"},
                              {"step", "chuyển bước"},
                              {"assign", "phân công"},
                              {"decide", "quyết định"},
                              {"resolve", "giải quyết xung đột"},
                              {"settle", "xử lý thay đổi để riêng"}};
  return Look(words, kind);
}

}  // namespace hoso::flows
