// What a reader sees: the PDF through Poppler against the same pages drawn by cairo and FreeType,
// letter by letter, so that a mark that gets lost on the way to the paper is found.
#include <cairo-ft.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "client/paper/break_lines.h"
#include "client/paper/pdf.h"
#include "client/paper/receipt_pdf.h"
#include "tests/support/fakes.h"
#include "tests/support/receipt_sample.h"

namespace hoso::paper {
namespace {

constexpr double kDotsPerInch = 200;
constexpr double kDotsPerMm = kDotsPerInch / 25.4;
constexpr double kDotsPerPoint = kDotsPerInch / 72;
constexpr double kMayDiffer = 70;  // A whole letter differs by less than 50, a lost mark by 90.
constexpr const char* kHard =
    "Giấy tiếp nhận hồ sơ và hẹn trả kết quả – thửa đất số 12, tờ bản đồ 05 – Ưởng Ễ ậ Ộ";

/// Ink from 0 to 255.
struct Image {
  int width = 0, height = 0;
  std::vector<double> ink;
  double At(int x, int y) const {
    const bool inside = x >= 0 && y >= 0 && x < width && y < height;
    return inside ? ink[static_cast<std::size_t>(y * width + x)] : 0;
  }
};

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

/// One letter that was drawn, and where.
struct Letter {
  std::string text;
  double left = 0, right = 0, top = 0, bottom = 0;
};

/// Draws pages by cairo from the same font files. Letters as outlines: cairo would move glyphs to
/// whole dots.
class Reference {
 public:
  Reference(const Page& page, const Fonts& fonts) : page_(page) {
    FT_Init_FreeType(&library_);
    const std::string* paths[] = {&fonts.regular, &fonts.bold, &fonts.italic};
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(FT_New_Face(library_, paths[i]->c_str(), 0, &files_[i]), 0);
      faces_[i] = cairo_ft_font_face_create_for_ft_face(files_[i], FT_LOAD_NO_HINTING);
    }
  }
  ~Reference() {
    for (std::size_t i = 0; i < 3; ++i) cairo_font_face_destroy(faces_[i]);
    cairo_debug_reset_static_data();  // It still holds the files' faces.
    for (std::size_t i = 0; i < 3; ++i) FT_Done_Face(files_[i]);
    FT_Done_FreeType(library_);
  }
  Reference(const Reference&) = delete;
  Reference& operator=(const Reference&) = delete;

  Image Draw(int width, int height) {
    cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    out_ = cairo_create(surface);
    for (const Drawing& drawing : page_.drawings)
      std::visit([this](const auto& it) { Put(it); }, drawing);
    cairo_destroy(out_);
    cairo_surface_flush(surface);
    Image image{width, height, {}};
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        image.ink.push_back(
            cairo_image_surface_get_data(surface)[y * cairo_image_surface_get_stride(surface) + x]);
    cairo_surface_destroy(surface);
    return image;
  }
  const std::vector<Letter>& letters() const { return letters_; }

 private:
  double Advance(const std::string& text) const {
    cairo_text_extents_t extents;
    cairo_text_extents(out_, text.c_str(), &extents);
    return extents.x_advance;
  }

