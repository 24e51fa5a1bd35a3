#include "client/paper/pdf.h"

#include <hpdf.h>
#include <hpdf_doc.h>

#include <array>
#include <string>

#include "common/base/disk.h"

namespace hoso::paper {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kMaxFont = 8u << 20;

constexpr float ToPoints(double mm) {
  return static_cast<float>(mm / kMmPerPoint);
}

/// libharu calls this at its first error; it must come back, so that the error can be told.
void Remember(HPDF_STATUS error, HPDF_STATUS, void* first) {
  auto& kept = *static_cast<HPDF_STATUS*>(first);
  if (kept == HPDF_OK) kept = error;
}

/// A document with the three fonts. Each call on it may fail; Check() says whether any has.
class Document {
 public:
  Document() : pdf_(HPDF_New(Remember, &error_), HPDF_Free) {}
  // libharu holds the address of error_.
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  base::Status Open(const Fonts& fonts) {
    if (pdf_ == nullptr) return Check();
    HPDF_UseUTFEncodings(pdf_.get());
    HPDF_SetCompressionMode(pdf_.get(), HPDF_COMP_ALL);
    HOSO_TRY(Check());
    const std::array paths = {fonts.regular, fonts.bold, fonts.italic};
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const auto octets = base::ReadFile(paths[i], kMaxFont);
      if (!octets) return Fail(ErrorKind::kNotFound, "paper.fonts", paths[i]);
      const char* name = Load(*octets, i);
      HOSO_TRY(Check());
      if (name == nullptr) return Fail(ErrorKind::kDamaged, "paper.fonts", paths[i]);
      fonts_[i] = HPDF_GetFont(pdf_.get(), name, "UTF-8");
      HOSO_TRY(Check());
    }
    return {};
  }

  base::Status Check() const {
    if (pdf_ != nullptr && error_ == HPDF_OK) return {};
    return Fail(ErrorKind::kDamaged, "paper.pdf", std::to_string(error_));
  }

  HPDF_Doc get() const { return pdf_.get(); }
  HPDF_Font FontOf(FontStyle style) const { return fonts_.at(static_cast<std::size_t>(style)); }

  float WidthPoints(std::string_view text, FontStyle style, double size) const {
    constexpr float kUnitsPerEm = 1000;
    const HPDF_TextWidth width =
        HPDF_Font_TextWidth(FontOf(style), reinterpret_cast<const HPDF_BYTE*>(text.data()),
                            static_cast<HPDF_UINT>(text.size()));
    return static_cast<float>(width.width) * static_cast<float>(size) / kUnitsPerEm;
  }

 private:
  /// What HPDF_LoadTTFontFromFile does, but from octets: it opens its file by a narrow name, which
  /// on Windows can't have Vietnamese letters. Null if it is no font.
  const char* Load(std::string_view octets, std::size_t number) {
    HPDF_Stream stream = HPDF_MemStream_New(pdf_->mmgr, static_cast<HPDF_UINT>(octets.size()));
    if (stream == nullptr) return nullptr;
    HPDF_Stream_Write(stream, reinterpret_cast<const HPDF_BYTE*>(octets.data()),
                      static_cast<HPDF_UINT>(octets.size()));
    HPDF_FontDef font = HPDF_TTFontDef_Load(pdf_->mmgr, stream, HPDF_TRUE);  // Owns the stream.
    if (font == nullptr) return nullptr;
    if (HPDF_List_Add(pdf_->fontdef_list, font) != HPDF_OK) {
      HPDF_FontDef_Free(font);
      return nullptr;
    }
    std::string tag = "HPDFAA";  // Names the part of the font that is put into the file.
    tag.back() = static_cast<char>('A' + number);
    HPDF_TTFontDef_SetTagName(font, tag.data());
    return font->base_font;
  }

  HPDF_STATUS error_ = HPDF_OK;
  std::unique_ptr<_HPDF_Doc_Rec, void (*)(HPDF_Doc)> pdf_;
  std::array<HPDF_Font, 3> fonts_{};
};

/// Draws one page; PDF counts from the lower left corner.
class Painter {
 public:
  Painter(const Document& document, const Page& page)
      : document_(document), page_(page), out_(HPDF_AddPage(document.get())) {}

  void Run() {
    if (out_ == nullptr) return;
    HPDF_Page_SetWidth(out_, ToPoints(page_.size.width));
    HPDF_Page_SetHeight(out_, ToPoints(page_.size.height));
    for (const Drawing& drawing : page_.drawings)
      std::visit([this](const auto& it) { Draw(it); }, drawing);
  }

 private:
  float X(double mm) const { return ToPoints(mm); }
  float Y(double mm) const { return ToPoints(page_.size.height - mm); }

