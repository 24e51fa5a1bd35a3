#include "client/cli/job.h"
#include "client/flows/backup_flow.h"
#include "client/flows/enrol_flow.h"
#include "client/flows/explain.h"
#include "client/flows/line_test.h"
#include "client/flows/support_pack.h"
#include "client/flows/tell.h"
#include "client/flows/undo_flow.h"
#include "common/base/program.h"

namespace hoso::cli {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kReceiptLimit = 50;

base::Result<Json> Enrol(Job& job) {
  const std::string file = job.args.Has("code-file")
                               ? job.args.Get("code-file")
                               : flows::OfferedEnrolment(job.Folder(), job.tools, base::PcName());
  if (file.empty()) return Fail(ErrorKind::kUsage, "args.missing", "--code-file");
  HOSO_TRY_ASSIGN(const std::string pin, job.Pin("pin-file"));
  HOSO_TRY_ASSIGN(const flows::Enrolled enrolled, flows::Enrol(job.Folder(), file, pin, job.tools));
  return Json{{"officer", enrolled.user},
              {"name", enrolled.name},
              {"role", enrolled.role},
              {"unit", enrolled.unit},
              {"joined", enrolled.joined}};
}

base::Result<Json> ChangePin(Job& job) {
  HOSO_TRY_ASSIGN(const std::string old_pin, job.Pin("pin-file"));
  HOSO_TRY_ASSIGN(const std::string new_pin, job.Pin("new-pin-file"));
  HOSO_TRY(flows::ChangePin(job.Folder(), job.args.Get("officer"), old_pin, new_pin, job.tools));
  return Json{{"changed", true}};
}

base::Result<Json> Status(Job& job) {
  HOSO_TRY_ASSIGN(const flows::DeskStatus status, flows::StatusOf(*job.open));
  return ToJson(status);
}

base::Result<Json> People(Job& job) {
  HOSO_TRY_ASSIGN(const auto people, job.open->desk().People());
  Json all = Json::array();
  for (const auto& person : people)
    all.push_back({{"user", person.id},
                   {"name", person.name},
                   {"role", person.role},
                   {"unit", person.unit},
                   {"active", person.active}});
  return Json{{"people", std::move(all)}};
}

base::Result<Json> Outbox(Job& job) {
  HOSO_TRY_ASSIGN(const auto waiting, flows::Outbox(*job.open));
  Json changes = Json::array();
  for (const flows::WaitingChange& change : waiting)
    changes.push_back({{"id", change.id},
                       {"dossier", change.dossier},
                       {"kind", change.kind},
                       {"at", change.at},
                       {"status", change.handed ? "sent" : "here"}});
  return Json{{"changes", std::move(changes)}};
}

base::Result<Json> Digest(Job& job) {
  HOSO_TRY_ASSIGN(const auto digest, job.open->desk().DigestNow());
  return Json{{"position", digest.position}, {"sha256", digest.sha256}};
}

base::Result<Json> Receipts(Job& job) {
  HOSO_TRY_ASSIGN(const std::int64_t limit, job.Number("limit", kReceiptLimit, 1));
  HOSO_TRY_ASSIGN(const auto receipts, flows::Receipts(*job.open, limit));
  return Json{{"receipts", ToArray(receipts)}};
}

base::Result<Json> Sync(Job& job) {
  HOSO_TRY_ASSIGN(const engine::SyncReport report, flows::Synchronise(*job.open));
  return ToJson(report);
}

base::Result<Json> SyncTest(Job& job) {
  HOSO_TRY_ASSIGN(const engine::LineFacts facts, flows::TestLine(*job.open));
  const flows::LineView view = flows::LineInWords(facts);
  static constexpr const char* kStates[] = {"ok", "failed", "not_reached"};
  Json steps = Json::array();
  for (const flows::LineStepView& step : view)
    steps.push_back({{"step", step.key},
                     {"state", kStates[static_cast<int>(step.state)]},
                     {"text", step.sentence},
                     {"todo", step.todo}});
  return Json{{"ok", !facts.failed}, {"reason", facts.reason}, {"steps", std::move(steps)}};
}

/// By standard input only: a command line is seen by everybody on the machine.
base::Result<Json> ProxyPassword(Job& job) {
  const crypto::Secret password(base::ReadUnseen());
  HOSO_TRY(job.Folder().KeepProxyPassword(password));
  return Json{{"kept", !password.empty()}};
}

base::Result<Json> BackupList(Job& job) {
  HOSO_TRY_ASSIGN(const auto backups, flows::Backups(job.Folder()));
  Json all = Json::array();
  for (const flows::BackupView& backup : backups)
    all.push_back({{"name", backup.name}, {"at", backup.at}, {"bytes", backup.bytes}});
  return Json{{"backups", std::move(all)}};
}

base::Result<Json> BackupRestore(Job& job) {
  HOSO_TRY_ASSIGN(const std::string pin, job.Pin("pin-file"));
  HOSO_TRY_ASSIGN(const std::string kept, flows::Restore(job.Folder(), job.args.Get("officer"), pin,
                                                         job.args.Get("name"), job.tools));
  return Json{{"restored", true}, {"replaced_kept_as", kept}};
}

base::Result<Json> ConflictList(Job& job) {
  HOSO_TRY_ASSIGN(const auto conflicts, flows::AttentionFlow(*job.open).Conflicts(job.Word(0)));
  return Json{{"conflicts", ToArray(conflicts)}};
}

std::optional<std::string> Given(const Args& args, const char* option) {
  return args.Has(option) ? std::optional(args.Get(option)) : std::nullopt;
}

base::Result<Json> ConflictResolve(Job& job) {
  HOSO_TRY(flows::AttentionFlow(*job.open).Resolve(job.Word(0), Given(job.args, "keep"),
                                                   Given(job.args, "value")));
  return Json{{"conflict", job.Word(0)}, {"resolved", true}};
}

base::Result<Json> SetAsideList(Job& job) {
  flows::AttentionFlow attention(*job.open);
  HOSO_TRY_ASSIGN(const auto all, attention.SetAside());
  HOSO_TRY_ASSIGN(const auto lines, attention.UnreadableLines());
  Json unreadable = Json::array();
  for (const auto& line : lines)
    unreadable.push_back({{"position", line.position},
                          {"at", OrNull(line.at)},
                          {"reason", line.reason},
                          {"reason_text", flows::ReasonText(line.reason)}});
  return Json{{"changes", ToArray(all)}, {"unreadable", std::move(unreadable)}};
}

base::Result<Json> SetAsideSettle(Job& job) {
  const std::string word = job.Word(1);
  if (word != "adopt" && word != "dismiss") return Fail(ErrorKind::kUsage, "settle.word", word);
  HOSO_TRY(
      flows::AttentionFlow(*job.open).Settle(job.Word(0), word == "adopt", job.args.Get("reason")));
  return Json{{"change", job.Word(0)}, {"settled", word}};
}

base::Result<Json> Undo(Job& job) {
  flows::UndoFlow undo(*job.open);
  HOSO_TRY_ASSIGN(const auto offer, undo.Last());
  if (!offer) return Fail(ErrorKind::kNotFound, "undo.unknown_change");
  HOSO_TRY(undo.Undo(offer->change));
  return Json{{"change", offer->change},
              {"dossier", offer->dossier},
              {"undone", offer->words},
              {"recorded", offer->way}};
}

/// A desk that can't be opened is what help is asked for: the package then has the rest.
base::Status OpenForSupport(Job& job, flows::RecentErrors& errors) {
  if (!job.args.Has("pin-file")) return {};
  HOSO_TRY_ASSIGN(const std::string pin, job.Pin("pin-file"));
  auto open = flows::OpenDesk::Unlock(job.Folder(), job.args.Get("officer"), pin, job.tools);
  if (open) {
    job.open = *std::move(open);
    return {};
  }
  if (open.error().kind == ErrorKind::kWrongPin || open.error().kind == ErrorKind::kUsage)
    return open.error();
  errors.Add(open.error(), job.tools.clock.NowMs());
  return {};
}

base::Result<Json> Support(Job& job) {
  const flows::DeskFolder folder = job.Folder();
  flows::RecentErrors errors;
  HOSO_TRY(OpenForSupport(job, errors));
  const flows::SupportSource source{folder, job.tools, job.open.get(), errors};
  std::vector<flows::SupportEntry> entries = flows::SupportEntries(source);
  for (const std::string& name : job.args.All("without"))
    if (std::erase_if(entries, [&](const auto& entry) { return entry.name == name; }) == 0)
      return Fail(ErrorKind::kUsage, "support.entry", name);
  if (job.args.Has("out")) HOSO_TRY(flows::SaveSupport(job.args.Get("out"), entries, source));
  Json all = Json::array();
  for (const flows::SupportEntry& entry : entries)
    all.push_back({{"name", entry.name}, {"what", entry.what}, {"bytes", entry.text.size()}});
  Json told{{"entries", std::move(all)}};
  if (job.args.Has("out")) told["file"] = job.args.Get("out");
  return told;
}

}  // namespace

