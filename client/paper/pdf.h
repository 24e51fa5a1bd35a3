#pragma once

#include <memory>
#include <string>
#include <vector>

#include "client/paper/page.h"
#include "common/base/bytes.h"
#include "common/domain/calendar.h"

namespace hoso::paper {

/// Paths of TrueType files. Their accented letters must be made of one level of parts, as Noto's
/// are: of composites of composites libharu's subsets lose the marks without a word.
struct Fonts {
  std::string regular, bold, italic;
};
/// The files the program comes with: NotoSans-*.ttf in that folder.
Fonts FontsIn(const std::string& folder);

struct PdfInfo {
  std::string title;
  domain::LocalTime created;
};

/// A PDF with its fonts inside. The same pages, fonts and info give the same octets.
/// kNotFound or kDamaged "paper.fonts"; kDamaged "paper.pdf" with libharu's number.
base::Result<base::Bytes> ToPdf(const std::vector<Page>& pages, const Fonts& fonts,
                                const PdfInfo& info);

/// Widths as ToPdf will draw them.
class FontMeasure final : public TextMeasure {
 public:
  static base::Result<std::unique_ptr<FontMeasure>> Load(const Fonts& fonts);
  ~FontMeasure() override;
  double WidthMm(std::string_view text, FontStyle style, double size) const override;

 private:
  struct Inside;
  explicit FontMeasure(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace hoso::paper
