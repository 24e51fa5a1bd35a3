#include "client/ui/paper_view.h"

#include <wx/dcbuffer.h>
#include <wx/settings.h>

#include <algorithm>

#include "client/paper/sheets.h"
#include "client/ui/words.h"

namespace hoso::ui {
namespace {

constexpr int kGap = 12, kScroll = 24;
constexpr double kMmPerInch = 25.4, kScreenDotsPerInch = 96;

}  // namespace

PaperView::PaperView(wxWindow* parent, const PagePainter& painter)
    : wxScrolledCanvas(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                       wxBORDER_THEME | wxWANTS_CHARS),
      painter_(painter) {
  SetBackgroundStyle(wxBG_STYLE_PAINT);
  SetScrollRate(FromDIP(kScroll), FromDIP(kScroll));
  Bind(wxEVT_PAINT, [this](wxPaintEvent&) { Paint(); });
  Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
    event.Skip();
    Arrange();
  });
  // A view that takes every key would hold Tab too.
  Bind(wxEVT_KEY_DOWN, [this](wxKeyEvent& event) {
    if (event.GetKeyCode() == WXK_TAB)
      Navigate(event.ShiftDown() ? wxNavigationKeyEvent::IsBackward
                                 : wxNavigationKeyEvent::IsForward);
    else
      event.Skip();
  });
}

void PaperView::Show(std::vector<paper::Page> pages, const wxString& name) {
  pages_ = std::move(pages);
  dots_per_mm_ = 0;
  std::string text;
  for (const paper::Page& page : pages_) text += paper::TextOf(page) + "\n";
  SetAccessibleName(*this, name);
  SetAccessibleDescription(*this, Wx(text));
  Arrange();
}

void PaperView::SetFit(bool fit) {
  fit_ = fit;
  Arrange();
}

void PaperView::Arrange() {
  const int gap = FromDIP(kGap);
  double dots = FromDIP(wxSize(wxRound(kScreenDotsPerInch), 0)).x / kMmPerInch;
  if (fit_ && !pages_.empty()) {
    const wxSize room = GetSize() - wxSize(3 * gap, 3 * gap);
    const paper::PageSize size = pages_.front().size;
    dots = std::max(0.5, std::min(room.x / size.width, room.y / size.height));
  }
  if (dots != dots_per_mm_) {
    dots_per_mm_ = dots;
    drawn_.clear();
    for (const paper::Page& page : pages_) drawn_.push_back(painter_.ToBitmap(page, dots));
  }
  int width = 0, height = gap;
  for (const wxBitmap& page : drawn_) {
    width = std::max(width, page.GetWidth() + 2 * gap);
    height += page.GetHeight() + gap;
  }
  SetVirtualSize(width, height);
  Refresh();
}

void PaperView::Paint() {
  wxAutoBufferedPaintDC dc(this);
  DoPrepareDC(dc);
  dc.SetBackground(wxBrush(wxSystemSettings::GetColour(wxSYS_COLOUR_BTNSHADOW)));
  dc.Clear();
  const int gap = FromDIP(kGap);
  const int width = std::max(GetVirtualSize().x, GetClientSize().x);
  int y = gap;
  for (const wxBitmap& page : drawn_) {
    dc.DrawBitmap(page, (width - page.GetWidth()) / 2, y);
    y += page.GetHeight() + gap;
  }
}

}  // namespace hoso::ui
