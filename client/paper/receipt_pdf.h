#pragma once

#include "client/flows/receipt_facts.h"
#include "client/paper/page.h"
#include "client/paper/pdf.h"

namespace hoso::paper {

/// The receipt as pages, for a screen or a printer. FontMeasure::Load's and MakeQr's errors.
base::Result<std::vector<Page>> ReceiptPages(const flows::ReceiptFacts& facts, const Fonts& fonts,
                                             PageSize size = kA4);

/// What the PDF of a receipt says of itself.
PdfInfo ReceiptInfo(const flows::ReceiptFacts& facts);

struct PdfFile {
  base::Bytes octets;
  std::size_t pages = 0;
};
/// The same as a PDF. ToPdf's errors too.
base::Result<PdfFile> ReceiptPdf(const flows::ReceiptFacts& facts, const Fonts& fonts,
                                 PageSize size = kA4);

}  // namespace hoso::paper
