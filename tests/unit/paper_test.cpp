// The receipt's layout: everything is on the paper, nothing leaves it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/paper/break_lines.h"
#include "client/paper/qr.h"
#include "client/paper/receipt.h"
#include "common/text/fold.h"
#include "tests/support/receipt_sample.h"

namespace hoso::paper {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Every letter is as wide as a bold one of a real font is at most.
class WideLetters final : public TextMeasure {
 public:
  double WidthMm(std::string_view text, FontStyle, double size) const override {
    double letters = 0;
    for (const char c : text) letters += (static_cast<unsigned char>(c) & 0xc0) == 0x80 ? 0 : 1;
    return letters * size * 0.6 * kMmPerPoint;
  }
};
const WideLetters kMeasure;

std::vector<Page> Laid(const flows::ReceiptFacts& facts, PageSize size = kA4) {
  const auto qr = MakeQr(facts.dossier);
  EXPECT_TRUE(qr);
  return Receipt(facts, *qr, kMeasure, size);
}

/// All texts in reading order, with one blank wherever there is any gap.
std::string Words(const std::vector<Page>& pages) {
  std::string all;
  for (const Page& page : pages)
    for (const Drawing& drawing : page.drawings)
      if (const auto* text = std::get_if<Text>(&drawing)) {
        if (!all.empty() && all.back() != ' ') all += ' ';
        all += text->text;
      }
  return all;
}

struct Box {
  double left, top, right, bottom;
};
Box BoxOf(const Drawing& drawing) {
  if (const auto* text = std::get_if<Text>(&drawing)) {
    const double width = kMeasure.WidthMm(text->text, text->style, text->size);
    const double left = text->align == Align::kRight ? text->x - width : text->x;
    return {left, text->y - text->size * kMmPerPoint, left + width,
            text->y + text->size * 0.3 * kMmPerPoint};
  }
  if (const auto* line = std::get_if<Line>(&drawing))
    return {line->x1, line->y1, line->x2, line->y2};
  if (const auto* box = std::get_if<Rectangle>(&drawing))
    return {box->x, box->y, box->x + box->width, box->y + box->height};
  const Qr& qr = std::get<Qr>(drawing);
  return {qr.x, qr.y, qr.x + qr.size, qr.y + qr.size};
}

void ExpectInside(const std::vector<Page>& pages) {
  constexpr double kBorder = 8;
  for (const Page& page : pages)
    for (const Drawing& drawing : page.drawings) {
      const Box box = BoxOf(drawing);
      const auto* text = std::get_if<Text>(&drawing);
      EXPECT_GE(box.left, kBorder) << (text ? text->text : "");
      EXPECT_GE(box.top, kBorder) << (text ? text->text : "");
      EXPECT_LE(box.right, page.size.width - kBorder) << (text ? text->text : "");
      EXPECT_LE(box.bottom, page.size.height - kBorder) << (text ? text->text : "");
    }
}

/// No two texts of a page overlap: what is there can be read.
void ExpectApart(const std::vector<Page>& pages) {
  for (const Page& page : pages) {
    std::vector<const Text*> texts;
    for (const Drawing& drawing : page.drawings)
      if (const auto* text = std::get_if<Text>(&drawing)) texts.push_back(text);
    for (std::size_t i = 0; i < texts.size(); ++i)
      for (std::size_t j = i + 1; j < texts.size(); ++j) {
        const Box a = BoxOf(*texts[i]), b = BoxOf(*texts[j]);
        constexpr double kTouch = 0.05;
        EXPECT_FALSE(a.left + kTouch < b.right && b.left + kTouch < a.right &&
                     a.top + kTouch < b.bottom && b.top + kTouch < a.bottom)
            << texts[i]->text << " | " << texts[j]->text;
      }
  }
}

TEST(ReceiptLayout, EveryFactIsOnThePageAndInsideIt) {
  for (const PageSize size : {kA4, kA5}) {
    const flows::ReceiptFacts facts = testing::SampleReceipt();
    const auto pages = Laid(facts, size);
    const std::string words = Words(pages);
    for (const std::string& fact : {std::string("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                                    std::string("Độc lập - Tự do - Hạnh phúc"),
                                    std::string("GIẤY TIẾP NHẬN HỒ SƠ"),
                                    std::string("VÀ HẸN TRẢ KẾT QUẢ"),
                                    std::string("ĐẶC KHU VÂN ĐỒN, TỈNH QUẢNG NINH"),
                                    facts.code,
                                    facts.applicant,
                                    facts.id_number,
                                    facts.address,
                                    facts.phone,
                                    facts.email,
                                    facts.parcel,
                                    facts.procedure_name,
                                    facts.papers[0].name,
                                    facts.papers[1].name,
                                    std::string("Bản chính"),
                                    std::string("Bản sao"),
                                    facts.missing[0],
                                    facts.limit,
                                    facts.officer_name,
                                    std::string("01 bộ"),
                                    std::string("08 giờ 30 phút, ngày 23 tháng 11 năm 2026"),
                                    std::string("17 giờ 00 phút, ngày 03 tháng 12 năm 2026"),
                                    std::string("MÃ TẠM – sẽ có mã chính thức sau khi đối chiếu"),
                                    std::string("NGƯỜI NỘP HỒ SƠ"),
                                    std::string("NGƯỜI TIẾP NHẬN HỒ SƠ")})
      EXPECT_THAT(words, HasSubstr(fact));
    EXPECT_THAT(words, Not(HasSubstr("Bản in lại")));
    EXPECT_THAT(words, Not(HasSubstr("chưa chắc")));
    ExpectInside(pages);
    ExpectApart(pages);
  }
}

TEST(ReceiptLayout, MarksAreThereOnlyWhereTheyAreDue) {
  flows::ReceiptFacts facts = testing::SampleReceipt();
  facts.provisional = false;
  facts.code = "H49.06.994-261123-0001";
  facts.reprint = true;
  facts.due_doubt = "có ngày nghỉ chưa được công bố chính thức";
  facts.due_latest = "2026-12-07";
  const std::string words = Words(Laid(facts));
  EXPECT_THAT(words, Not(HasSubstr("MÃ TẠM")));
  EXPECT_THAT(words, HasSubstr("Bản in lại lúc 08 giờ 31 phút, ngày 23 tháng 11 năm 2026"));
  EXPECT_THAT(words, HasSubstr("chưa chắc: có ngày nghỉ chưa được công bố chính thức"));
  EXPECT_THAT(words, HasSubstr("07/12/2026"));
  facts.due = facts.limit = "";
  EXPECT_THAT(Words(Laid(facts)), HasSubstr("chưa chắc, sẽ báo sau"));
}

TEST(ReceiptLayout, LongNamesAndLongListsGoOnOverPagesAndNothingIsLost) {
  flows::ReceiptFacts facts = testing::SampleReceipt();
  facts.procedure_name.clear();
  for (int i = 0; i < 70; ++i) facts.procedure_name += "thủ tục " + std::to_string(1000 + i) + " ";
  facts.procedure_name.pop_back();
  facts.papers.clear();
  facts.missing.clear();
  for (int i = 0; i < 20; ++i) {
    facts.papers.push_back({"Giấy tờ dài tên số " + std::to_string(2000 + i) +
                                " về quyền sử dụng đất, nhà ở và tài sản khác gắn liền với đất",
                            i % 2 == 0});
    facts.missing.push_back("Còn thiếu " + std::to_string(3000 + i));
  }
  for (const PageSize size : {kA4, kA5}) {
    const auto pages = Laid(facts, size);
    EXPECT_GE(pages.size(), 2u);
    const std::string words = Words(pages);
    EXPECT_THAT(words, HasSubstr(facts.procedure_name));
    for (const auto& paper : facts.papers) EXPECT_THAT(words, HasSubstr(paper.name));
    for (const auto& missing : facts.missing) EXPECT_THAT(words, HasSubstr(missing));
    for (std::size_t i = 0; i < pages.size(); ++i) {
      const std::string number =
          "Trang " + std::to_string(i + 1) + "/" + std::to_string(pages.size());
      EXPECT_THAT(Words({pages[i]}), HasSubstr(number));
      EXPECT_THAT(Words({pages[i]}), HasSubstr("Mã hồ sơ: " + facts.code));
    }
    ExpectInside(pages);
    ExpectApart(pages);
  }
}

TEST(ReceiptLayout, ARowHigherThanAPageIsDividedAndAWordWiderThanALineIsBroken) {
  flows::ReceiptFacts facts = testing::SampleReceipt();
  std::string all;
  for (int i = 0; i < 1500; ++i) all += "Ễ" + std::to_string(10000 + i) + " ";
  all.pop_back();
  facts.papers = {{all, false}};
  facts.applicant = std::string(300, 'W');
  const auto pages = Laid(facts);
  EXPECT_GE(pages.size(), 3u);
  for (const char* word : {"Ễ10000", "Ễ10750", "Ễ11499"})
    EXPECT_THAT(Words(pages), HasSubstr(word));
  std::size_t letters = 0;
  for (const char c : Words(pages)) letters += c == 'W' ? 1 : 0;
  EXPECT_EQ(letters, 600u);  // In the table and under the signature.
  ExpectInside(pages);
  ExpectApart(pages);
}

TEST(ReceiptLayout, BothSignaturesStayTogetherWhereverThePageEnds) {
  flows::ReceiptFacts facts = testing::SampleReceipt();
  facts.applicant =
      "Công ty trách nhiệm hữu hạn một thành viên tư vấn, đầu tư và xây dựng hạ tầng "
      "kỹ thuật khu kinh tế Vân Đồn, chi nhánh đặc khu Vân Đồn, tỉnh Quảng Ninh";
  for (int papers = 0; papers < 60; ++papers) {
    facts.papers.push_back({"Giấy tờ " + std::to_string(papers), false});
    const auto pages = Laid(facts);
    const std::string last = Words({pages.back()});
    EXPECT_THAT(last, HasSubstr("NGƯỜI NỘP HỒ SƠ")) << papers;
    EXPECT_THAT(last, HasSubstr("NGƯỜI TIẾP NHẬN HỒ SƠ")) << papers;
    EXPECT_THAT(last, HasSubstr("Chú ý")) << papers;
    ExpectInside(pages);
    ExpectApart(pages);
  }
}

TEST(BreakLines, KeepsStylesTogetherAndEveryLineInsideItsWidth) {
  const auto lines = BreakLines({{"Tiếp nhận: "}, {"Nguyễn Văn An", FontStyle::kBold}, {", ở đây"}},
                                10, 45, kMeasure);
  std::string all;
  for (const TextLine& line : lines) {
    EXPECT_LE(line.width, 45);
    for (const auto& run : line.runs) all += run.text;
    all += '|';
  }
  EXPECT_EQ(all, "Tiếp nhận: Nguyễn Văn|An, ở đây|");
  EXPECT_EQ(BreakLines({{""}}, 10, 45, kMeasure).size(), 1u);
}

TEST(Printable, IsNormalFormCWithoutControlsAndSaysWhatItCannotShow) {
  EXPECT_EQ(Printable("Ho\xcc\x80 so\xcc\x9b\xcc\xa3"), "Hò sợ");
  EXPECT_EQ(Printable("a\nb\tc"), "a b c");
  EXPECT_EQ(Printable("Đức 😀"), "Đức \xef\xbf\xbd");
}

TEST(Upper, KnowsEveryVietnameseLetter) {
  EXPECT_EQ(text::Upper("đặc khu Vân Đồn, ưởng ễ ậ ỵ"), "ĐẶC KHU VÂN ĐỒN, ƯỞNG Ễ Ậ Ỵ");
}

TEST(Qr, AnIdFitsAndItsCornersAreFinders) {
  const auto qr = MakeQr(testing::SampleReceipt().dossier);
  ASSERT_TRUE(qr);
  const auto side = static_cast<std::size_t>(qr->side);
  ASSERT_EQ(qr->dark.size(), side * side);
  for (const std::size_t corner : {std::size_t{0}, side - 7, side * (side - 7)})
    for (std::size_t i = 0; i < 7; ++i) EXPECT_TRUE(qr->dark[corner + i]);
  EXPECT_EQ(MakeQr("").error().reason, "qr.text");
  EXPECT_EQ(MakeQr(std::string(5000, 'x')).error().reason, "qr.text");
}

}  // namespace
}  // namespace hoso::paper
