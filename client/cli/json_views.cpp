#include "client/cli/json_views.h"

#include "client/flows/explain.h"

namespace hoso::cli {
namespace {

Json ReasonOrNull(const std::string& reason) {
  return reason.empty() ? Json() : Json(reason);
}

Json ToJson(const store::DossierRow& row) {
  return {{"id", row.id},
          {"code", OrNull(row.code)},
          {"provisional_code", OrNull(row.provisional_code)},
          {"applicant", row.applicant},
          {"procedure", row.procedure},
          {"state", row.state},
          {"step", row.stage},
          {"assignee", OrNull(row.assignee)},
          {"received_at", row.received_at},
          {"due", OrNull(row.due)},
          {"unsent", row.unsent},
          {"conflicts", row.conflicts},
          {"set_aside", row.set_aside}};
}

Json ToJson(const catalog::Field& field) {
  return {{"key", field.key}, {"label", field.label}};
}

Json ToJson(const std::optional<domain::Limit>& limit) {
  if (!limit) return {};
  return {{"value", limit->value}, {"unit", domain::ToString(limit->unit)}};
}

Json ToJson(const catalog::Case& the_case) {
  Json components = Json::array(), steps = Json::array();
  for (const catalog::Component& c : the_case.components)
    components.push_back({{"key", c.key}, {"name", c.name}, {"optional", c.optional}});
  for (const catalog::StepPlan& s : the_case.steps)
    steps.push_back({{"role", s.role}, {"task", s.task}, {"minutes", s.minutes}});
  return {{"key", the_case.key},
          {"name", the_case.name},
          {"limit", ToJson(std::optional(the_case.limit))},
          {"difficult_limit", ToJson(the_case.difficult_limit)},
          {"components", std::move(components)},
          {"steps", std::move(steps)}};
}

}  // namespace

Json OrNull(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json Warnings(const std::vector<std::string>& reasons) {
  Json all = Json::array();
  for (const std::string& reason : reasons)
    all.push_back({{"key", reason}, {"text", flows::ReasonText(reason)}});
  return all;
}

Json ToJson(const flows::ChangeView& change) {
  const flows::Standing& standing = change.standing;
  Json body = Json::object();
  for (const auto& [key, value] : change.body) body[key] = value;
  return {
      {"id", change.id},
      {"kind", change.kind},
      {"body", std::move(body)},
      {"author", change.author},
      {"author_name", OrNull(change.author_name)},
      {"at", change.at},
      {"status", flows::ToText(standing.status)},
      {"position", standing.position == 0 ? Json() : Json(standing.position)},
      {"reason", ReasonOrNull(standing.reason)},
      {"exhibit", change.exhibit},
      {"status_text", flows::StandingText(standing)},
      {"reason_text", standing.reason.empty() ? Json() : Json(flows::ReasonText(standing.reason))},
      {"closed", standing.closed}};
}

Json ToJson(const flows::DueView& due) {
  return {{"due", OrNull(due.due)},
          {"certain", due.certain},
          {"earliest", OrNull(due.earliest)},
          {"latest", OrNull(due.latest)},
          {"reason", ReasonOrNull(due.reason)}};
}

Json ToJson(const flows::ConflictView& conflict) {
  Json values = Json::array();
  for (const flows::ValueView& value : conflict.values)
    values.push_back({{"id", value.id},
                      {"value", value.value},
                      {"author", value.author},
                      {"author_name", OrNull(value.author_name)},
                      {"at", value.at},
                      {"held", value.held}});
  return {{"id", conflict.id},
          {"dossier", conflict.dossier},
          {"field", conflict.field},
          {"label", conflict.label},
          {"values", std::move(values)}};
}

Json ToJson(const flows::SetAsideView& aside) {
  Json places = Json::array(), values = Json::object();
  for (const auto& [key, value] : aside.difference) {
    places.push_back(key);
    values[key] = value;
  }
  return {{"id", aside.id},
          {"dossier", aside.dossier},
          {"kind", aside.kind},
          {"author", aside.author},
          {"author_name", OrNull(aside.author_name)},
          {"at", aside.at},
          {"reason", aside.reason},
          {"reason_text", flows::ReasonText(aside.reason)},
          {"difference", std::move(places)},
          {"difference_now", std::move(values)},
          {"settled", OrNull(aside.settled)}};
}

Json ToJson(const flows::DossierView& view) {
  Json fields = Json::object(), components = Json::array(), notes = Json::array();
  for (const flows::FieldView& field : view.fields) fields[field.key] = field.value;
  for (const flows::ComponentView& c : view.components)
    components.push_back(
        {{"key", c.key}, {"name", c.name}, {"status", c.status}, {"optional", c.optional}});
  for (const flows::NoteView& note : view.notes)
    notes.push_back({{"text", note.text},
                     {"author", note.author},
                     {"author_name", OrNull(note.author_name)},
                     {"at", note.at}});
  Json changes = Json::array();
  for (const flows::ChangeView& change : view.changes) changes.push_back(ToJson(change));
  return {{"id", view.id},
          {"code", OrNull(view.code)},
          {"provisional_code", OrNull(view.provisional_code)},
          {"procedure", view.procedure},
          {"procedure_name", view.procedure_name},
          {"procedure_version", view.procedure_version},
          {"case", view.case_key},
          {"case_name", view.case_name},
          {"difficult", view.difficult},
          {"state", view.state},
          {"state_name", view.state_name},
          {"step", view.stage},
          {"locked", view.locked},
          {"assignee", OrNull(view.assignee)},
          {"assignee_name", OrNull(view.assignee_name)},
          {"receiver", view.receiver},
          {"receiver_name", OrNull(view.receiver_name)},
          {"received_at", view.received_at},
          {"due", OrNull(view.due.due)},
          {"due_certain", view.due.certain},
          {"due_earliest", OrNull(view.due.earliest)},
          {"due_latest", OrNull(view.due.latest)},
          {"due_reason", ReasonOrNull(view.due.reason)},
          {"fields", std::move(fields)},
          {"components", std::move(components)},
          {"notes", std::move(notes)},
          {"conflicts", ToArray(view.conflicts)},
          {"set_aside", ToArray(view.set_aside)},
          {"changes", std::move(changes)}};
}

Json ToJson(const flows::DeskStatus& status) {
  return {{"officer", status.officer},
          {"officer_name", OrNull(status.officer_name)},
          {"role", OrNull(status.role)},
          {"unit", status.unit},
          {"unit_name", OrNull(status.unit_name)},
          {"position", status.position},
          {"epoch", OrNull(status.epoch)},
          {"waiting", status.waiting},
          {"conflicts", status.conflicts},
          {"set_aside", status.set_aside},
          {"unreadable", status.unreadable},
          {"last_sync", OrNull(status.last_sync)}};
}

Json ToJson(const flows::ReceiptView& receipt) {
  return {{"at", receipt.at},
          {"unit", receipt.unit},
          {"replica", receipt.replica},
          {"epoch", receipt.epoch},
          {"accepted_through", receipt.accepted_through},
          {"chain", receipt.chain},
          {"position", receipt.position},
          {"log_hash", receipt.log_hash},
          {"valid", receipt.valid}};
}

Json ToJson(const engine::SyncReport& report) {
  return {{"sent", report.sent},
          {"received", report.received},
          {"accepted", report.accepted},
          {"conflicts", report.conflicts},
          {"set_aside", report.set_aside},
          {"returned", report.returned},
          {"bytes_up", report.bytes_up},
          {"bytes_down", report.bytes_down},
          {"round_trips", report.round_trips},
          {"position", report.position},
          {"reissued", report.reissued},
          {"moved", report.moved}};
}

Json ToJson(const store::DossierList& list) {
  Json items = Json::array();
  for (const store::DossierRow& row : list.rows) items.push_back(ToJson(row));
  return {{"total", list.total}, {"items", std::move(items)}};
}

Json ToJson(const catalog::Procedure& procedure, const catalog::Catalog& catalogue) {
  Json cases = Json::array(), fields = Json::array();
  for (const catalog::Case& one : procedure.cases) cases.push_back(ToJson(one));
  for (const catalog::Field& field : catalogue.CommonFields()) fields.push_back(ToJson(field));
  for (const catalog::Field& field : procedure.fields) fields.push_back(ToJson(field));
  const auto& supplement = procedure.supplement;
  return {{"code", procedure.code},
          {"version", procedure.version},
          {"name", procedure.name},
          {"field", procedure.field},
          {"valid_from", OrNull(procedure.valid_from)},
          {"valid_to", OrNull(procedure.valid_to)},
          {"basis", procedure.basis},
          {"fee_note", procedure.fee_note},
          {"note", OrNull(procedure.note)},
          {"source", procedure.source},
          {"results", procedure.results},
          {"supplement",
           {{"clock", supplement.clock == domain::ClockPolicy::kRestart ? "restart" : "pause"},
            {"clock_confirmed", supplement.clock_confirmed},
            {"max_requests", supplement.max_requests ? Json(*supplement.max_requests) : Json()}}},
          {"cases", std::move(cases)},
          {"fields", std::move(fields)}};
}

Json ToJson(const flows::UnitView& unit) {
  return {{"code", unit.code},
          {"name", unit.name},
          {"kind", unit.kind},
          {"province", unit.province},
          {"province_name", unit.province_name},
          {"org_code", unit.org_code}};
}

}  // namespace hoso::cli
