#include "client/cli/job.h"
#include "client/flows/receipt_facts.h"
#include "client/paper/receipt_pdf.h"

namespace hoso::cli {
namespace {

using base::ErrorKind;
using base::Fail;

base::Result<paper::PageSize> SizeAsked(const Job& job) {
  const std::string word = job.args.Has("paper") ? job.args.Get("paper") : "A4";
  if (word == "A4") return paper::kA4;
  if (word == "A5") return paper::kA5;
  return Fail(ErrorKind::kUsage, "paper.size", word);
}

base::Result<Json> Receipt(Job& job) {
  const std::string file = job.args.Get("out");
  if (file.empty()) return Fail(ErrorKind::kUsage, "args.missing", "--out");
  HOSO_TRY_ASSIGN(const paper::PageSize size, SizeAsked(job));
  HOSO_TRY_ASSIGN(const flows::ReceiptFacts facts,
                  flows::ReceiptFactsOf(*job.open, job.Word(0), job.args.Has("copy")));
  HOSO_TRY_ASSIGN(const paper::PdfFile pdf,
                  paper::ReceiptPdf(facts, paper::FontsIn(job.tools.font_folder), size));
  HOSO_TRY(base::WriteFile(file, pdf.octets, true));  // A person's data: for the officer only.
  return Json{{"file", file}, {"pages", pdf.pages}};
}

}  // namespace

std::vector<Command> PaperCommands() {
  return {{{"dossier", "receipt"}, 1, 1, {"out", "copy", "paper"}, Command::Needs::kDesk, Receipt}};
}

}  // namespace hoso::cli
