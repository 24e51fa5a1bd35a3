#include "client/cli/commands.h"

#include <algorithm>

#include "client/cli/job.h"
#include "client/flows/backup_flow.h"
#include "client/flows/tell.h"
#include "common/base/number.h"

namespace hoso::cli {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kMaxPinFile = 4096;

const std::vector<Command>& Commands() {
  static const std::vector<Command> all = [] {
    std::vector<Command> joined = DossierCommands();
    for (auto* more :
         {&DeskCommands, &LookUpCommands, &PaperCommands, &ProofCommands, &ConfigCommands})
      for (Command& command : (*more)()) joined.push_back(std::move(command));
    return joined;
  }();
  return all;
}

bool Names(const Command& command, const std::vector<std::string>& words) {
  return words.size() >= command.verb.size() &&
         std::equal(command.verb.begin(), command.verb.end(), words.begin());
}

base::Status CheckShape(const Command& command, const Args& args, const flows::Tools& tools) {
  const std::size_t more = args.words.size() - command.verb.size();
  if (more < command.least || more > command.most) return Fail(ErrorKind::kUsage, "args.command");
  for (const auto& [option, values] : args.options) {
    const bool common = option == "data" || option == "pin-file" || option == "officer";
    if (!common &&
        std::find(command.options.begin(), command.options.end(), option) == command.options.end())
      return Fail(ErrorKind::kUsage, "args.not_here", "--" + option);
  }
  const bool somewhere = args.Has("data") ? !args.Get("data").empty() : !tools.data_folder.empty();
  if (command.needs != Command::Needs::kNothing && !somewhere)
    return Fail(ErrorKind::kUsage, "args.missing", "--data");
  return {};
}

base::Status Unlock(Job& job) {
  const flows::DeskFolder folder = job.Folder();
  if (!folder.IsEnrolled()) return Fail(ErrorKind::kNotFound, "desk.not_enrolled", folder.path());
  HOSO_TRY_ASSIGN(const std::string pin, job.Pin("pin-file"));
  HOSO_TRY_ASSIGN(job.open,
                  flows::OpenDesk::Unlock(folder, job.args.Get("officer"), pin, job.tools));
  // A copy that can't be made must not keep the officer from working; `backup list` shows its age.
  (void)flows::BackUpDaily(*job.open).has_value();
  return {};
}

}  // namespace

base::Result<std::string> Job::Pin(const char* option) const {
  if (args.Get(option).empty()) return Fail(ErrorKind::kUsage, "pin.missing");
  HOSO_TRY_ASSIGN(std::string pin, base::ReadFile(args.Get(option), kMaxPinFile));
  if (pin.ends_with('\n')) pin.pop_back();
  if (pin.ends_with('\r')) pin.pop_back();
  return pin;
}

base::Result<std::int64_t> Job::Number(const char* option, std::int64_t otherwise,
                                       std::int64_t low) const {
  if (!args.Has(option)) return otherwise;
  const std::string text = args.Get(option);
  const auto number = base::ToNumber(text);
  if (!number || *number < low)
    return Fail(ErrorKind::kUsage, "args.number", "--" + std::string(option) + " " + text);
  return *number;
}

base::Result<Json> RunCommand(const Args& args, const flows::Tools& tools) {
  for (const Command& command : Commands()) {
    if (!Names(command, args.words)) continue;
    HOSO_TRY(CheckShape(command, args, tools));
    Job job{args, tools, command.verb.size()};
    if (command.needs == Command::Needs::kDesk) HOSO_TRY(Unlock(job));
    auto result = command.run(job);
    if (!result && command.needs != Command::Needs::kNothing)
      flows::TellFailure(tools, job.Folder(), result.error());
    return result;
  }
  return Fail(ErrorKind::kUsage, "args.command", args.words.empty() ? "" : args.words[0]);
}

const char* UsageText() {
  return R"(Cách dùng: hosoxa-cli [--data THƯ_MỤC] --pin-file TỆP [--officer MÃ] LỆNH … [--json]
  enrol --code-file TỆP                     Ghi danh máy, hoặc thêm cán bộ vào máy này
  pin change --new-pin-file TỆP
  dossier new --procedure MÃ [--case KHÓA] [--difficult] [--received 2026-11-23T08:30]
              --set khóa=giá_trị …
  dossier set|check|note|assign|steps|step|decide|show|history HỒ_SƠ …
    set HỒ_SƠ khóa=giá_trị …                check HỒ_SƠ GIẤY_TỜ=have|copy|missing …
    note HỒ_SƠ "nội dung"                   assign HỒ_SƠ --to CÁN_BỘ
    step HỒ_SƠ BƯỚC [--reason "…"]          decide HỒ_SƠ approve|return|refuse [--reason "…"]
  dossier list [--view mine|overdue|today|soon|approval|drafts|all] [--limit N] [--offset N]
  dossier receipt HỒ_SƠ --out TỆP.pdf [--copy] [--paper A4|A5]     Giấy tiếp nhận và hẹn trả
  search "nội dung" [--limit N]
  sync test                                 Kiểm tra đường truyền tới tỉnh, từng bước
  proxy password                            Giữ mật khẩu của máy trung gian, đọc từ đầu vào chuẩn
                                            (dòng trống: bỏ mật khẩu đang giữ)
  sync        outbox        status        people        digest        receipts [--limit N]
  receipt verify [--dossier HỒ_SƠ | --all]  Soát, không cần mạng, những gì tỉnh đã ký nhận
  undo                                      Hoàn tác việc gần nhất của bạn trên máy này
  conflict list [HỒ_SƠ]                     conflict resolve XUNG_ĐỘT --keep GIÁ_TRỊ | --value "…"
  setaside list                             setaside settle THAY_ĐỔI adopt|dismiss --reason "…"
  config show [TÊN]                         config set TÊN [GIÁ_TRỊ]
  backup list                               backup restore [--name TÊN]
  support [--out TỆP.zip] [--without TÊN …] Kể những gì vào gói hỗ trợ; có --out thì lưu gói
  deadline (--procedure MÃ [--case KHÓA] [--difficult] | --limit N --unit wd|d|h|m)
           --received 2026-11-23T08:30 [--pause TỪ/ĐẾN …]          (không cần máy, không cần PIN)
  procedure list | show MÃ                  unit show MÃ
)";
}

}  // namespace hoso::cli
