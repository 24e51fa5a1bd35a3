#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/flows/open_desk.h"

namespace hoso::flows {

/// What the reception officer has typed. Empty case: the procedure's first; empty received_at: now.
struct Intake {
  std::string procedure, case_key;
  std::string received_at;  // Local, "2026-11-23T08:30".
  bool difficult = false;   // A difficult area, where the procedure gives it another limit.
  std::map<std::string, std::string> fields;
  std::string id = {};  // A UUID chosen before; empty: a new one.
};

/// Field keys and values as they will be kept: normal form C, known keys only, control characters
/// and too long texts refused. kUsage "field.unknown", "field.not_text", "field.too_long"; detail
/// is the key. `procedure` may be null: common fields only.
base::Result<std::map<std::string, std::string>> CleanFields(
    const catalog::Catalog& catalogue, const catalog::Procedure* procedure,
    const std::map<std::string, std::string>& fields);

/// What looks odd and is never refused: keys of domain::CheckCitizenId and of our own
/// ("phone.form", "tax_code.form", "received.future").
std::vector<std::string> WarningsOf(const std::map<std::string, std::string>& fields);

struct Received {
  std::string id, provisional_code;
  std::vector<std::string> warnings;
};
/// Accepts a dossier: durable when it returns. kUsage "procedure.unknown", "case.unknown",
/// "received.form", CleanFields' errors; kRefused with the rule's reason.
base::Result<Received> Receive(OpenDesk& open, const Intake& intake);

}  // namespace hoso::flows
