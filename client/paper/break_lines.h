#pragma once

#include <string>
#include <vector>

#include "client/paper/page.h"

namespace hoso::paper {

/// Text of one style inside a paragraph.
struct Span {
  std::string text;
  FontStyle style = FontStyle::kRegular;
};
/// What of it stands in one line, from the line's left.
struct Run {
  double x = 0;
  std::string text;
  FontStyle style = FontStyle::kRegular;
};
struct TextLine {
  std::vector<Run> runs;
  double width = 0;
};

/// What can be drawn: normal form C; control characters are blanks, and what the fonts can't hold
/// (beyond the basic plane) is U+FFFD, so that a reader sees that something stood there.
std::string Printable(std::string_view text);

/// Breaks at blanks, and inside a word only where it is wider than a line. No line is wider than
/// `width` unless a single letter is. At least one line, maybe empty.
std::vector<TextLine> BreakLines(const std::vector<Span>& spans, double size, double width,
                                 const TextMeasure& measure);

}  // namespace hoso::paper
