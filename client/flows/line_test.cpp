#include "client/flows/line_test.h"

#include <cstdlib>
#include <string_view>
#include <utility>

#include "client/flows/explain.h"
#include "client/flows/sync_flow.h"
#include "client/flows/sync_words.h"

namespace hoso::flows {
namespace {

using engine::LineFacts;
using engine::LineStep;

struct StepText {
  const char* key;
  const char* title;
  const char* fine;
};
// In the order of LineStep.
constexpr StepText kSteps[engine::kLineSteps] = {
    {"name", "Tên máy chủ", "Tìm thấy máy chủ {server} trên mạng."},
    {"port", "Cổng kết nối", "Máy chủ nhận kết nối."},
    {"tls", "Mã hóa", "Đường truyền được mã hóa (TLS 1.3)."},
    {"certificate", "Chứng thư", "Đúng là máy chủ của tỉnh, và tỉnh nhận ra máy này."},
    {"clock", "Đồng hồ", "Đồng hồ máy này khớp với đồng hồ của tỉnh (lệch {seconds} giây)."}};

// Where the way is not straight.
constexpr const char* kProxyFound = "Tìm thấy máy trung gian {proxy}.";
constexpr const char* kProxyLeads = "Máy trung gian {proxy} nối được tới {server}.";

struct Failure {
  LineStep step;
  const char* reason;  // "" for every other reason of the step.
  const char* sentence;
  const char* todo;
};
constexpr const char* kTellNetwork =
    "Báo cán bộ mạng cho máy này đi thẳng tới {server}. Chưa có gì của hồ sơ bị gửi đi.";
constexpr const char* kExempt =
    "Báo cán bộ mạng miễn {server} khỏi kiểm tra TLS. Chưa có gì của hồ sơ bị gửi đi.";
constexpr Failure kFailures[] = {
    {LineStep::kName, "net.proxy_pac", "Không lấy hoặc không đọc được tệp PAC.",
     "Báo cán bộ mạng kiểm tra địa chỉ tệp PAC, hoặc chọn cách ra mạng khác trong cài đặt."},
    {LineStep::kName, "net.proxy_unreachable", "Không tìm thấy máy trung gian {proxy} trên mạng.",
     "Kiểm tra địa chỉ máy trung gian trong cài đặt, hoặc báo cán bộ mạng."},
    {LineStep::kPort, "net.proxy_unreachable",
     "Máy trung gian {proxy} không nhận kết nối hoặc không trả lời.",
     "Kiểm tra địa chỉ máy trung gian trong cài đặt, hoặc báo cán bộ mạng."},
    {LineStep::kPort, "net.proxy_auth",
     "Máy trung gian {proxy} đòi tên và mật khẩu, hoặc không nhận mật khẩu đang giữ.",
     "Ghi lại tên đăng nhập và mật khẩu của máy trung gian trong cài đặt."},
    {LineStep::kPort, "net.proxy_refused", "Máy trung gian {proxy} không cho nối tới {server}.",
     "Báo cán bộ mạng cho máy trung gian mở đường (CONNECT) tới {server}."},
    {LineStep::kTls, "ca.file", "Tệp chứng thư gốc (cài đặt server.ca_file) không dùng được.",
     "Báo người quản trị máy: tệp PEM chỉ chứa chứng thư gốc của tỉnh, nhiều nhất bốn."},
    {LineStep::kName, "net.url", "Địa chỉ máy chủ tỉnh trong máy không đúng.",
     "Xin quản trị tỉnh một tệp ghi danh mới."},
    {LineStep::kName, "", "Không tìm thấy máy chủ {server} trên mạng.",
     "Kiểm tra dây mạng hoặc wifi; nếu mạng vẫn tốt thì báo cán bộ mạng: không tra được tên này."},
    {LineStep::kPort, "net.refused", "Máy {server} có trên mạng nhưng không nhận kết nối.",
     "Máy chủ tỉnh có thể đang dừng: thử lại sau ít phút, vẫn vậy thì báo quản trị tỉnh."},
    {LineStep::kPort, "net.timeout", "Máy {server} không trả lời.",
     "Tường lửa có thể chặn cổng này: báo cán bộ mạng."},
    {LineStep::kPort, "", "Không có đường mạng tới {server}.", "Kiểm tra dây mạng hoặc wifi."},
    {LineStep::kTls, "net.not_province",
     "Nơi trả lời không mã hóa đường truyền, nên không phải máy chủ tỉnh.",
     "Kiểm tra mạng có trang đăng nhập (wifi công cộng) hay thiết bị chặn không."},
    {LineStep::kTls, "net.altered", "Dữ liệu bị sai lệch trên đường truyền.", kTellNetwork},
    {LineStep::kTls, "tls.old", "Có thiết bị chặn giữa đường: đầu kia không dùng TLS 1.3.",
     kTellNetwork},
    {LineStep::kTls, "tls.certificate", "Chứng thư của chính máy này không dùng được.",
     "Xin quản trị tỉnh một tệp ghi danh mới."},
    {LineStep::kTls, "", "Không lập được kết nối mã hóa.",
     "Thử lại; vẫn vậy thì báo cán bộ mạng: có thể có thiết bị chặn giữa đường."},
    {LineStep::kCertificate, "tls.inspected",
     "Có thiết bị chặn giữa đường: chứng thư ở đầu kia không do tỉnh cấp{stranger}.", kExempt},
    {LineStep::kCertificate, "tls.portal",
     "Nơi trả lời không phải máy chủ tỉnh: chứng thư mang tên nơi khác{stranger}.",
     "Mở trình duyệt xem mạng có đòi đăng nhập không, hoặc báo cán bộ mạng."},
    {LineStep::kCertificate, "tls.other_authority",
     "Máy chủ ở đầu kia dùng chứng thư gốc mà máy này chưa tin{stranger}.",
     "Báo quản trị tỉnh: có thể là tỉnh khác, hoặc tỉnh đã đổi chứng thư gốc."},
    {LineStep::kCertificate, "tls.untrusted",
     "Có thiết bị chặn giữa đường: chứng thư ở đầu kia không do tỉnh cấp{stranger}.", kTellNetwork},
    {LineStep::kCertificate, "tls.other_name",
     "Chứng thư ở đầu kia do tỉnh cấp nhưng mang tên khác.",
     "Báo quản trị tỉnh: đây không phải máy chủ đối chiếu của tỉnh này."},
    {LineStep::kCertificate, "tls.dates",
     "Theo đồng hồ máy này, chứng thư của máy chủ chưa đến ngày hoặc đã hết hạn.",
     "Xem lại ngày giờ của máy này; nếu đúng rồi thì báo quản trị tỉnh."},
    {LineStep::kCertificate, "net.altered", "Dữ liệu bị sai lệch trên đường truyền.", kTellNetwork},
    {LineStep::kCertificate, "tls.refused", "Máy chủ tỉnh không nhận chứng thư của máy này.",
     "Nếu máy lâu không đối chiếu, xin quản trị tỉnh một tệp ghi danh mới."},
    {LineStep::kCertificate, "", "Máy chủ tỉnh ngắt đường truyền giữa chừng.",
     "Thử lại; vẫn vậy thì báo quản trị tỉnh."},
    {LineStep::kClock, "clock.off", "Đồng hồ máy này {ahead} so với đồng hồ của tỉnh.",
     "Chỉnh ngày giờ của máy. Thứ tự việc không dựa vào đồng hồ, nhưng giờ ghi trên giấy sẽ sai."},
    {LineStep::kClock, "", "Không đọc được giờ của máy chủ tỉnh.", "Thử lại."}};

std::string Fill(std::string text, std::string_view place, const std::string& value) {
  if (const auto at = text.find(place); at != std::string::npos)
    text.replace(at, place.size(), value);
  return text;
}

std::string Filled(const char* pattern, const LineFacts& facts) {
  const std::int64_t off = std::llabs(facts.clock_ahead_s);
  std::string text = Fill(pattern, "{server}", facts.server);
  text =
      Fill(text, "{stranger}", facts.stranger.empty() ? "" : " (mà do «" + facts.stranger + "»)");
  text = Fill(text, "{proxy}", facts.proxy.empty() ? "(chưa ghi)" : facts.proxy);
  text = Fill(text, "{seconds}", std::to_string(off));
  return Fill(text, "{ahead}",
              (facts.clock_ahead_s > 0 ? "nhanh " : "chậm ") + DurationText(off * 1000));
}

const char* FineText(int step, const LineFacts& facts) {
  if (facts.proxy.empty() || step > static_cast<int>(LineStep::kPort)) return kSteps[step].fine;
  return step == static_cast<int>(LineStep::kName) ? kProxyFound : kProxyLeads;
}

const Failure& FailureOf(const LineFacts& facts) {
  const Failure* found = nullptr;
  for (const Failure& one : kFailures) {
    const bool same = one.step == *facts.failed;
    if (same && (one.reason[0] == '\0' || facts.reason == one.reason) && found == nullptr)
      found = &one;
  }
  HOSO_CHECK(found != nullptr);
  return *found;
}

}  // namespace

base::Result<engine::LineFacts> TestLine(OpenDesk& open, std::stop_token stop) {
  HOSO_TRY_ASSIGN(Connection connection, ConnectionOf(open, std::move(stop)));
  HOSO_CHECK(open.tools().test_line != nullptr);
  return open.tools().test_line(std::move(connection), open.tools().clock);
}

LineView LineInWords(const LineFacts& facts) {
  LineView view;
  const int failed = facts.failed ? static_cast<int>(*facts.failed) : engine::kLineSteps;
  for (int i = 0; i < engine::kLineSteps; ++i) {
    LineStepView& step = view[static_cast<std::size_t>(i)];
    step.key = kSteps[i].key;
    step.title = kSteps[i].title;
    if (i > failed) {
      step.sentence = "Chưa thử tới.";
    } else if (i < failed) {
      step.state = LineStepView::State::kFine;
      step.sentence = Filled(FineText(i, facts), facts);
    } else {
      const Failure& failure = FailureOf(facts);
      step.state = LineStepView::State::kFailed;
      step.sentence = Filled(failure.sentence, facts);
      step.todo = Filled(failure.todo, facts);
    }
  }
  return view;
}

}  // namespace hoso::flows
