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

PaperView::PaperView(wxWindow* parent)
    : wxScrolledCanvas(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                       wxBORDER_THEME | wxWANTS_CHARS) {
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

void PaperView::Show(const PagePainter& painter, std::vector<paper::Page> pages,
                     const wxString& name) {
  painter_ = &painter;
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
    if (!pages_.empty()) CallAfter([this] { DrawNext(); });
  }
  int width = 0, height = gap;
  for (const paper::Page& page : pages_) {
    width = std::max(width, SizeOf(page).x + 2 * gap);
    height += SizeOf(page).y + gap;
  }
  SetVirtualSize(width, height);
  Refresh();
}

wxSize PaperView::SizeOf(const paper::Page& page) const {
  return wxSize(wxRound(page.size.width * dots_per_mm_), wxRound(page.size.height * dots_per_mm_));
}

void PaperView::DrawNext() {
  if (drawn_.size() >= pages_.size()) return;
  drawn_.push_back(painter_->ToBitmap(pages_[drawn_.size()], dots_per_mm_));
  Refresh();
  if (drawn_.size() < pages_.size()) CallAfter([this] { DrawNext(); });
}

void PaperView::Paint() {
  wxAutoBufferedPaintDC dc(this);
  DoPrepareDC(dc);
  dc.SetBackground(wxBrush(wxSystemSettings::GetColour(wxSYS_COLOUR_BTNSHADOW)));
  dc.Clear();
  const int gap = FromDIP(kGap);
  const int width = std::max(GetVirtualSize().x, GetClientSize().x);
  int y = gap;
  dc.SetPen(*wxTRANSPARENT_PEN);
  dc.SetBrush(*wxWHITE_BRUSH);
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    const wxSize size = SizeOf(pages_[i]);
    const int x = (width - size.x) / 2;
    if (i < drawn_.size())
      dc.DrawBitmap(drawn_[i], x, y);
    else
      dc.DrawRectangle(wxPoint(x, y), size);
    y += size.y + gap;
  }
}

}  // namespace hoso::ui
