#include "client/flows/receipt_facts.h"

#include "client/flows/casework_flow.h"
#include "client/flows/dossier_view.h"
#include "client/flows/explain.h"
#include "sync/engine/dossier_due.h"

namespace hoso::flows {
namespace {

constexpr int kAccepted = 2;
constexpr int kNotAccepted = 3;
const std::string kPrinted = "receipt_printed.";

std::string ParcelOf(const change::DossierState& state) {
  std::string parcel;
  const auto add = [&](const char* words, const std::string& value) {
    if (!value.empty()) parcel += (parcel.empty() ? "" : ", ") + (words + value);
  };
  add("thửa đất số ", state.Get("field.parcel.number"));
  add("tờ bản đồ số ", state.Get("field.parcel.sheet"));
  add("", state.Get("field.parcel.address"));
  return parcel;
}

void FillPapers(const DossierView& view, ReceiptFacts& facts) {
  for (const ComponentView& component : view.components) {
    if (component.status == "have" || component.status == "copy")
      facts.papers.push_back({component.name, component.status == "copy"});
    else if (!component.optional)
      facts.missing.push_back(component.name);
  }
}

void FillDue(const OpenDesk& open, const change::DossierState& state, ReceiptFacts& facts) {
  const auto due = engine::DossierDue(open.catalogue(), state);
  const catalog::Procedure* procedure = open.ProcedureOf(state);
  const catalog::Case* the_case =
      procedure == nullptr ? nullptr : procedure->FindCase(state.case_key);
  if (!due || the_case == nullptr) return;
  const bool difficult = state.difficult && the_case->difficult_limit;
  facts.limit = ToWords(difficult ? *the_case->difficult_limit : the_case->limit);
  facts.due = domain::ToText(due->due);
  if (due->certain) return;
  facts.due_doubt = ReasonText(due->reason);
  facts.due_latest = domain::ToText(due->latest);
}

}  // namespace

std::string ToWords(const domain::Limit& limit) {
  const auto unit = [&] {
    switch (limit.unit) {
      case domain::LimitUnit::kWorkingDays:
        return " ngày làm việc";
      case domain::LimitUnit::kDays:
        return " ngày";
      case domain::LimitUnit::kWorkingHours:
        return " giờ làm việc";
      case domain::LimitUnit::kMonths:
        break;
    }
    return " tháng";
  };
  constexpr int kTwoDigits = 10;
  return (limit.value < kTwoDigits ? "0" : "") + std::to_string(limit.value) + unit();
}

base::Result<ReceiptFacts> ReceiptFactsOf(OpenDesk& open, const std::string& name, bool reprint) {
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open, name));
  const change::DossierState& state = stored.shown;
  if (state.state < kAccepted || state.state == kNotAccepted)
    return base::Fail(base::ErrorKind::kRefused, "receipt.not_received");
  HOSO_TRY_ASSIGN(const DossierView view, ShowDossier(open, state.id));
  ReceiptFacts facts;
  if (const catalog::Unit* unit = open.catalogue().FindUnit(state.unit)) {
    facts.unit_name = unit->name;
    if (const catalog::Province* province = open.catalogue().FindProvince(unit->province))
      facts.province_name = province->name;
  }
  facts.provisional = state.code.empty();
  facts.code = facts.provisional ? state.provisional_code : state.code;
  facts.dossier = state.id;
  facts.applicant = state.Get("field.applicant.name");
  facts.id_number = state.Get("field.applicant.id_number");
  facts.address = state.Get("field.applicant.address");
  facts.phone = state.Get("field.applicant.phone");
  facts.email = state.Get("field.applicant.email");
  facts.parcel = ParcelOf(state);
  facts.procedure_name = view.procedure_name.empty() ? view.procedure : view.procedure_name;
  FillPapers(view, facts);
  facts.received_at = state.received_at;
  FillDue(open, state, facts);
  facts.officer_name = view.receiver_name;
  facts.printed_at = domain::ToText(open.Now());
  facts.reprint = reprint;
  return facts;
}

base::Result<bool> WasPrinted(OpenDesk& open, const std::string& dossier) {
  HOSO_TRY_ASSIGN(const auto at, open.store().Meta(kPrinted + dossier));
  return at.has_value();
}

base::Status MarkPrinted(OpenDesk& open, const std::string& dossier) {
  return open.store().SetMeta(kPrinted + dossier, domain::ToText(open.Now()));
}

}  // namespace hoso::flows
