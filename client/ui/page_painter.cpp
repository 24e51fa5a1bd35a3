#include "client/ui/page_painter.h"

#include <wx/graphics.h>
#include <wx/image.h>

#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kDots = 200;  // Of a font that is then scaled: no size is rounded to whole dots.
constexpr const char* kProbe = "HHHHHHHHHH";  // Letters that no font moves together.

/// The length of the letter that starts there: texts of pages are in normal form C.
std::size_t LetterAt(const std::string& text, std::size_t from) {
  std::size_t to = from + 1;
  while (to < text.size() && (static_cast<unsigned char>(text[to]) & 0xc0) == 0x80) ++to;
  return to - from;
}

class Brush {
 public:
  Brush(wxGraphicsContext& gc, const paper::TextMeasure& measure, const wxFont* fonts)
      : gc_(gc), measure_(measure), fonts_(fonts) {}

  void operator()(const paper::Text& text) {
    double x = text.x;
    if (text.align != paper::Align::kLeft) {
      const double width = measure_.WidthMm(text.text, text.style, text.size);
      x -= text.align == paper::Align::kCentre ? width / 2 : width;
    }
    gc_.SetFont(fonts_[static_cast<std::size_t>(text.style)], *wxBLACK);
    // A font's size means the height of a line to some systems and of an M to others: how wide
    // letters come out is what counts.
    double width = 0, height = 0, below = 0, lead = 0;
    gc_.GetTextExtent(kProbe, &width, &height, &below, &lead);
    const double scale = measure_.WidthMm(kProbe, text.style, text.size) / width;
    for (std::size_t from = 0; from < text.text.size();) {
      const std::string letter = text.text.substr(from, LetterAt(text.text, from));
      from += letter.size();
      if (letter != " ") {
        gc_.PushState();
        gc_.Translate(x, text.y);
        gc_.Scale(scale, scale);
        gc_.DrawText(Wx(letter), 0, below - height);
        gc_.PopState();
      }
      x += measure_.WidthMm(letter, text.style, text.size);
    }
  }
  void operator()(const paper::Line& line) {
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(*wxBLACK).Width(line.width)));
    gc_.StrokeLine(line.x1, line.y1, line.x2, line.y2);
  }
  void operator()(const paper::Rectangle& box) {
    gc_.SetPen(gc_.CreatePen(wxGraphicsPenInfo(*wxBLACK).Width(box.line)));
    wxGraphicsPath path = gc_.CreatePath();
    path.AddRectangle(box.x, box.y, box.width, box.height);
    gc_.StrokePath(path);
  }
  void operator()(const paper::Qr& qr) {
    const int side = qr.modules.side;
    const double module = qr.size / side;
    // One path: between modules that are filled one by one a white hair may show.
    wxGraphicsPath path = gc_.CreatePath();
    for (int i = 0; i < side * side; ++i)
      if (qr.modules.dark[static_cast<std::size_t>(i)])
        path.AddRectangle(qr.x + (i % side) * module, qr.y + static_cast<int>(i / side) * module,
                          module, module);
    gc_.SetBrush(*wxBLACK_BRUSH);
    gc_.FillPath(path, wxWINDING_RULE);
  }

 private:
  wxGraphicsContext& gc_;
  const paper::TextMeasure& measure_;
  const wxFont* fonts_;
};

wxFont FontOf(paper::FontStyle style) {
  wxFontInfo info(wxSize(0, kDots));
  info.FaceName("Noto Sans");
  if (style == paper::FontStyle::kBold) info.Bold();
  if (style == paper::FontStyle::kItalic) info.Italic();
  return wxFont(info);
}

}  // namespace

PagePainter::PagePainter(std::unique_ptr<paper::FontMeasure> measure)
    : measure_(std::move(measure)),
      fonts_{FontOf(paper::FontStyle::kRegular), FontOf(paper::FontStyle::kBold),
             FontOf(paper::FontStyle::kItalic)} {}

base::Result<std::unique_ptr<PagePainter>> PagePainter::Load(const std::string& font_folder) {
  const paper::Fonts fonts = paper::FontsIn(font_folder);
  HOSO_TRY_ASSIGN(auto measure, paper::FontMeasure::Load(fonts));
  for (const std::string& file : {fonts.regular, fonts.bold, fonts.italic})
    wxFont::AddPrivateFont(Wx(file));
  return std::unique_ptr<PagePainter>(new PagePainter(std::move(measure)));
}

void PagePainter::Draw(wxGraphicsContext& gc, const paper::Page& page) const {
  Brush brush(gc, *measure_, fonts_);
  for (const paper::Drawing& drawing : page.drawings) std::visit(brush, drawing);
}

wxBitmap PagePainter::ToBitmap(const paper::Page& page, double dots_per_mm) const {
  // Drawn larger and then made smaller: cairo puts letters on whole dots, which would leave gaps.
  constexpr int kFiner = 2;
  const int width = wxRound(page.size.width * dots_per_mm);
  const int height = wxRound(page.size.height * dots_per_mm);
  wxImage image(width * kFiner, height * kFiner, false);
  image.SetRGB(wxRect(), 255, 255, 255);
  {
    const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::Create(image));
    gc->Scale(dots_per_mm * kFiner, dots_per_mm * kFiner);
    Draw(*gc, page);
  }
  return wxBitmap(image.Scale(width, height, wxIMAGE_QUALITY_BOX_AVERAGE));
}

}  // namespace hoso::ui
