#include "client/paper/break_lines.h"

#include "common/text/fold.h"

namespace hoso::paper {
namespace {

constexpr const char* kReplacement = "\xef\xbf\xbd";

std::size_t LetterSize(char lead) {
  const auto octet = static_cast<unsigned char>(lead);
  return octet < 0x80 ? 1 : octet < 0xe0 ? 2 : octet < 0xf0 ? 3 : 4;
}

/// Letters of one style without a blank; `glued` to what comes before.
struct Piece {
  std::string text;
  FontStyle style;
  bool glued = false;
};

std::vector<Piece> PiecesOf(const std::vector<Span>& spans) {
  std::vector<Piece> pieces;
  bool blank = true;
  for (const Span& span : spans) {
    bool open = false;  // The last piece is of this span and still grows.
    for (const char c : Printable(span.text)) {
      if (c == ' ') {
        blank = true;
        open = false;
        continue;
      }
      if (!open) pieces.push_back({"", span.style, !blank});
      pieces.back().text += c;
      blank = false;
      open = true;
    }
  }
  return pieces;
}

class Breaker {
 public:
  Breaker(double size, double width, const TextMeasure& measure)
      : size_(size), width_(width), measure_(measure) {}

  std::vector<TextLine> Run(const std::vector<Piece>& pieces) {
    for (std::size_t first = 0; first < pieces.size();) {
      std::size_t last = first + 1;
      while (last < pieces.size() && pieces[last].glued) ++last;
      PlaceWord(pieces, first, last);
      first = last;
    }
    Finish();
    return std::move(lines_);
  }

 private:
  double Width(const std::string& text, FontStyle style) const {
    return measure_.WidthMm(text, style, size_);
  }

  void PlaceWord(const std::vector<Piece>& pieces, std::size_t first, std::size_t last) {
    double word = 0;
    for (std::size_t i = first; i < last; ++i) word += Width(pieces[i].text, pieces[i].style);
    if (!line_.runs.empty()) {
      // The blank belongs to the run before it, so that a run keeps to one piece of text.
      const double blank = Width(" ", line_.runs.back().style);
      if (line_.width + blank + word > width_) {
        Finish();
      } else {
        line_.runs.back().text += ' ';
        line_.width += blank;
      }
    }
    for (std::size_t i = first; i < last; ++i) {
      if (word <= width_)
        Append(pieces[i].text, pieces[i].style);
      else
        AppendLetters(pieces[i]);
    }
  }

  void AppendLetters(const Piece& piece) {
    for (std::size_t at = 0; at < piece.text.size();) {
      const std::string letter = piece.text.substr(at, LetterSize(piece.text[at]));
      at += letter.size();
      if (!line_.runs.empty() && line_.width + Width(letter, piece.style) > width_) Finish();
      Append(letter, piece.style);
    }
  }

  void Append(const std::string& text, FontStyle style) {
    if (line_.runs.empty() || line_.runs.back().style != style)
      line_.runs.push_back({line_.width, "", style});
    line_.runs.back().text += text;
    line_.width += Width(text, style);
  }

  void Finish() {
    lines_.push_back(std::move(line_));
    line_ = {};
  }

  double size_, width_;
  const TextMeasure& measure_;
  std::vector<TextLine> lines_;
  TextLine line_;
};

}  // namespace

std::string Printable(std::string_view text) {
  const std::string normal = text::Nfc(text);
  std::string out;
  for (std::size_t at = 0; at < normal.size();) {
    const auto octet = static_cast<unsigned char>(normal[at]);
    const std::size_t size = LetterSize(normal[at]);
    if (octet < 0x20 || octet == 0x7f)
      out += ' ';
    else if (size == 4)
      out += kReplacement;
    else
      out += normal.substr(at, size);
    at += size;
  }
  return out;
}

std::vector<TextLine> BreakLines(const std::vector<Span>& spans, double size, double width,
                                 const TextMeasure& measure) {
  return Breaker(size, width, measure).Run(PiecesOf(spans));
}

}  // namespace hoso::paper
