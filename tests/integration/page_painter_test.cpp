// What an officer sees before printing, dot by dot against the same pages drawn by cairo: the
// preview has every mark of every letter, where the PDF has it. Needs a display.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <wx/app.h>
#include <wx/image.h>

#include "client/paper/receipt_pdf.h"
#include "client/paper/sheets.h"
#include "client/ui/page_painter.h"
#include "tests/integration/page_pixels.h"
#include "tests/support/receipt_sample.h"

namespace hoso::ui {
namespace {

paper::Image Seen(const PagePainter& painter, const paper::Page& page) {
  const wxImage image = painter.ToBitmap(page, paper::kDotsPerMm).ConvertToImage();
  paper::Image ink{image.GetWidth(), image.GetHeight(), {}};
  for (int y = 0; y < image.GetHeight(); ++y)
    for (int x = 0; x < image.GetWidth(); ++x) ink.ink.push_back(255 - image.GetGreen(x, y));
  return ink;
}

std::vector<std::string> Spoilt(const std::vector<paper::Page>& pages,
                                const std::vector<paper::Page>& drawn) {
  const auto painter = PagePainter::Load(HOSO_FONTS);
  EXPECT_TRUE(painter);
  std::vector<paper::Image> images;
  for (const paper::Page& page : drawn) images.push_back(Seen(**painter, page));
  return paper::Spoilt(pages, paper::FontsIn(HOSO_FONTS), images);
}

std::vector<paper::Page> Receipt(paper::PageSize size) {
  auto pages = paper::ReceiptPages(testing::SampleReceipt(), paper::FontsIn(HOSO_FONTS), size);
  EXPECT_TRUE(pages);
  return *std::move(pages);
}

TEST(PagePainter, TheReceiptOnTheScreenIsTheOneThatWasLaidOut) {
  for (const paper::PageSize size : {paper::kA4, paper::kA5}) {
    const auto pages = Receipt(size);
    EXPECT_THAT(Spoilt(pages, pages), ::testing::IsEmpty());
  }
}

TEST(PagePainter, TwoA5OnOneSheetAreTwiceThePage) {
  const auto a5 = Receipt(paper::kA5);
  const auto sheets = paper::TwoUp(a5);
  ASSERT_EQ(sheets.size(), a5.size());
  EXPECT_EQ(sheets[0].size.width, paper::kA4.height);
  EXPECT_EQ(sheets[0].drawings.size(), 2 * a5[0].drawings.size());
  EXPECT_THAT(Spoilt(sheets, sheets), ::testing::IsEmpty());
}

// The check can fail.
TEST(PagePainter, ALetterWithoutItsMarkIsFoundOut) {
  const auto pages = Receipt(paper::kA4);
  auto wrong = pages;
  for (paper::Drawing& drawing : wrong[0].drawings)
    if (auto* text = std::get_if<paper::Text>(&drawing))
      if (const auto at = text->text.find("ế"); at != std::string::npos)
        text->text.replace(at, std::string("ế").size(), "ê");
  EXPECT_THAT(Spoilt(pages, wrong), ::testing::Contains("ế"));
}

TEST(PagePainter, FontsThatAreMissingAreAnError) {
  EXPECT_EQ(PagePainter::Load("/nowhere").error().reason, "paper.fonts");
}

}  // namespace
}  // namespace hoso::ui

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  wxApp::SetInstance(new wxApp);
  if (!wxEntryStart(argc, argv)) return 1;
  const int result = RUN_ALL_TESTS();
  wxEntryCleanup();
  return result;
}
