#include "client/paper/receipt.h"

#include <algorithm>
#include <cstdio>

#include "client/paper/sheet.h"
#include "common/domain/calendar.h"
#include "common/text/fold.h"
#include "common/text/format.h"

namespace hoso::paper {
namespace {

using enum FontStyle;
using enum Align;

// Letters, in points on A4.
constexpr double kSmall = 9;
constexpr double kBody = 10.5;
constexpr double kTitle = 15;
constexpr const char* kNote =
    "Chú ý: khi nhận kết quả, mang theo giấy này và căn cước; người nhận thay mang thêm giấy ủy "
    "quyền.";
constexpr double kQrSize = 21;  // Millimetres on A4; the code's quiet zone comes on top.

std::string Day(const domain::LocalTime& time) {
  const std::chrono::year_month_day day(time.day);
  char words[64];
  std::snprintf(words, sizeof words, "ngày %02u tháng %02u năm %04d",
                static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()),
                static_cast<int>(day.year()));
  return words;
}

std::string Moment(const std::string& iso) {
  const auto time = domain::ParseLocalTime(iso);
  if (!time) return iso;
  constexpr int kMinutesPerHour = 60;
  char words[32];
  std::snprintf(words, sizeof words, "%02d giờ %02d phút, ", time->minute / kMinutesPerHour,
                time->minute % kMinutesPerHour);
  return words + Day(*time);
}

class ReceiptLayout {
 public:
  ReceiptLayout(const flows::ReceiptFacts& facts, const QrModules& qr, const TextMeasure& measure,
                PageSize size)
      : facts_(facts), qr_(qr), sheet_(size, measure) {}

  std::vector<Page> Run() {
    Heading();
    Title();
    Facts();
    Papers();
    Times();
    Signatures();
    return sheet_.Finish("Mã hồ sơ: " + facts_.code);
  }

