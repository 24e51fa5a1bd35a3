#include "client/cli/job.h"

namespace hoso::cli {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kNoLimit = -1;

base::Result<Json> Deadline(Job& job) {
  if (!job.args.Has("received")) return Fail(ErrorKind::kUsage, "args.missing", "--received");
  flows::DeadlineAsked asked;
  asked.procedure = job.args.Get("procedure");
  asked.case_key = job.args.Get("case");
  asked.difficult = job.args.Has("difficult");
  HOSO_TRY_ASSIGN(const std::int64_t limit, job.Number("limit", kNoLimit, 0));
  if (limit > domain::kMaxLimit) return Fail(ErrorKind::kUsage, "limit.range");
  if (limit != kNoLimit) asked.limit = static_cast<int>(limit);
  asked.unit = job.args.Get("unit");
  asked.received = job.args.Get("received");
  asked.pauses = job.args.All("pause");
  HOSO_TRY_ASSIGN(const catalog::Catalog catalogue, flows::BuiltInCatalogue());
  HOSO_TRY_ASSIGN(const flows::DueView due, flows::Deadline(catalogue, asked));
  return ToJson(due);
}

base::Result<Json> ProcedureList(Job&) {
  HOSO_TRY_ASSIGN(const catalog::Catalog catalogue, flows::BuiltInCatalogue());
  Json all = Json::array(), others = Json::array();
  for (const auto& procedure : catalogue.Procedures())
    all.push_back({{"code", procedure.code},
                   {"version", procedure.version},
                   {"name", procedure.name},
                   {"field", procedure.field}});
  for (const auto& other : catalogue.OtherProcedures())
    others.push_back({{"code", other.code}, {"name", other.name}, {"limit", other.limit_text}});
  return Json{{"procedures", std::move(all)}, {"others", std::move(others)}};
}

base::Result<Json> ProcedureShow(Job& job) {
  HOSO_TRY_ASSIGN(const catalog::Catalog catalogue, flows::BuiltInCatalogue());
  HOSO_TRY_ASSIGN(const auto* procedure, flows::ShowProcedure(catalogue, job.Word(0)));
  return ToJson(*procedure, catalogue);
}

base::Result<Json> UnitShow(Job& job) {
  HOSO_TRY_ASSIGN(const catalog::Catalog catalogue, flows::BuiltInCatalogue());
  HOSO_TRY_ASSIGN(const flows::UnitView unit, flows::ShowUnit(catalogue, job.Word(0)));
  return ToJson(unit);
}

}  // namespace

std::vector<Command> LookUpCommands() {
  using enum Command::Needs;
  return {
      {{"deadline"},
       0,
       0,
       {"procedure", "case", "difficult", "limit", "unit", "received", "pause"},
       kNothing,
       Deadline},
      {{"procedure", "list"}, 0, 0, {}, kNothing, ProcedureList},
      {{"procedure", "show"}, 1, 1, {}, kNothing, ProcedureShow},
      {{"unit", "show"}, 1, 1, {}, kNothing, UnitShow},
  };
}

}  // namespace hoso::cli
