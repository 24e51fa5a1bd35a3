#include "client/flows/approval_flow.h"

#include <algorithm>

#include "client/flows/act_words.h"
#include "client/flows/casework_flow.h"
#include "client/flows/draft_flow.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kPage = 200;
constexpr std::pair<const char*, change::Decision> kDecisions[] = {
    {"approve", change::Decision::kApprove},
    {"return", change::Decision::kReturn},
    {"refuse", change::Decision::kRefuse}};

bool WaitsFor(int state, const std::string& stage, const change::Context& context) {
  if (state != domain::kProcessing || !context.role || !context.active) return false;
  if (*context.role == domain::Role::kLd) return stage == "proposed" || stage == "reviewed";
  return *context.role == domain::Role::kTp && stage == "proposed";
}

/// Steps and decisions that took effect, oldest first.
std::vector<const Happened*> StepsOf(const std::vector<Happened>& history) {
  std::vector<const Happened*> steps;
  for (const Happened& act : history) {
    const bool moves = std::holds_alternative<change::Step>(act.change.body) ||
                       std::holds_alternative<change::Decide>(act.change.body);
    if (moves && act.verdict.outcome != change::Outcome::kSetAside) steps.push_back(&act);
  }
  return steps;
}

void FillProposal(OpenDesk& open, const change::DossierState& state,
                  const std::vector<const Happened*>& steps, ApprovalView& view) {
  for (const Happened* act : steps) {
    if (const auto* step = std::get_if<change::Step>(&act->change.body)) {
      if (step->name != "propose") continue;
      view.proposer = PersonText(open, act->change.author);
      view.proposed_at = LocalText(act->change.times.desk_ms);
      view.proposer_note = step->reason;
      const auto last =
          std::find_if(state.notes.rbegin(), state.notes.rend(),
                       [&](const change::Note& note) { return note.author == act->change.author; });
      if (view.proposer_note.empty() && last != state.notes.rend()) view.proposer_note = last->text;
    } else if (state.stage == "reviewed") {
      const auto& decide = std::get<change::Decide>(act->change.body);
      view.reviewer = PersonText(open, act->change.author);
      view.reviewed_at = LocalText(act->change.times.desk_ms);
      view.review_note = decide.reason;
    }
  }
}

void FillWarnings(OpenDesk& open, const change::DossierState& state, std::int64_t unsent,
                  ApprovalView& view) {
  const catalog::Procedure* procedure = open.ProcedureOf(state);
  const catalog::Case* the_case =
      procedure == nullptr ? nullptr : procedure->FindCase(state.case_key);
  std::string missing;
  if (the_case != nullptr)
    for (const catalog::Component& paper : the_case->components)
      if (!paper.optional && state.Get("component." + paper.key) == "missing")
        missing += (missing.empty() ? "" : "; ") + paper.name;
  if (!missing.empty()) view.warnings.push_back("Chưa có giấy tờ: " + missing);
  const auto count = [&](std::int64_t number, const char* before, const char* after) {
    if (number > 0) view.warnings.push_back(before + std::to_string(number) + after);
  };
  count(state.OpenConflicts(), "Còn ", " ô có xung đột chưa giải quyết");
  count(state.OpenSetAside(), "Còn ", " thay đổi để riêng chưa xử lý");
  count(unsent, "Có ", " việc ghi trên máy này chưa gửi tỉnh");
}

std::string Rivals(OpenDesk& open, const std::string& place, const change::Register& what) {
  std::string text = ValueText(open, place, what.held.value);
  for (const change::Value& rival : what.rivals)
    text += " / " + ValueText(open, place, rival.value);
  return text;
}

}  // namespace

std::vector<Difference> DifferenceOf(OpenDesk& open, const change::DossierState& before,
                                     const change::DossierState& now,
                                     const std::vector<Happened>& history, std::int64_t steps,
                                     const std::string& officer) {
  std::vector<Difference> all;
  for (const auto& [key, place] : now.registers) {
    const auto earlier = before.registers.find(key);
    const std::string old =
        earlier == before.registers.end() ? "(trống)" : Rivals(open, key, earlier->second);
    const std::string fresh = Rivals(open, key, place);
    // Of a conflict that is new, the rival is what came; the held value was there before.
    const change::Value& last = place.rivals.empty() ? place.held : place.rivals.back();
    if (old == fresh || last.author == officer) continue;
    all.push_back({LabelOf(open, now, key), old, fresh, PersonText(open, last.author),
                   LocalText(last.at_ms)});
  }
  for (const change::Note& note : now.notes) {
    const bool known =
        std::any_of(before.notes.begin(), before.notes.end(), [&](const change::Note& n) {
          return n.author == note.author && n.at_ms == note.at_ms && n.text == note.text;
        });
    if (!known && note.author != officer)
      all.push_back(
          {"Ghi chú", "", note.text, PersonText(open, note.author), LocalText(note.at_ms)});
  }
  const auto moves = StepsOf(history);
  for (std::size_t i = static_cast<std::size_t>(std::max<std::int64_t>(steps, 0)); i < moves.size();
       ++i) {
    const change::Change& move = moves[i]->change;
    if (move.author != officer)
      all.push_back({"Bước xử lý", "", ActText(open, now, move.body), PersonText(open, move.author),
                     LocalText(move.times.desk_ms)});
  }
  return all;
}

