// What a reader sees: the PDF through Poppler against the same pages drawn by cairo and FreeType,
// letter by letter, so that a mark that gets lost on the way to the paper is found.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "client/paper/break_lines.h"
#include "client/paper/pdf.h"
#include "client/paper/receipt_pdf.h"
#include "tests/integration/page_pixels.h"
#include "tests/support/fakes.h"
#include "tests/support/receipt_sample.h"

namespace hoso::paper {
namespace {

constexpr const char* kHard =
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả – thửa đất số 12, tờ bản đồ 05 – Ưởng Ễ ậ Ộ";

Image ReadPgm(const std::string& path) {
  const auto file = base::ReadFile(path, 50'000'000);
  EXPECT_TRUE(file) << path;
  Image image;
  int shift = 0, most = 0;
  if (!file ||
      std::sscanf(file->c_str(), "P5 %d %d %d%n", &image.width, &image.height, &most, &shift) != 3)
    return image;
  for (std::size_t at = static_cast<std::size_t>(shift) + 1; at < file->size(); ++at)
    image.ink.push_back(255 - static_cast<unsigned char>((*file)[at]));
  return image;
}

/// The pages of a PDF as Poppler shows them.
std::vector<Image> Shown(const base::Bytes& pdf, std::size_t pages) {
  const testing::TempFolder folder;
  EXPECT_TRUE(base::WriteFile(folder / "a.pdf", pdf));
  const std::string command =
      "pdftoppm -q -gray -r 200 '" + folder / "a.pdf" + "' '" + folder / "page" + "'";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::vector<Image> images;
  for (std::size_t i = 1; i <= pages; ++i)
    images.push_back(ReadPgm(folder / ("page-" + std::to_string(i) + ".pgm")));
  return images;
}

/// The letters that a reader sees otherwise than they should be.
std::vector<std::string> Spoilt(const std::vector<Page>& pages, const Fonts& fonts) {
  const auto pdf = ToPdf(pages, fonts, {"Thử", {}});
  EXPECT_TRUE(pdf) << pdf.error().reason << pdf.error().detail;
  return Spoilt(pages, fonts, Shown(*pdf, pages.size()));
}

Fonts Shipped() {
  return FontsIn(HOSO_FONTS);
}

Page Specimen() {
  Page page{kA4, {}};
  double y = 20;
  for (const double size : {9.0, 10.5, 12.0})
    for (const FontStyle style : {FontStyle::kRegular, FontStyle::kBold, FontStyle::kItalic})
      page.drawings.push_back(Text{10, y += 10, size, style, Align::kLeft, Printable(kHard)});
  return page;
}

TEST(Paper, EveryLetterOfTheHardLineIsPrintedWhole) {
  EXPECT_THAT(Spoilt({Specimen()}, Shipped()), ::testing::IsEmpty());
}

TEST(Paper, EveryVietnameseLetterIsPrintedWhole) {
  Page page{kA4, {}};
  double y = 10;
  for (const char* line :
       {"aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ", "ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ",
        "AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ EÈẺẼÉẸ ÊỀỂỄẾỆ", "IÌỈĨÍỊ OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ UÙỦŨÚỤ ƯỪỬỮỨỰ YỲỶỸÝỴ Đ"})
    for (const FontStyle style : {FontStyle::kRegular, FontStyle::kBold, FontStyle::kItalic})
      page.drawings.push_back(Text{10, y += 12, 11, style, Align::kLeft, line});
  EXPECT_THAT(Spoilt({page}, Shipped()), ::testing::IsEmpty());
}

TEST(Paper, TheWholeReceiptIsPrintedAsItWasLaidOut) {
  for (const PageSize size : {kA4, kA5}) {
    const auto pages = ReceiptPages(testing::SampleReceipt(), Shipped(), size);
    ASSERT_TRUE(pages);
    EXPECT_THAT(Spoilt(*pages, Shipped()), ::testing::IsEmpty());
  }
}

// The check can fail: these fonts make accented letters of parts that are made of parts, and
// libharu's subsets lose those.
TEST(Paper, FontsThatLoseMarksAreFoundOut) {
  const std::string folder = "/usr/share/fonts/truetype/dejavu/";
  const Fonts dejavu{folder + "DejaVuSans.ttf", folder + "DejaVuSans-Bold.ttf",
                     folder + "DejaVuSans.ttf"};
  const auto spoilt = Spoilt({Specimen()}, dejavu);
  for (const char* letter : {"ấ", "ế", "ậ", "ồ", "ố", "Ễ", "Ộ"})
    EXPECT_THAT(spoilt, ::testing::Contains(letter).Times(::testing::Ge(9))) << letter;
}

TEST(Paper, TheQrCodeIsPrintedModuleByModule) {
  const auto pages = ReceiptPages(testing::SampleReceipt(), Shipped());
  ASSERT_TRUE(pages);
  const auto pdf = ToPdf(*pages, Shipped(), {});
  ASSERT_TRUE(pdf);
  const Image shown = Shown(*pdf, pages->size())[0];
  int codes = 0;
  for (const Drawing& drawing : (*pages)[0].drawings) {
    const Qr* qr = std::get_if<Qr>(&drawing);
    if (qr == nullptr) continue;
    ++codes;
    const int side = qr->modules.side;
    const double module = qr->size / side;
    const auto ink = [&](int row, int column) {
      return shown.At(static_cast<int>((qr->x + (column + 0.5) * module) * kDotsPerMm),
                      static_cast<int>((qr->y + (row + 0.5) * module) * kDotsPerMm));
    };
    constexpr int kQuiet = 4;  // Modules of white that a reader needs all around.
    for (int row = -kQuiet; row < side + kQuiet; ++row)
      for (int column = -kQuiet; column < side + kQuiet; ++column) {
        const bool inside = row >= 0 && column >= 0 && row < side && column < side;
        const bool dark = inside && qr->modules.dark[static_cast<std::size_t>(row * side + column)];
        EXPECT_EQ(ink(row, column) > 127, dark) << row << "," << column;
      }
  }
  EXPECT_EQ(codes, 1);
}

TEST(Paper, TheSameReceiptIsTheSameOctetsAndAUsualOneIsOnePage) {
  const auto one = ReceiptPdf(testing::SampleReceipt(), Shipped());
  const auto two = ReceiptPdf(testing::SampleReceipt(), Shipped());
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->octets, two->octets);
  EXPECT_EQ(one->pages, 1u);
  EXPECT_THAT(one->octets, ::testing::HasSubstr("D:20261123083100+07'00'"));
}

TEST(Paper, FontsThatAreMissingOrDamagedAreAnErrorNotACrash) {
  EXPECT_EQ(ReceiptPdf(testing::SampleReceipt(), FontsIn("/nowhere")).error().reason,
            "paper.fonts");
  const testing::TempFolder folder;
  Fonts damaged = Shipped();
  damaged.bold = folder / "damaged.ttf";
  const auto whole = base::ReadFile(Shipped().bold, 10'000'000);
  ASSERT_TRUE(whole);
  for (const std::size_t kept : {std::size_t{0}, std::size_t{100}, whole->size() / 2}) {
    ASSERT_TRUE(base::WriteFile(damaged.bold, whole->substr(0, kept)));
    const auto pdf = ReceiptPdf(testing::SampleReceipt(), damaged);
    ASSERT_FALSE(pdf) << kept;
    EXPECT_EQ(pdf.error().reason, "paper.fonts") << kept;
  }
}

}  // namespace
}  // namespace hoso::paper
