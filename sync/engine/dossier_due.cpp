#include "sync/engine/dossier_due.h"

namespace hoso::engine {

std::optional<domain::Due> DossierDue(const catalog::Catalog& catalogue,
                                      const change::DossierState& state) {
  const catalog::Procedure* procedure =
      catalogue.FindVersion(state.procedure, state.procedure_version);
  if (procedure == nullptr) procedure = catalogue.FindProcedure(state.procedure);
  const catalog::Case* the_case =
      procedure == nullptr ? nullptr : procedure->FindCase(state.case_key);
  const auto received = domain::ParseLocalTime(state.received_at);
  if (the_case == nullptr || !received) return std::nullopt;

  domain::DueQuestion question{*received, the_case->limit, {}, procedure->supplement.clock};
  if (state.difficult && the_case->difficult_limit) question.limit = *the_case->difficult_limit;
  for (const change::Pause& pause : state.pauses) {
    const auto from = domain::ParseLocalTime(pause.from);
    if (!from) continue;
    question.stops.push_back({*from, domain::ParseLocalTime(pause.to), pause.kind == "supplement"});
  }
  const auto due = domain::ComputeDue(catalogue.WorkingCalendar(state.unit), question);
  return due ? std::optional(*due) : std::nullopt;
}

}  // namespace hoso::engine
