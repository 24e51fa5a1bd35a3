#pragma once

#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// What Mẫu 01, the receipt for a dossier and the appointment for its result, says. Times are
/// local, "2026-11-23T08:30"; what is not known is empty.
struct ReceiptFacts {
  struct Paper {
    std::string name;
    bool copy = false;  // Else the original.
  };
  std::string unit_name, province_name;
  std::string code;
  bool provisional = false;  // `code` is this desk's own; the official one comes by the exchange.
  std::string dossier;       // The id, for the QR code: it never changes, the code may.
  std::string applicant, id_number, address, phone, email, parcel;
  std::string procedure_name;
  std::vector<Paper> papers;
  std::vector<std::string> missing;  // Asked for and not there; papers that are optional aren't.
  int sets = 1;
  std::string received_at, due, limit;
  std::string due_doubt;   // Why `due` is not certain, a sentence; "" if it is.
  std::string due_latest;  // A day, where it is not certain.
  std::string officer_name;
  std::string printed_at;
  bool reprint = false;
};

/// FindDossier's errors; kRefused "receipt.not_received" for a dossier that was not accepted.
base::Result<ReceiptFacts> ReceiptFactsOf(OpenDesk& open, const std::string& name, bool reprint);

/// Whether this desk has printed that dossier's receipt (an id); what it prints from then on is a
/// reprint. Kept in the desk's database.
base::Result<bool> WasPrinted(OpenDesk& open, const std::string& dossier);
base::Status MarkPrinted(OpenDesk& open, const std::string& dossier);

/// "07 ngày làm việc".
std::string ToWords(const domain::Limit& limit);

}  // namespace hoso::flows