  void Put(const Text& text) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(out_, options);
    cairo_font_options_destroy(options);
    cairo_set_font_face(out_, faces_[static_cast<std::size_t>(text.style)]);
    const double size = text.size * kDotsPerPoint;
    cairo_set_font_size(out_, size);
    const double width = Advance(text.text);
    const double part = text.align == Align::kLeft ? 0 : text.align == Align::kCentre ? 0.5 : 1;
    const double x = text.x * kDotsPerMm - width * part, y = text.y * kDotsPerMm;
    cairo_move_to(out_, x, y);
    cairo_text_path(out_, text.text.c_str());
    cairo_fill(out_);
    for (std::size_t from = 0; from < text.text.size();) {
      std::size_t to = from + 1;
      while (to < text.text.size() && (static_cast<unsigned char>(text.text[to]) & 0xc0) == 0x80)
        ++to;
      letters_.push_back({text.text.substr(from, to - from), x + Advance(text.text.substr(0, from)),
                          x + Advance(text.text.substr(0, to)), y - size * 1.1, y + size * 0.32});
      from = to;
    }
  }
  void Put(const Line& line) {
    cairo_set_line_width(out_, line.width * kDotsPerMm);
    cairo_move_to(out_, line.x1 * kDotsPerMm, line.y1 * kDotsPerMm);
    cairo_line_to(out_, line.x2 * kDotsPerMm, line.y2 * kDotsPerMm);
    cairo_stroke(out_);
  }
  void Put(const Rectangle& box) {
    cairo_set_line_width(out_, box.line * kDotsPerMm);
    cairo_rectangle(out_, box.x * kDotsPerMm, box.y * kDotsPerMm, box.width * kDotsPerMm,
                    box.height * kDotsPerMm);
    cairo_stroke(out_);
  }
  void Put(const Qr& qr) {
    const double module = qr.size / qr.modules.side * kDotsPerMm;
    for (std::size_t i = 0; i < qr.modules.dark.size(); ++i)
      if (qr.modules.dark[i]) {
        const auto side = static_cast<std::size_t>(qr.modules.side);
        cairo_rectangle(out_, qr.x * kDotsPerMm + static_cast<double>(i % side) * module,
                        qr.y * kDotsPerMm + static_cast<double>(i / side) * module, module, module);
      }
    cairo_fill(out_);
  }

  const Page& page_;
  FT_Library library_ = nullptr;
  FT_Face files_[3] = {};
  cairo_font_face_t* faces_[3] = {};
  cairo_t* out_ = nullptr;
  std::vector<Letter> letters_;
};

/// The ink of the five by five dots around each dot. Two renderers share out the ink of an edge
/// differently, and of so many dots the sum hardly differs; of a mark that is missing it does.
Image Softened(const Image& sharp) {
  constexpr int kReach = 2;
  constexpr double kDots = 25;
  Image rows{sharp.width, sharp.height, {}}, soft = rows;
  for (int y = 0; y < sharp.height; ++y)
    for (int x = 0; x < sharp.width; ++x) {
      double sum = 0;
      for (int i = -kReach; i <= kReach; ++i) sum += sharp.At(x + i, y);
      rows.ink.push_back(sum);
    }
  for (int y = 0; y < sharp.height; ++y)
    for (int x = 0; x < sharp.width; ++x) {
      double sum = 0;
      for (int i = -kReach; i <= kReach; ++i) sum += rows.At(x, y + i);
      soft.ink.push_back(sum / kDots);
    }
  return soft;
}

/// The greatest difference of ink anywhere in a letter's box, from 0 to 255, where the two
/// pictures lie best: a renderer may move a page by a part of a dot.
double Difference(const Image& wanted, const Image& seen, const Letter& box) {
  double best = 255;
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx) {
      double worst = 0;
      for (int y = static_cast<int>(box.top); y <= std::lround(box.bottom); ++y)
        for (int x = static_cast<int>(box.left); x <= std::lround(box.right); ++x)
          worst = std::max(worst, std::abs(wanted.At(x, y) - seen.At(x + dx, y + dy)));
      best = std::min(best, worst);
    }
  return best;
}

/// The letters that a reader sees otherwise than they should be.
std::vector<std::string> Spoilt(const std::vector<Page>& pages, const Fonts& fonts) {
  const auto pdf = ToPdf(pages, fonts, {"Thử", {}});
  EXPECT_TRUE(pdf) << pdf.error().reason << pdf.error().detail;
  const auto shown = Shown(*pdf, pages.size());
  std::vector<std::string> spoilt;
  double worst = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    Reference reference(pages[i], fonts);
    const Image wanted = Softened(reference.Draw(shown[i].width, shown[i].height));
    const Image seen = Softened(shown[i]);
    for (const Letter& letter : reference.letters()) {
      const double difference = Difference(wanted, seen, letter);
      worst = std::max(worst, difference);
      if (difference > kMayDiffer) spoilt.push_back(letter.text);
    }
  }
  std::printf("worst letter: %.0f of 255\n", worst);
  return spoilt;
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
    EXPECT_EQ(pdf.error().reason, "paper.pdf") << kept;
  }
}

}  // namespace
}  // namespace hoso::paper
