#include "client/flows/look_up.h"

#include "common/catalog/load.h"
#include "common/domain/deadline.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr int kStartOfDay = 0;

/// A time, or a day at its start.
std::optional<domain::LocalTime> ParseWhen(const std::string& text) {
  if (const auto day = domain::ParseDay(text)) return domain::LocalTime{*day, kStartOfDay};
  return domain::ParseLocalTime(text);
}

base::Result<domain::StopInterval> ParsePause(const std::string& text) {
  const auto slash = text.find('/');
  const auto from = ParseWhen(text.substr(0, slash));
  if (slash == std::string::npos || !from) return Fail(ErrorKind::kUsage, "pause.form", text);
  const std::string end = text.substr(slash + 1);
  if (end.empty()) return domain::StopInterval{*from, std::nullopt};
  const auto to = ParseWhen(end);
  if (!to) return Fail(ErrorKind::kUsage, "pause.form", text);
  return domain::StopInterval{*from, *to};
}

base::Result<domain::DueQuestion> Question(const catalog::Catalog& catalogue,
                                           const DeadlineAsked& asked) {
  const auto received = ParseWhen(asked.received);
  if (!received) return Fail(ErrorKind::kUsage, "received.form", asked.received);
  domain::DueQuestion question{*received, {}, {}, domain::ClockPolicy::kPause};
  if (asked.limit.has_value() != asked.procedure.empty())
    return Fail(ErrorKind::kUsage, "limit.form");
  if (asked.limit) {
    const auto unit = domain::ParseLimitUnit(asked.unit);
    if (!unit) return Fail(ErrorKind::kUsage, "limit.form", asked.unit);
    question.limit = {*asked.limit, *unit};
    return question;
  }
  const catalog::Procedure* procedure =
      catalogue.FindProcedure(asked.procedure, domain::ToText(received->day));
  if (procedure == nullptr) return Fail(ErrorKind::kUsage, "procedure.unknown", asked.procedure);
  const catalog::Case* the_case =
      asked.case_key.empty() ? &procedure->cases.front() : procedure->FindCase(asked.case_key);
  if (the_case == nullptr) return Fail(ErrorKind::kUsage, "case.unknown", asked.case_key);
  question.limit =
      asked.difficult && the_case->difficult_limit ? *the_case->difficult_limit : the_case->limit;
  question.policy = procedure->supplement.clock;
  return question;
}

}  // namespace

base::Result<catalog::Catalog> BuiltInCatalogue() {
  return catalog::LoadDefault();
}

base::Result<DueView> Deadline(const catalog::Catalog& catalogue, const DeadlineAsked& asked) {
  HOSO_TRY_ASSIGN(domain::DueQuestion question, Question(catalogue, asked));
  for (const std::string& pause : asked.pauses) {
    HOSO_TRY_ASSIGN(const domain::StopInterval stop, ParsePause(pause));
    question.stops.push_back(stop);
  }
  HOSO_TRY_ASSIGN(const domain::Due due, domain::ComputeDue(catalogue.WorkingCalendar(), question));
  return ToView(due, question.limit.unit);
}

base::Result<const catalog::Procedure*> ShowProcedure(const catalog::Catalog& catalogue,
                                                      const std::string& code) {
  const catalog::Procedure* procedure = catalogue.FindProcedure(code);
  if (procedure == nullptr) return Fail(ErrorKind::kNotFound, "procedure.unknown", code);
  return procedure;
}

base::Result<UnitView> ShowUnit(const catalog::Catalog& catalogue, const std::string& code) {
  const catalog::Unit* unit = catalogue.FindUnit(code);
  if (unit == nullptr) return Fail(ErrorKind::kNotFound, "unit.unknown", code);
  const catalog::Province* province = catalogue.FindProvince(unit->province);
  return UnitView{unit->code,
                  unit->name,
                  unit->kind,
                  unit->province,
                  province == nullptr ? "" : province->name,
                  catalogue.UnitOrgCode(code)};
}

}  // namespace hoso::flows
