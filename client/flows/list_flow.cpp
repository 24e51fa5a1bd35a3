#include "client/flows/list_flow.h"

#include <map>

#include "client/flows/dossier_view.h"
#include "common/base/number.h"
#include "sync/engine/handed.h"

namespace hoso::flows {

using base::ErrorKind;
using base::Fail;

base::Result<store::View> ParseView(const std::string& word) {
  static const std::map<std::string, store::View> views = {
      {"mine", store::View::kMine},    {"overdue", store::View::kOverdue},
      {"today", store::View::kToday},  {"soon", store::View::kSoon},
      {"all", store::View::kAll},      {"approval", store::View::kApproval},
      {"drafts", store::View::kDrafts}};
  const auto found = views.find(word);
  if (found == views.end()) return Fail(ErrorKind::kUsage, "view.unknown", word);
  return found->second;
}

store::ListQuery QueryOf(OpenDesk& open, store::View view) {
  store::ListQuery query;
  query.view = view;
  query.officer = open.officer();
  query.today = domain::ToText(open.Now().day);
  query.soon = domain::ToText(open.Now().day + std::chrono::days(kSoonDays));
  return query;
}

base::Result<store::DossierList> ListDossiers(OpenDesk& open, store::View view, std::int64_t limit,
                                              std::int64_t offset) {
  store::ListQuery query = QueryOf(open, view);
  query.limit = limit;
  query.offset = offset;
  return open.store().List(query);
}

base::Result<std::vector<std::int64_t>> CountDossiers(OpenDesk& open,
                                                      const std::vector<store::View>& views) {
  std::vector<store::ListQuery> queries;
  for (const store::View view : views) queries.push_back(QueryOf(open, view));
  return open.store().Counts(queries);
}

void ReadAhead(OpenDesk& open) {
  // Errors come again, and are told, when the window itself reads.
  (void)StatusOf(open).has_value();
}

base::Result<DeskStatus> StatusOf(OpenDesk& open) {
  DeskStatus status;
  HOSO_TRY_ASSIGN(const protocol::Person person, open.PersonOf(open.officer()));
  status.officer = open.officer();
  status.officer_name = person.name;
  status.role = person.role;
  HOSO_TRY_ASSIGN(const auto unit, open.store().Meta("unit"));
  status.unit = unit.value_or("");
  if (const catalog::Unit* known = open.catalogue().FindUnit(status.unit))
    status.unit_name = known->name;
  HOSO_TRY_ASSIGN(const auto epoch, open.store().Meta("epoch"));
  status.epoch = epoch.value_or("");
  HOSO_TRY_ASSIGN(const auto last, open.store().Meta("last_sync"));
  if (last) status.last_sync = LocalText(base::ToNumber(*last).value_or(0));
  HOSO_TRY_ASSIGN(const auto head, open.store().Head());
  status.position = head.position;
  HOSO_TRY_ASSIGN(const auto waiting, open.store().Attention());
  status.waiting = waiting.waiting;
  status.conflicts = waiting.conflicts;
  status.set_aside = waiting.set_aside;
  status.unreadable = waiting.unreadable;
  return status;
}

base::Result<std::vector<WaitingChange>> Outbox(OpenDesk& open) {
  std::vector<WaitingChange> all;
  HOSO_TRY_ASSIGN(const std::int64_t handed, engine::HandedThrough(open.store()));
  HOSO_TRY(open.store().ForEachWaiting(0, [&](const store::OutboxRow& row) -> base::Status {
    if (row.status != store::OutboxStatus::kHere) return {};
    const auto change = change::Decode(row.change);
    all.push_back({change ? change->id.ToText() : std::to_string(row.sequence), row.dossier,
                   change ? change::KindOf(*change) : "malformed", LocalText(row.at_ms),
                   row.sequence <= handed});
    return {};
  }));
  return all;
}

}  // namespace hoso::flows
