#include "client/paper/sheet.h"

#include <algorithm>
#include <cmath>

namespace hoso::paper {
namespace {

constexpr double kMargin = 15;     // On A4.
constexpr double kHairline = 0.2;  // Of tables.
constexpr double kCellPadding = 1.0;
constexpr double kAscent = 1.0;  // Of the letters' size, from the top of a line to its base.
constexpr double kFootSize = 8;

}  // namespace

Sheet::Sheet(PageSize size, const TextMeasure& measure)
    : size_(size),
      measure_(measure),
      scale_(size.width / kA4.width),
      margin_(kMargin * scale_),
      y_(margin_) {
  pages_.push_back({size_, {}});
}

void Sheet::NewPage() {
  pages_.push_back({size_, {}});
  y_ = margin_;
}

void Sheet::Draw(Drawing drawing) {
  pages_.back().drawings.push_back(std::move(drawing));
}

void Sheet::Keep(double mm) {
  if (y_ + Scaled(mm) > Bottom()) NewPage();
}

double Sheet::HeightOf(const std::vector<Span>& spans, double size, double width) const {
  const auto lines = BreakLines(spans, Scaled(size), width, measure_).size();
  return static_cast<double>(lines) * LineHeight(size) / scale_;
}

void Sheet::DrawLine(const TextLine& line, double x, double width, double size, Align align) {
  const double room = width - line.width;
  if (align == Align::kCentre) x += room / 2;
  if (align == Align::kRight) x += room;
  const double base = y_ + Scaled(size) * kAscent * kMmPerPoint;
  for (const Run& run : line.runs)
    Draw(Text{x + run.x, base, Scaled(size), run.style, Align::kLeft, run.text});
}

void Sheet::Paragraph(const std::vector<Span>& spans, double size, Align align) {
  Column(left(), width(), spans, size, align);
}

void Sheet::Column(double x, double width, const std::vector<Span>& spans, double size,
                   Align align) {
  for (const TextLine& line : BreakLines(spans, Scaled(size), width, measure_)) {
    if (y_ + LineHeight(size) > Bottom()) NewPage();
    DrawLine(line, x, width, size, align);
    y_ += LineHeight(size);
  }
}

void Sheet::DrawRow(const Row& row, const std::vector<std::vector<TextLine>>& lines,
                    std::size_t from, std::size_t count, double size) {
  const double padding = Scaled(kCellPadding);
  const double top = y_;
  const double height = static_cast<double>(count) * LineHeight(size) + 2 * padding;
  double x = left();
  for (std::size_t i = 0; i < row.size(); ++i) {
    Draw(Rectangle{x, top, row[i].width, height, kHairline});
    y_ = top + padding;
    for (std::size_t at = from; at < std::min(from + count, lines[i].size()); ++at) {
      DrawLine(lines[i][at], x + padding, row[i].width - 2 * padding, size, row[i].align);
      y_ += LineHeight(size);
    }
    x += row[i].width;
  }
  y_ = top + height;
}

void Sheet::TableRow(const Row& row, double size, const Row* head) {
  const double padding = Scaled(kCellPadding);
  std::vector<std::vector<TextLine>> lines;
  std::size_t all = 1;
  for (const Cell& cell : row) {
    lines.push_back(BreakLines(cell.spans, Scaled(size), cell.width - 2 * padding, measure_));
    all = std::max(all, lines.back().size());
  }
  const auto room = [&](double top) {
    const double lines_left = (Bottom() - top - 2 * padding) / LineHeight(size);
    return lines_left < 0 ? std::size_t{0} : static_cast<std::size_t>(std::floor(lines_left));
  };
  const auto next_page = [&] {
    NewPage();
    if (head != nullptr) TableRow(*head, size);
  };
  if (all > room(y_) && all <= room(margin_)) next_page();
  for (std::size_t from = 0; from < all;) {
    if (room(y_) == 0) next_page();
    const std::size_t count = std::clamp<std::size_t>(room(y_), 1, all - from);
    DrawRow(row, lines, from, count, size);
    from += count;
  }
}

std::vector<Page> Sheet::Finish(const std::string& note) {
  const double y = size_.height - margin_ + Scaled(2);
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    auto& drawings = pages_[i].drawings;
    const std::string number =
        "Trang " + std::to_string(i + 1) + "/" + std::to_string(pages_.size());
    drawings.push_back(
        Text{left(), y, Scaled(kFootSize), FontStyle::kItalic, Align::kLeft, Printable(note)});
    drawings.push_back(
        Text{left() + width(), y, Scaled(kFootSize), FontStyle::kItalic, Align::kRight, number});
  }
  return std::move(pages_);
}

}  // namespace hoso::paper
