#pragma once

#include <wx/bitmap.h>
#include <wx/font.h>

#include <memory>
#include <string>

#include "client/paper/page.h"
#include "client/paper/pdf.h"

class wxGraphicsContext;

namespace hoso::ui {

/// Draws the pages of client/paper on a screen or a printer, letter by letter where the layout
/// measured it, so that what is seen is what the PDF has. Window thread.
class PagePainter {
 public:
  /// Fonts of that folder, which this program alone then uses. FontMeasure::Load's errors.
  static base::Result<std::unique_ptr<PagePainter>> Load(const std::string& font_folder);

  /// `gc` counts in millimetres from the page's upper left corner.
  void Draw(wxGraphicsContext& gc, const paper::Page& page) const;
  /// The page on white, with so many dots for a millimetre.
  wxBitmap ToBitmap(const paper::Page& page, double dots_per_mm) const;

 private:
  explicit PagePainter(std::unique_ptr<paper::FontMeasure> measure);

  std::unique_ptr<paper::FontMeasure> measure_;
  wxFont fonts_[3];
};

}  // namespace hoso::ui