 private:
  /// The office on the left, the country on the right, each with its short rule.
  void Heading() {
    const double top = sheet_.y();
    const double half = sheet_.width() * 0.47;
    const double right = sheet_.left() + half;
    const double right_width = sheet_.width() - half;
    const std::string place =
        facts_.unit_name + (facts_.province_name.empty() ? "" : ", " + facts_.province_name);
    sheet_.Column(sheet_.left(), half, {{"ỦY BAN NHÂN DÂN", kRegular}}, kSmall, kCentre);
    sheet_.Column(sheet_.left(), half, {{text::Upper(place), kRegular}}, kSmall, kCentre);
    sheet_.Column(sheet_.left(), half, {{"TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", kBold}}, kSmall,
                  kCentre);
    Rule(sheet_.left() + half / 2, 28);
    const double left_end = sheet_.y();
    sheet_.MoveTo(top);
    sheet_.Column(right, right_width, {{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", kBold}}, kSmall,
                  kCentre);
    sheet_.Column(right, right_width, {{"Độc lập - Tự do - Hạnh phúc", kBold}}, kBody - 1, kCentre);
    Rule(right + right_width / 2, 46);
    sheet_.Skip(3);
    const auto received = domain::ParseLocalTime(facts_.received_at);
    if (received)
      sheet_.Column(right, right_width, {{facts_.unit_name + ", " + Day(*received), kItalic}},
                    kBody - 1, kCentre);
    sheet_.MoveTo(std::max(left_end, sheet_.y()));
    sheet_.Skip(3);
  }

  void Rule(double middle, double length) {
    const double half = sheet_.Scaled(length) / 2;
    const double y = sheet_.y() + sheet_.Scaled(1);
    sheet_.Draw(Line{middle - half, y, middle + half, y, sheet_.Scaled(0.25)});
    sheet_.Skip(2);
  }

  /// The QR code beside the title, the code and what is special about this paper.
  void Title() {
    const double top = sheet_.y();
    const double side = sheet_.Scaled(kQrSize);
    const double quiet = side * 4 / std::max(1, qr_.side);
    sheet_.Draw(Qr{sheet_.left() + quiet, top + quiet, side, qr_});
    const double x = sheet_.left() + side + 2 * quiet;
    const double width = sheet_.left() + sheet_.width() - x;
    sheet_.Skip(2);
    sheet_.Column(x, width, {{"GIẤY TIẾP NHẬN HỒ SƠ", kBold}}, kTitle, kCentre);
    sheet_.Column(x, width, {{"VÀ HẸN TRẢ KẾT QUẢ", kBold}}, kTitle, kCentre);
    sheet_.Column(x, width, {{"(Liên: Lưu / giao người nộp hồ sơ)", kItalic}}, kSmall, kCentre);
    sheet_.Skip(1);
    sheet_.Column(x, width, {{"Mã hồ sơ: "}, {facts_.code, kBold}}, kBody, kCentre);
    if (facts_.provisional) Mark(x, width, "MÃ TẠM – sẽ có mã chính thức sau khi đối chiếu");
    if (facts_.reprint) Mark(x, width, "Bản in lại lúc " + Moment(facts_.printed_at));
    sheet_.MoveTo(std::max(sheet_.y(), top + side + 2 * quiet));
    sheet_.Skip(2);
  }

  /// A framed line: this paper is not the usual one.
  void Mark(double x, double width, const std::string& words) {
    const double inset = sheet_.Scaled(6);
    sheet_.Skip(1);
    const double top = sheet_.y();
    sheet_.Skip(0.7);
    sheet_.Column(x + inset, width - 2 * inset, {{words, kBold}}, kSmall, kCentre);
    sheet_.Skip(0.7);
    sheet_.Draw(Rectangle{x + sheet_.Scaled(4), top, width - sheet_.Scaled(8), sheet_.y() - top,
                          sheet_.Scaled(0.35)});
  }

  void Fact(const std::string& label, const std::string& value, FontStyle style = kRegular) {
    const double label_width = sheet_.width() * 0.3;
    sheet_.TableRow({{{{label}}, label_width}, {{{value, style}}, sheet_.width() - label_width}},
                    kBody);
  }

  void Facts() {
    Fact("Bộ phận tiếp nhận", "Trung tâm Phục vụ hành chính công " + facts_.unit_name);
    Fact("Tiếp nhận hồ sơ của", facts_.applicant, kBold);
    Fact("Số định danh / mã số thuế", facts_.id_number);
    Fact("Địa chỉ", facts_.address);
    Fact("Điện thoại; thư điện tử",
         facts_.phone + (facts_.phone.empty() || facts_.email.empty() ? "" : "; ") + facts_.email);
    if (!facts_.parcel.empty()) Fact("Thửa đất", facts_.parcel);
    Fact("Nội dung yêu cầu", facts_.procedure_name, kBold);
    sheet_.Skip(2.5);
  }

  void Papers() {
    sheet_.Keep(22);  // The heading never stands alone at the foot of a page.
    sheet_.Paragraph({{"1. Thành phần hồ sơ nộp gồm:", kBold}}, kBody);
    sheet_.Skip(1);
    const double number = sheet_.Scaled(11), form = sheet_.Scaled(26), count = sheet_.Scaled(21);
    const double name = sheet_.width() - number - form - count;
    const Row head = {{{{"STT", kBold}}, number, kCentre},
                      {{{"Tên giấy tờ", kBold}}, name, kCentre},
                      {{{"Hình thức", kBold}}, form, kCentre},
                      {{{"Số lượng", kBold}}, count, kCentre}};
    sheet_.TableRow(head, kSmall + 1);
    int at = 0;
    for (const auto& paper : facts_.papers)
      sheet_.TableRow({{{{std::to_string(++at)}}, number, kCentre},
                       {{{paper.name}}, name},
                       {{{paper.copy ? "Bản sao" : "Bản chính"}}, form, kCentre},
                       {{{"01"}}, count, kCentre}},
                      kSmall + 1, &head);
    if (facts_.papers.empty())
      sheet_.TableRow({{{{"Chưa ghi nhận giấy tờ nào", kItalic}}, sheet_.width(), kCentre}},
                      kSmall + 1, &head);
    sheet_.Skip(2);
    if (!facts_.missing.empty()) {
      sheet_.Paragraph({{"Giấy tờ còn thiếu:", kBold}}, kBody);
      for (const std::string& missing : facts_.missing)
        sheet_.Paragraph({{"– " + missing}}, kSmall + 1);
      sheet_.Skip(1);
    }
  }

  void Item(const std::string& label, const std::string& value, FontStyle style = kBold) {
    sheet_.Paragraph({{label + " "}, {value, style}}, kBody);
    sheet_.Skip(0.8);
  }
  /// A label and a dotted line for what is written by hand.
  void Blank(const std::string& label) { Item(label, "………………………………………………", kRegular); }

  void Times() {
    Item("2. Số lượng hồ sơ:", (facts_.sets < 10 ? "0" : "") + std::to_string(facts_.sets) + " bộ");
    Item("3. Thời gian giải quyết hồ sơ theo quy định:",
         facts_.limit.empty() ? "………………" : facts_.limit);
    Item("4. Thời gian nhận hồ sơ:", Moment(facts_.received_at));
    Item("5. Thời gian trả kết quả giải quyết hồ sơ:",
         facts_.due.empty() ? "chưa chắc, sẽ báo sau" : Moment(facts_.due));
    if (!facts_.due_doubt.empty())
      sheet_.Paragraph({{"Ngày hẹn chưa chắc: " + facts_.due_doubt + "; muộn nhất là ngày " +
                             text::DateToScreen(facts_.due_latest) + ".",
                         kItalic}},
                       kBody);
    Blank("6. Đăng ký nhận kết quả tại:");
    Item("Vào sổ theo dõi hồ sơ, quyển số:", "…………  Số thứ tự: …………", kRegular);
    sheet_.Skip(3);
  }

  /// Both signatures and the note stay on one page.
  void Signatures() {
    const double half = sheet_.width() / 2;
    const std::vector<Span> note = {{kNote, kItalic}};
    const auto height = [&](const std::string& name) {
      return sheet_.HeightOf({{name, kBold}}, kBody, half);
    };
    constexpr double kRest = 31;
    sheet_.Keep(kRest + std::max(height(facts_.applicant), height(facts_.officer_name)) +
                sheet_.HeightOf(note, kSmall, sheet_.width()));
    const double top = sheet_.y();
    const double right = sheet_.left() + half;
    const auto place = [&](double x, const char* who, const std::string& name) {
      sheet_.MoveTo(top);
      sheet_.Column(x, half, {{who, kBold}}, kBody, kCentre);
      sheet_.Column(x, half, {{"(Ký và ghi rõ họ tên)", kItalic}}, kSmall, kCentre);
      sheet_.Skip(18);
      sheet_.Column(x, half, {{name, kBold}}, kBody, kCentre);
    };
    place(sheet_.left(), "NGƯỜI NỘP HỒ SƠ", facts_.applicant);
    const double left_end = sheet_.y();
    place(right, "NGƯỜI TIẾP NHẬN HỒ SƠ", facts_.officer_name);
    sheet_.MoveTo(std::max(left_end, sheet_.y()));
    sheet_.Skip(3);
    sheet_.Paragraph(note, kSmall);
  }

  const flows::ReceiptFacts& facts_;
  const QrModules& qr_;
  Sheet sheet_;
};

}  // namespace

std::vector<Page> Receipt(const flows::ReceiptFacts& facts, const QrModules& qr,
                          const TextMeasure& measure, PageSize size) {
  return ReceiptLayout(facts, qr, measure, size).Run();
}

}  // namespace hoso::paper