  void Draw(const Text& text) {
    float x = X(text.x);
    if (text.align != Align::kLeft) {
      const float width = document_.WidthPoints(text.text, text.style, text.size);
      x -= text.align == Align::kCentre ? width / 2 : width;
    }
    HPDF_Page_BeginText(out_);
    HPDF_Page_SetFontAndSize(out_, document_.FontOf(text.style), static_cast<float>(text.size));
    HPDF_Page_TextOut(out_, x, Y(text.y), text.text.c_str());
    HPDF_Page_EndText(out_);
  }
  void Draw(const Line& line) {
    HPDF_Page_SetLineWidth(out_, ToPoints(line.width));
    HPDF_Page_MoveTo(out_, X(line.x1), Y(line.y1));
    HPDF_Page_LineTo(out_, X(line.x2), Y(line.y2));
    HPDF_Page_Stroke(out_);
  }
  void Draw(const Rectangle& box) {
    HPDF_Page_SetLineWidth(out_, ToPoints(box.line));
    HPDF_Page_Rectangle(out_, X(box.x), Y(box.y + box.height), ToPoints(box.width),
                        ToPoints(box.height));
    HPDF_Page_Stroke(out_);
  }
  /// Dark modules beside each other are one bar: between two, a viewer may show a white hair.
  void Draw(const Qr& qr) {
    const int side = qr.modules.side;
    const double module = qr.size / side;
    const auto dark = [&](int row, int column) {
      return column < side && qr.modules.dark[static_cast<std::size_t>(row * side + column)];
    };
    for (int row = 0; row < side; ++row)
      for (int from = 0; from < side; ++from) {
        int to = from;
        while (dark(row, to)) ++to;
        if (to == from) continue;
        HPDF_Page_Rectangle(out_, X(qr.x + from * module), Y(qr.y + (row + 1) * module),
                            ToPoints((to - from) * module), ToPoints(module));
        from = to;
      }
    HPDF_Page_Fill(out_);
  }

  const Document& document_;
  const Page& page_;
  HPDF_Page out_;
};

HPDF_Date ToPdfDate(const domain::LocalTime& time) {
  constexpr int kMinutesPerHour = 60;
  const std::chrono::year_month_day day(time.day);
  HPDF_Date date{};
  date.year = static_cast<int>(day.year());
  date.month = static_cast<int>(static_cast<unsigned>(day.month()));
  date.day = static_cast<int>(static_cast<unsigned>(day.day()));
  date.hour = time.minute / kMinutesPerHour;
  date.minutes = time.minute % kMinutesPerHour;
  date.ind = '+';
  date.off_hour = 7;
  return date;
}

base::Result<base::Bytes> Saved(const Document& document) {
  HPDF_SaveToStream(document.get());
  HOSO_TRY(document.Check());
  base::Bytes octets(HPDF_GetStreamSize(document.get()), '\0');
  auto size = static_cast<HPDF_UINT32>(octets.size());
  HPDF_ResetStream(document.get());
  HPDF_ReadFromStream(document.get(), reinterpret_cast<HPDF_BYTE*>(octets.data()), &size);
  HOSO_TRY(document.Check());
  octets.resize(size);
  return octets;
}

}  // namespace

Fonts FontsIn(const std::string& folder) {
  return {base::In(folder, "NotoSans-Regular.ttf"), base::In(folder, "NotoSans-Bold.ttf"),
          base::In(folder, "NotoSans-Italic.ttf")};
}

base::Result<base::Bytes> ToPdf(const std::vector<Page>& pages, const Fonts& fonts,
                                const PdfInfo& info) {
  Document document;
  HOSO_TRY(document.Open(fonts));
  HPDF_SetCurrentEncoder(document.get(), "UTF-8");  // Of the title.
  HPDF_SetInfoAttr(document.get(), HPDF_INFO_TITLE, info.title.c_str());
  HPDF_SetInfoAttr(document.get(), HPDF_INFO_CREATOR, "HoSoXa");
  HPDF_SetInfoDateAttr(document.get(), HPDF_INFO_CREATION_DATE, ToPdfDate(info.created));
  for (const Page& page : pages) {
    Painter(document, page).Run();
    HOSO_TRY(document.Check());
  }
  return Saved(document);
}

struct FontMeasure::Inside {
  Document document;
};

FontMeasure::FontMeasure(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
FontMeasure::~FontMeasure() = default;

base::Result<std::unique_ptr<FontMeasure>> FontMeasure::Load(const Fonts& fonts) {
  auto inside = std::make_unique<Inside>();
  HOSO_TRY(inside->document.Open(fonts));
  return std::unique_ptr<FontMeasure>(new FontMeasure(std::move(inside)));
}

double FontMeasure::WidthMm(std::string_view text, FontStyle style, double size) const {
  return static_cast<double>(inside_->document.WidthPoints(text, style, size)) * kMmPerPoint;
}

}  // namespace hoso::paper