base::Result<std::optional<ApprovalView>> ApprovalFlow::View(const std::string& dossier) {
  HOSO_TRY_ASSIGN(const store::StoredDossier stored, FindDossier(open_, dossier));
  const change::DossierState& state = stored.shown;
  HOSO_TRY_ASSIGN(const change::Context context, ContextOf(open_));
  if (!WaitsFor(state.state, state.stage, context)) return std::optional<ApprovalView>();
  ApprovalView view;
  view.dossier = state.id;
  view.code = CodeText(state);
  view.applicant = state.Get("field.applicant.name");
  if (const catalog::Procedure* procedure = open_.ProcedureOf(state))
    view.procedure_name = procedure->name;
  view.due = DueOf(open_, state);
  view.due_words =
      DueInWords(open_.catalogue().WorkingCalendar(), view.due.due, state.state, open_.Now().day);
  HOSO_TRY_ASSIGN(const auto history, HistoryOf(open_, state.id));
  const auto steps = StepsOf(history);
  FillProposal(open_, state, steps, view);
  HOSO_TRY_ASSIGN(const std::int64_t unsent, open_.store().OutboxCountOf(state.id));
  FillWarnings(open_, state, unsent, view);
  view.digest = change::ContentDigest(state);
  view.shown = change::EncodeState(state);
  view.steps = static_cast<std::int64_t>(steps.size());
  for (const auto& [name, decision] : kDecisions) {
    const change::Change trial{
        {"", 1}, open_.officer(), state.id, {}, change::Decide{decision, view.digest, 0, "?"}, {}};
    view.choices.push_back({name, decision != change::Decision::kApprove,
                            change::Judge(&state, trial, context).reason});
  }
  HOSO_TRY_ASSIGN(const auto looked, open_.store().Looked(open_.officer(), state.id));
  if (!looked) return std::optional(std::move(view));
  // What a newer program remembered and this one can't read is as good as never seen.
  if (const auto before = change::DecodeState(looked->shown)) {
    view.first_look = false;
    view.looked_at = LocalText(looked->at_ms);
    view.since = DifferenceOf(open_, *before, state, history, looked->steps, open_.officer());
  }
  return std::optional(std::move(view));
}

base::Status ApprovalFlow::Looked(const ApprovalView& view) {
  return open_.store().database().Atomically([&] {
    return open_.store().SaveLooked(
        {open_.officer(), view.dossier, view.shown, view.steps, open_.tools().clock.NowMs()});
  });
}

base::Result<std::string> ApprovalFlow::Decide(const ApprovalView& view,
                                               const std::string& decision,
                                               const std::string& reason) {
  HOSO_TRY_ASSIGN(const std::string next, NextAfter(view.dossier));
  HOSO_TRY(CaseworkFlow(open_).Decide(view.dossier, decision, reason, view.digest));
  HOSO_TRY(Looked(view));
  HOSO_TRY_ASSIGN(const std::string kept, Reason(view.dossier));
  if (!kept.empty()) HOSO_TRY(KeepReason(view.dossier, ""));
  return next;
}

base::Result<std::string> ApprovalFlow::NextAfter(const std::string& dossier) {
  HOSO_TRY_ASSIGN(const change::Context context, ContextOf(open_));
  store::ListQuery query;
  query.view = store::View::kApproval;
  query.limit = kPage;
  std::string first;
  bool passed = false;
  for (;;) {
    HOSO_TRY_ASSIGN(const store::DossierList page, open_.store().List(query));
    for (const store::DossierRow& row : page.rows) {
      if (row.id == dossier) {
        passed = true;
      } else if (WaitsFor(row.state, row.stage, context)) {
        if (passed) return row.id;
        if (first.empty()) first = row.id;
      }
    }
    query.offset += static_cast<std::int64_t>(page.rows.size());
    if (page.rows.empty() || query.offset >= page.total) return first;
  }
}

base::Status ApprovalFlow::KeepReason(const std::string& dossier, const std::string& text) {
  return DraftFlow(open_).KeepOne(DraftFlow::ReasonKey(dossier), "reason", text);
}

base::Result<std::string> ApprovalFlow::Reason(const std::string& dossier) {
  return DraftFlow(open_).One(DraftFlow::ReasonKey(dossier), "reason");
}

}  // namespace hoso::flows
