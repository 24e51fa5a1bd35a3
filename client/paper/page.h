#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace hoso::paper {

/// A printed page as a value: what the PDF writer, the printer and the tests all draw, so that they
/// can't differ. Millimetres from the upper left corner; letter sizes in points. No library types.

struct PageSize {
  double width = 0, height = 0;
};
inline constexpr PageSize kA4{210, 297};
inline constexpr PageSize kA5{148, 210};
inline constexpr double kMmPerPoint = 25.4 / 72;

enum class FontStyle { kRegular, kBold, kItalic };
enum class Align { kLeft, kCentre, kRight };

/// One line of letters in normal form C; (x, y) is its left, middle or right on the base line.
struct Text {
  double x = 0, y = 0, size = 0;
  FontStyle style = FontStyle::kRegular;
  Align align = Align::kLeft;
  std::string text;
  friend bool operator==(const Text&, const Text&) = default;
};
struct Line {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0, width = 0;
  friend bool operator==(const Line&, const Line&) = default;
};
struct Rectangle {
  double x = 0, y = 0, width = 0, height = 0, line = 0;
  friend bool operator==(const Rectangle&, const Rectangle&) = default;
};
/// A square of side * side modules, row by row; the quiet zone around it is the layout's matter.
struct QrModules {
  int side = 0;
  std::vector<bool> dark;
  friend bool operator==(const QrModules&, const QrModules&) = default;
};
struct Qr {
  double x = 0, y = 0, size = 0;
  QrModules modules;
  friend bool operator==(const Qr&, const Qr&) = default;
};
using Drawing = std::variant<Text, Line, Rectangle, Qr>;

struct Page {
  PageSize size = kA4;
  std::vector<Drawing> drawings;
  friend bool operator==(const Page&, const Page&) = default;
};

/// How wide a text would be. Widths add up: the letters are not kerned.
class TextMeasure {
 public:
  virtual ~TextMeasure() = default;
  virtual double WidthMm(std::string_view text, FontStyle style, double size) const = 0;
};

}  // namespace hoso::paper
