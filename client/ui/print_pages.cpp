#include "client/ui/print_pages.h"

#include <wx/graphics.h>
#include <wx/print.h>
#include <wx/printdlg.h>

namespace hoso::ui {
namespace {

class Printout final : public wxPrintout {
 public:
  Printout(const PagePainter& painter, std::vector<paper::Page> pages, const wxString& title)
      : wxPrintout(title), painter_(painter), pages_(std::move(pages)) {}

  bool HasPage(int number) override { return number >= 1 && number <= Count(); }
  void GetPageInfo(int* first, int* last, int* from, int* to) override {
    *first = *from = 1;
    *last = *to = Count();
  }
  bool OnPrintPage(int number) override {
    if (!HasPage(number)) return false;
    const paper::Page& page = pages_[static_cast<std::size_t>(number - 1)];
    const std::unique_ptr<wxGraphicsContext> gc(wxGraphicsContext::CreateFromUnknownDC(*GetDC()));
    if (gc == nullptr) return false;
    // The paper's edge, not the printable area's: margins are the layout's matter.
    const wxRect paper = GetLogicalPaperRect();
    gc->Translate(paper.x, paper.y);
    gc->Scale(paper.width / page.size.width, paper.height / page.size.height);
    painter_.Draw(*gc, page);
    return true;
  }

 private:
  int Count() const { return static_cast<int>(pages_.size()); }

  const PagePainter& painter_;
  std::vector<paper::Page> pages_;
};

}  // namespace

base::Result<bool> PrintPages(wxWindow& parent, const PagePainter& painter,
                              std::vector<paper::Page> pages, const wxString& title) {
  const paper::PageSize size = pages.front().size;
  wxPrintData data;
  data.SetPaperId(size.width == paper::kA5.width ? wxPAPER_A5 : wxPAPER_A4);
  data.SetOrientation(size.width > size.height ? wxLANDSCAPE : wxPORTRAIT);
  wxPrintDialogData asked(data);
  asked.EnablePageNumbers(pages.size() > 1);
  wxPrinter printer(&asked);
  Printout out(painter, std::move(pages), title);
  if (printer.Print(&parent, &out, true)) return true;
  if (wxPrinter::GetLastError() == wxPRINTER_CANCELLED) return false;
  return base::Fail(base::ErrorKind::kUnreachable, "print.failed");
}

}  // namespace hoso::ui
