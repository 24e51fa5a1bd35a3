#include "client/flows/intake_flow.h"

#include <algorithm>

#include "common/base/ids.h"
#include "common/domain/code.h"
#include "common/domain/identity.h"
#include "common/text/fold.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kReplicaLetters = 4;

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return (octet < 0x20 && c != '\n' && c != '\t') || octet == 0x7f;
  });
}

bool IsKnown(const catalog::Catalog& catalogue, const catalog::Procedure* procedure,
             const std::string& key) {
  const auto is = [&](const catalog::Field& field) { return field.key == key; };
  const auto& common = catalogue.CommonFields();
  return std::any_of(common.begin(), common.end(), is) ||
         (procedure != nullptr &&
          std::any_of(procedure->fields.begin(), procedure->fields.end(), is));
}

std::string Get(const std::map<std::string, std::string>& fields, const char* key) {
  const auto found = fields.find(key);
  return found == fields.end() ? "" : found->second;
}

/// "2026-11-23" to "261123".
std::string CodeDay(const domain::LocalTime& time) {
  const std::string day = domain::ToText(time.day);
  return day.substr(2, 2) + day.substr(5, 2) + day.substr(8, 2);
}

/// Unique without asking anybody: the replica's own last letters and its own count.
base::Result<std::string> NextProvisional(OpenDesk& open, const std::string& unit,
                                          const domain::LocalTime& received) {
  HOSO_TRY_ASSIGN(const auto replica, open.store().Meta("replica"));
  HOSO_TRY_ASSIGN(const auto last, open.store().LastOwn());
  const std::string point = replica && replica->size() > kReplicaLetters
                                ? replica->substr(replica->size() - kReplicaLetters)
                                : "0000";
  return domain::ProvisionalCode(unit, point, CodeDay(received), last.sequence + 1);
}

}  // namespace

base::Result<std::map<std::string, std::string>> CleanFields(
    const catalog::Catalog& catalogue, const catalog::Procedure* procedure,
    const std::map<std::string, std::string>& fields) {
  std::map<std::string, std::string> clean;
  for (const auto& [key, value] : fields) {
    if (!IsKnown(catalogue, procedure, key)) return Fail(ErrorKind::kUsage, "field.unknown", key);
    if (!base::IsUtf8(value) || HasControl(value))
      return Fail(ErrorKind::kUsage, "field.not_text", key);
    std::string normal = text::Nfc(value);
    if (normal.size() > change::kMaxValueBytes)
      return Fail(ErrorKind::kUsage, "field.too_long", key);
    clean[key] = std::move(normal);
  }
  return clean;
}

std::vector<std::string> WarningsOf(const std::map<std::string, std::string>& fields) {
  std::vector<std::string> warnings;
  const std::string id = Get(fields, "applicant.id_number");
  const std::string phone = Get(fields, "applicant.phone");
  if (!id.empty() && Get(fields, "applicant.kind") == "organisation") {
    if (!domain::IsTaxCode(id)) warnings.push_back("tax_code.form");
  } else if (!id.empty()) {
    warnings = domain::CheckCitizenId(id, Get(fields, "applicant.birth_date"));
  }
  if (!phone.empty() && !domain::IsPhone(phone)) warnings.push_back("phone.form");
  return warnings;
}

base::Result<Received> Receive(OpenDesk& open, const Intake& intake) {
  const std::string received_at =
      intake.received_at.empty() ? domain::ToText(open.Now()) : intake.received_at;
  const auto received = domain::ParseLocalTime(received_at);
  if (!received) return Fail(ErrorKind::kUsage, "received.form", received_at);
  const catalog::Procedure* procedure =
      open.catalogue().FindProcedure(intake.procedure, domain::ToText(received->day));
  if (procedure == nullptr) return Fail(ErrorKind::kUsage, "procedure.unknown", intake.procedure);
  const catalog::Case* the_case =
      intake.case_key.empty() ? &procedure->cases.front() : procedure->FindCase(intake.case_key);
  if (the_case == nullptr) return Fail(ErrorKind::kUsage, "case.unknown", intake.case_key);

  change::Create create;
  HOSO_TRY_ASSIGN(create.fields, CleanFields(open.catalogue(), procedure, intake.fields));
  HOSO_TRY_ASSIGN(const auto unit, open.store().Meta("unit"));
  create.unit = unit.value_or("");
  create.procedure = procedure->code;
  create.procedure_version = procedure->version;
  create.case_key = the_case->key;
  create.received_at = domain::ToText(*received);
  create.difficult = intake.difficult;
  HOSO_TRY_ASSIGN(create.provisional_code, NextProvisional(open, create.unit, *received));
  for (const catalog::Component& component : the_case->components)
    create.components.push_back(component.key);

  Received out{intake.id.empty() ? base::MakeUuid7(open.tools().clock.NowMs(), open.tools().random)
                                 : intake.id,
               create.provisional_code, WarningsOf(create.fields)};
  if (*received > open.Now()) out.warnings.push_back("received.future");
  HOSO_TRY(open.Record(out.id, std::move(create)));
  return out;
}

}  // namespace hoso::flows
