#pragma once

#include <string>
#include <vector>

#include "client/paper/break_lines.h"
#include "client/paper/page.h"

namespace hoso::paper {

/// One cell of a row of a table.
struct Cell {
  std::vector<Span> spans;
  double width = 0;
  Align align = Align::kLeft;
};
using Row = std::vector<Cell>;

/// Writes from the top of a page down and goes on with a next page where this one is full; nothing
/// is clipped. Sizes are those of A4; on smaller paper everything shrinks alike.
class Sheet {
 public:
  Sheet(PageSize size, const TextMeasure& measure);

  double left() const { return margin_; }
  double width() const { return size_.width - 2 * margin_; }
  double y() const { return y_; }
  void MoveTo(double y) { y_ = y; }
  void Skip(double mm) { y_ += Scaled(mm); }
  double Scaled(double of_a4) const { return of_a4 * scale_; }
  /// Starts a new page unless so much room is left on this one (millimetres of A4).
  void Keep(double mm);
  /// What a column of text would take (millimetres of A4).
  double HeightOf(const std::vector<Span>& spans, double size, double width) const;

  /// A paragraph in the column from `x`, `width` wide, at the present height; moves below it.
  void Paragraph(const std::vector<Span>& spans, double size, Align align = Align::kLeft);
  void Column(double x, double width, const std::vector<Span>& spans, double size, Align align);
  /// A bordered row of a table. A row that fits on no page is divided between lines. `head` is
  /// repeated on top of a page that such a table goes on to.
  void TableRow(const Row& row, double size, const Row* head = nullptr);
  void Draw(Drawing drawing);

  /// The pages, each with `note` and its number at the foot.
  std::vector<Page> Finish(const std::string& note);

 private:
  double Bottom() const { return size_.height - margin_ - Scaled(4); }
  double LineHeight(double size) const { return Scaled(size) * 1.32 * kMmPerPoint; }
  void NewPage();
  void DrawLine(const TextLine& line, double x, double width, double size, Align align);
  void DrawRow(const Row& row, const std::vector<std::vector<TextLine>>& lines, std::size_t from,
               std::size_t count, double size);

  PageSize size_;
  const TextMeasure& measure_;
  double scale_, margin_, y_;
  std::vector<Page> pages_;
};

}  // namespace hoso::paper
