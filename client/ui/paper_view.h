#pragma once

#include <wx/bitmap.h>
#include <wx/scrolwin.h>

#include <vector>

#include "client/paper/page.h"
#include "client/ui/page_painter.h"

namespace hoso::ui {

/// Pages below each other on grey, as they will be printed; arrows and PgUp/PgDn scroll.
class PaperView : public wxScrolledCanvas {
 public:
  explicit PaperView(wxWindow* parent);

  /// `painter` outlives the view; `name` and what the pages say are what assistive technology
  /// reads.
  void Show(const PagePainter& painter, std::vector<paper::Page> pages, const wxString& name);
  /// A whole page in sight, or the size of the paper.
  void SetFit(bool fit);

 private:
  void Arrange();
  void DrawNext();  // One page a turn of the main loop: each takes a while.
  wxSize SizeOf(const paper::Page& page) const;
  void Paint();

  const PagePainter* painter_ = nullptr;  // Null until something is shown.
  std::vector<paper::Page> pages_;
  std::vector<wxBitmap> drawn_;
  double dots_per_mm_ = 0;
  bool fit_ = false;
};

}  // namespace hoso::ui
