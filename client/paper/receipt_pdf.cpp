#include "client/paper/receipt_pdf.h"

#include "client/paper/qr.h"
#include "client/paper/receipt.h"

namespace hoso::paper {

base::Result<std::vector<Page>> ReceiptPages(const flows::ReceiptFacts& facts, const Fonts& fonts,
                                             PageSize size) {
  HOSO_TRY_ASSIGN(const auto measure, FontMeasure::Load(fonts));
  HOSO_TRY_ASSIGN(const QrModules qr, MakeQr(facts.dossier));
  return Receipt(facts, qr, *measure, size);
}

PdfInfo ReceiptInfo(const flows::ReceiptFacts& facts) {
  const auto printed = domain::ParseLocalTime(facts.printed_at);
  return {"Giấy tiếp nhận hồ sơ và hẹn trả kết quả – " + facts.code,
          printed ? *printed : domain::LocalTime{}};
}

base::Result<PdfFile> ReceiptPdf(const flows::ReceiptFacts& facts, const Fonts& fonts,
                                 PageSize size) {
  HOSO_TRY_ASSIGN(const std::vector<Page> pages, ReceiptPages(facts, fonts, size));
  HOSO_TRY_ASSIGN(base::Bytes octets, ToPdf(pages, fonts, ReceiptInfo(facts)));
  return PdfFile{std::move(octets), pages.size()};
}

}  // namespace hoso::paper
