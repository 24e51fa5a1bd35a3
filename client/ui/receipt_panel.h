#pragma once

#include <wx/panel.h>

#include <functional>
#include <memory>
#include <string>

#include "client/flows/receipt_facts.h"
#include "client/ui/deliver.h"
#include "client/ui/host.h"
#include "client/ui/page_painter.h"
#include "common/base/worker.h"

class wxChoice;
class wxStaticText;

namespace hoso::ui {

class PaperView;

/// Mẫu 01 of one dossier as it will be printed, to look at, print, or keep as a PDF. From the
/// second printing on the paper says that it is a reprint. Esc closes.
class ReceiptPanel : public wxPanel, public Alive {
 public:
  /// ReceiptFactsOf's errors.
  static base::Result<ReceiptPanel*> Make(wxWindow* parent, flows::OpenDesk& open, Host& host,
                                          const std::string& dossier, std::function<void()> closed);
  void TakeFocus();
  /// Asks for the printer. The system's own dialog waits in a loop of its own; wx has no other.
  void Print();

 private:
  ReceiptPanel(wxWindow* parent, flows::OpenDesk& open, Host& host, std::string dossier,
               std::function<void()> closed);
  void LoadFonts();
  void AddBar();
  base::Status ReadFacts();
  base::Result<std::vector<paper::Page>> Pages();  // Read and laid out at once.
  void Show();
  void SavePdf();
  void WritePdf(const std::string& file);

  flows::OpenDesk& open_;
  Host& host_;
  std::string dossier_;
  std::function<void()> closed_;
  std::unique_ptr<PagePainter> painter_;  // Null until the fonts are read.
  flows::ReceiptFacts facts_;
  wxChoice* paper_ = nullptr;
  wxChoice* zoom_ = nullptr;
  wxStaticText* mark_ = nullptr;
  PaperView* view_ = nullptr;
  base::Worker worker_;  // Reads the fonts and lays out.
};

}  // namespace hoso::ui
