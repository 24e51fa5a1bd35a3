#include "client/cli/job.h"
#include "client/flows/casework_flow.h"
#include "client/flows/intake_flow.h"

namespace hoso::cli {
namespace {

using base::ErrorKind;
using base::Fail;
using flows::CaseworkFlow;

constexpr std::int64_t kDefaultLimit = 50;

/// What an act answers: where the dossier stands now.
base::Result<Json> Standing(Job& job, const std::string& dossier,
                            const std::vector<std::string>& warnings = {}) {
  HOSO_TRY_ASSIGN(const flows::DossierView view, flows::ShowDossier(*job.open, dossier));
  return Json{{"id", view.id},
              {"code", OrNull(view.code)},
              {"provisional_code", OrNull(view.provisional_code)},
              {"state", view.state},
              {"step", view.stage},
              {"due", OrNull(view.due.due)},
              {"due_certain", view.due.certain},
              {"conflicts", view.conflicts.size()},
              {"warnings", Warnings(warnings)}};
}

base::Result<Json> New(Job& job) {
  if (!job.args.Has("procedure")) return Fail(ErrorKind::kUsage, "args.missing", "--procedure");
  flows::Intake intake;
  intake.procedure = job.args.Get("procedure");
  intake.case_key = job.args.Get("case");
  intake.received_at = job.args.Get("received");
  intake.difficult = job.args.Has("difficult");
  HOSO_TRY_ASSIGN(intake.fields, Pairs(job.args.All("set")));
  HOSO_TRY_ASSIGN(const flows::Received received, flows::Receive(*job.open, intake));
  return Standing(job, received.id, received.warnings);
}

base::Result<Json> Set(Job& job) {
  HOSO_TRY_ASSIGN(const auto fields, Pairs(job.WordsFrom(1)));
  HOSO_TRY_ASSIGN(const auto warnings, CaseworkFlow(*job.open).Set(job.Word(0), fields));
  return Standing(job, job.Word(0), warnings);
}

base::Result<Json> Check(Job& job) {
  HOSO_TRY_ASSIGN(const auto items, Pairs(job.WordsFrom(1)));
  HOSO_TRY(CaseworkFlow(*job.open).Check(job.Word(0), items));
  return Standing(job, job.Word(0));
}

base::Result<Json> Note(Job& job) {
  HOSO_TRY(CaseworkFlow(*job.open).AddNote(job.Word(0), job.Word(1)));
  return Standing(job, job.Word(0));
}

base::Result<Json> Assign(Job& job) {
  if (!job.args.Has("to")) return Fail(ErrorKind::kUsage, "args.missing", "--to");
  HOSO_TRY(CaseworkFlow(*job.open).Assign(job.Word(0), job.args.Get("to")));
  return Standing(job, job.Word(0));
}

base::Result<Json> Steps(Job& job) {
  HOSO_TRY_ASSIGN(const auto next, CaseworkFlow(*job.open).Next(job.Word(0)));
  Json steps = Json::array(), decisions = Json::array();
  for (const auto& step : next) {
    if (step.is_decision)
      decisions.push_back({{"name", step.name}, {"needs_reason", step.needs_reason}});
    else
      steps.push_back({{"name", step.name}, {"to", step.to}, {"needs_reason", step.needs_reason}});
  }
  return Json{{"steps", std::move(steps)}, {"decisions", std::move(decisions)}};
}

base::Result<Json> Step(Job& job) {
  HOSO_TRY(CaseworkFlow(*job.open).Step(job.Word(0), job.Word(1), job.args.Get("reason")));
  return Standing(job, job.Word(0));
}

base::Result<Json> Decide(Job& job) {
  HOSO_TRY(CaseworkFlow(*job.open).Decide(job.Word(0), job.Word(1), job.args.Get("reason")));
  return Standing(job, job.Word(0));
}

base::Result<Json> Show(Job& job) {
  HOSO_TRY_ASSIGN(const flows::DossierView view, flows::ShowDossier(*job.open, job.Word(0)));
  return ToJson(view);
}

base::Result<Json> History(Job& job) {
  HOSO_TRY_ASSIGN(const flows::DossierView view, flows::ShowDossier(*job.open, job.Word(0)));
  return Json{{"id", view.id},
              {"code", OrNull(view.code)},
              {"provisional_code", OrNull(view.provisional_code)},
              {"changes", ToArray(view.changes)}};
}

base::Result<Json> List(Job& job) {
  const std::string word = job.args.Has("view") ? job.args.Get("view") : "all";
  HOSO_TRY_ASSIGN(const store::View view, flows::ParseView(word));
  HOSO_TRY_ASSIGN(const std::int64_t limit, job.Number("limit", kDefaultLimit, 1));
  HOSO_TRY_ASSIGN(const std::int64_t offset, job.Number("offset", 0, 0));
  HOSO_TRY_ASSIGN(const auto list, flows::ListDossiers(*job.open, view, limit, offset));
  return ToJson(list);
}

base::Result<Json> Search(Job& job) {
  HOSO_TRY_ASSIGN(const std::int64_t limit, job.Number("limit", kDefaultLimit, 1));
  HOSO_TRY_ASSIGN(const auto list, job.open->store().Search(job.Word(0), limit));
  return ToJson(list);
}

}  // namespace

std::vector<Command> DossierCommands() {
  using enum Command::Needs;
  return {
      {{"dossier", "new"}, 0, 0, {"procedure", "case", "received", "difficult", "set"}, kDesk, New},
      {{"dossier", "set"}, 2, kAnyNumber, {}, kDesk, Set},
      {{"dossier", "check"}, 2, kAnyNumber, {}, kDesk, Check},
      {{"dossier", "note"}, 2, 2, {}, kDesk, Note},
      {{"dossier", "assign"}, 1, 1, {"to"}, kDesk, Assign},
      {{"dossier", "steps"}, 1, 1, {}, kDesk, Steps},
      {{"dossier", "step"}, 2, 2, {"reason"}, kDesk, Step},
      {{"dossier", "decide"}, 2, 2, {"reason"}, kDesk, Decide},
      {{"dossier", "show"}, 1, 1, {}, kDesk, Show},
      {{"dossier", "history"}, 1, 1, {}, kDesk, History},
      {{"dossier", "list"}, 0, 0, {"view", "limit", "offset"}, kDesk, List},
      {{"search"}, 1, 1, {"limit"}, kDesk, Search},
  };
}

}  // namespace hoso::cli