std::vector<Command> DeskCommands() {
  using enum Command::Needs;
  return {
      {{"enrol"}, 0, 0, {"code-file"}, kFolder, Enrol},
      {{"pin", "change"}, 0, 0, {"new-pin-file"}, kFolder, ChangePin},
      {{"status"}, 0, 0, {}, kDesk, Status},
      {{"people"}, 0, 0, {}, kDesk, People},
      {{"outbox"}, 0, 0, {}, kDesk, Outbox},
      {{"digest"}, 0, 0, {}, kDesk, Digest},
      {{"receipts"}, 0, 0, {"limit"}, kDesk, Receipts},
      {{"sync", "test"}, 0, 0, {}, kDesk, SyncTest},
      {{"sync"}, 0, 0, {}, kDesk, Sync},
      {{"proxy", "password"}, 0, 0, {}, kFolder, ProxyPassword},
      {{"backup", "list"}, 0, 0, {}, kFolder, BackupList},
      {{"backup", "restore"}, 0, 0, {"name"}, kFolder, BackupRestore},
      {{"conflict", "list"}, 0, 1, {}, kDesk, ConflictList},
      {{"conflict", "resolve"}, 1, 1, {"keep", "value"}, kDesk, ConflictResolve},
      {{"setaside", "list"}, 0, 0, {}, kDesk, SetAsideList},
      {{"support"}, 0, 0, {"out", "without"}, kFolder, Support},
      {{"undo"}, 0, 0, {}, kDesk, Undo},
      {{"setaside", "settle"}, 2, 2, {"reason"}, kDesk, SetAsideSettle},
  };
}

}  // namespace hoso::cli
