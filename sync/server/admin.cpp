#include "sync/server/admin.h"

#include <array>
#include <functional>
#include <utility>

#include "common/change/change.h"
#include "common/change/entry.h"
#include "common/domain/role.h"
#include "sync/server/admin_audit.h"
#include "sync/server/admin_catalogue.h"
#include "sync/server/restore.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;
using nlohmann::json;

/// What a command works with: its arguments and an open province.
struct Work {
  const Args& args;
  const Authority& authority;
  store::ProvinceStore& store;
  const base::Clock& clock;
  base::Random& random;

  std::string Word(std::size_t at) const { return args.words.at(at); }
};

base::Result<json> UserAdd(Work& work) {
  const std::string unit = work.args.Get("unit");
  HOSO_TRY_ASSIGN(const domain::Role role, domain::ParseRole(work.args.Get("role")));
  const std::string name = work.args.Get("name");
  if (name.empty() || name.size() > 200 || !base::IsUtf8(name))
    return Fail(ErrorKind::kUsage, "user.name");
  HOSO_TRY(CheckUnit(work.store, unit, work.authority.province));
  std::array<std::uint8_t, 4> octets{};
  std::string id;
  for (;;) {
    work.random.Fill(octets);
    id = "u-" + base::ToHex({reinterpret_cast<const char*>(octets.data()), octets.size()});
    HOSO_TRY_ASSIGN(const auto taken, work.store.FindUser(id));
    if (!taken) break;
  }
  const store::User user{id, name, unit, domain::ToString(role), true};
  HOSO_TRY(work.store.database().Atomically([&] { return work.store.SaveUser(user); }));
  return json{{"user", id}};
}

base::Result<json> UserList(Work& work) {
  HOSO_TRY_ASSIGN(const auto users, work.store.Users());
  json list = json::array();
  for (const store::User& user : users)
    list.push_back({{"user", user.id},
                    {"name", user.name},
                    {"unit", user.unit},
                    {"role", user.role},
                    {"active", user.active}});
  return json{{"users", std::move(list)}};
}

base::Result<json> ChangeUser(Work& work, const std::function<void(store::User&)>& change) {
  const base::Status done = work.store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(auto user, work.store.FindUser(work.Word(2)));
    if (!user) return Fail(ErrorKind::kRefused, "user.unknown", work.Word(2));
    change(*user);
    return work.store.SaveUser(*user);
  });
  HOSO_TRY(done);
  return json{{"user", work.Word(2)}};
}

base::Result<json> UserMove(Work& work) {
  const std::string unit = work.args.Get("unit");
  HOSO_TRY(CheckUnit(work.store, unit, work.authority.province));
  return ChangeUser(work, [&](store::User& user) { user.unit = unit; });
}

base::Result<json> UserDisable(Work& work) {
  return ChangeUser(work, [](store::User& user) { user.active = false; });
}

base::Result<json> EnrolCode(Work& work) {
  const std::string url = work.args.Get("server"), out = work.args.Get("out");
  if (!url.starts_with("https://")) return Fail(ErrorKind::kUsage, "net.url", url);
  Enrolments enrolments(work.store, work.authority, work.clock, work.random);
  const std::int64_t expires = work.clock.NowMs() + std::int64_t{kEnrolmentHours} * 3600 * 1000;
  HOSO_TRY_ASSIGN(const auto file, enrolments.MakeFile(work.args.Get("user"), url));
  HOSO_TRY(base::WriteFile(out, protocol::EncodeEnrolmentFile(file), true));
  return json{{"file", out}, {"expires", expires}};
}

base::Result<json> DeviceList(Work& work) {
  HOSO_TRY_ASSIGN(const auto devices, work.store.Devices());
  json list = json::array();
  for (const store::Device& device : devices) {
    HOSO_TRY_ASSIGN(const auto officers, work.store.OfficersOf(device.replica));
    json names = json::array();
    for (const store::DeviceOfficer& officer : officers)  // In order; one may have several keys.
      if (names.empty() || names.back() != officer.user) names.push_back(officer.user);
    list.push_back({{"replica", device.replica},
                    {"unit", device.unit},
                    {"officers", std::move(names)},
                    {"revoked", device.revoked},
                    {"accepted_through", device.accepted_through}});
  }
  return json{{"devices", std::move(list)}};
}

base::Result<json> DeviceRevoke(Work& work) {
  const std::string replica = work.Word(2);
  const base::Status done = work.store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(auto device, work.store.FindDevice(replica));
    if (!device) return Fail(ErrorKind::kRefused, "device.unknown", replica);
    // Under the unit's lock, so that a batch of this desk can't write its row back afterwards.
    const std::string epoch = base::MakeUuid7(work.clock.NowMs(), work.random);
    HOSO_TRY(work.store.LockUnit(device->unit, epoch));
    HOSO_TRY_ASSIGN(device, work.store.FindDevice(replica));
    if (!device) return Fail(ErrorKind::kRefused, "device.unknown", replica);
    device->revoked = true;
    return work.store.SaveDevice(*device);
  });
  HOSO_TRY(done);
  return json{{"replica", replica}, {"revoked", true}};
}

/// A unit that has a log here, also one that the catalogue has dropped since, or that may have one.
base::Status CheckLog(Work& work, const std::string& unit) {
  HOSO_TRY_ASSIGN(const auto head, work.store.Unit(unit));
  return head ? base::Status() : CheckUnit(work.store, unit, work.authority.province);
}

base::Result<json> Digest(Work& work) {
  const std::string unit = work.args.Get("unit");
  HOSO_TRY(CheckLog(work, unit));
  HOSO_TRY_ASSIGN(const auto head, work.store.Unit(unit));
  HOSO_TRY_ASSIGN(const base::Bytes digest, work.store.Digest(unit));
  return json{{"position", head ? head->position : 0}, {"sha256", base::ToHex(digest)}};
}

const char* VerdictWord(change::Outcome outcome) {
  switch (outcome) {
    case change::Outcome::kAccepted:
      return "accepted";
    case change::Outcome::kAcceptedWithConflicts:
      return "accepted_with_conflicts";
    case change::Outcome::kSetAside:
      return "set_aside";
  }
  return "";
}

base::Result<json> LogLine(const base::Bytes& octets) {
  HOSO_TRY_ASSIGN(const change::Entry entry, change::DecodeEntry(octets));
  json line = {{"position", entry.position},
               {"change", ""},
               {"dossier", ""},
               {"author", ""},
               {"kind", "malformed"},
               {"verdict", VerdictWord(entry.verdict.outcome)},
               {"reason", entry.verdict.reason}};
  if (const auto change = change::Decode(entry.change)) {
    line["change"] = change->id.ToText();
    line["dossier"] = change->dossier;
    line["author"] = change->author;
    line["kind"] = change::KindOf(*change);
  }
  return line;
}

base::Result<json> Log(Work& work) {
  HOSO_TRY(CheckLog(work, work.args.Get("unit")));
  json lines = json::array();
  std::int64_t after = 0;
  for (;;) {
    HOSO_TRY_ASSIGN(const auto rows, work.store.Entries(work.args.Get("unit"), after, 512));
    if (rows.empty()) return lines;
    for (const base::Bytes& row : rows) {
      HOSO_TRY_ASSIGN(json line, LogLine(row));
      lines.push_back(std::move(line));
    }
    after += static_cast<std::int64_t>(rows.size());
  }
}

base::Result<json> CatalogImport(Work& work) {
  HOSO_TRY_ASSIGN(std::string version, ImportCatalogue(work.store, work.Word(2)));
  return json{{"version", std::move(version)}};
}

base::Result<json> Audit(Work& work) {
  const std::string unit = work.args.Get("unit");
  if (!unit.empty()) HOSO_TRY(CheckLog(work, unit));
  return AuditVerify(work.store, work.authority, unit);
}

base::Result<json> Backup(Work& work) {
  const std::string out = work.args.Get("out");
  HOSO_TRY(WriteBackup(work.args.Get("data"), work.authority, work.store, work.clock, out));
  return json{{"file", out}};
}

struct Command {
  std::vector<std::string> verb;
  std::size_t operands;
  std::vector<std::string> needed;  // Options besides --data; nothing else is allowed, but:
  base::Result<json> (*run)(Work&);
  std::vector<std::string> may = {};
};

const std::vector<Command>& Commands() {
  static const std::vector<Command> all = {
      {{"user", "add"}, 0, {"unit", "role", "name"}, UserAdd},
      {{"user", "list"}, 0, {}, UserList},
      {{"user", "move"}, 1, {"unit"}, UserMove},
      {{"user", "disable"}, 1, {}, UserDisable},
      {{"enrol-code"}, 0, {"user", "server", "out"}, EnrolCode},
      {{"device", "list"}, 0, {}, DeviceList},
      {{"device", "revoke"}, 1, {}, DeviceRevoke},
      {{"digest"}, 0, {"unit"}, Digest},
      {{"log"}, 0, {"unit"}, Log},
      {{"catalog", "import"}, 1, {}, CatalogImport},
      {{"audit", "verify"}, 0, {}, Audit, {"unit"}},
      {{"backup"}, 0, {"out"}, Backup},
  };
  return all;
}

bool Names(const Command& command, const std::vector<std::string>& words) {
  return words.size() >= command.verb.size() &&
         std::equal(command.verb.begin(), command.verb.end(), words.begin());
}

base::Status CheckShape(const Command& command, const Args& args) {
  if (args.words.size() != command.verb.size() + command.operands)
    return Fail(ErrorKind::kUsage, "args.command");
  for (const std::string& option : command.needed)
    if (!args.options.contains(option))
      return Fail(ErrorKind::kUsage, "args.missing", "--" + option);
  if (args.Get("data").empty()) return Fail(ErrorKind::kUsage, "args.missing", "--data");
  std::size_t allowed = command.needed.size() + 1;
  for (const std::string& option : command.may) allowed += args.options.count(option);
  if (args.options.size() != allowed) return Fail(ErrorKind::kUsage, "args.not_here");
  return {};
}

base::Result<json> Init(const Args& args, const base::Clock& clock, base::Random& random) {
  if (args.words.size() != 1) return Fail(ErrorKind::kUsage, "args.command");
  for (const char* option : {"data", "province"})
    if (args.Get(option).empty())
      return Fail(ErrorKind::kUsage, "args.missing", std::string("--") + option);
  if (args.options.size() != 2 + args.options.count("database"))
    return Fail(ErrorKind::kUsage, "args.not_here");
  HOSO_TRY_ASSIGN(const Authority made, InitAuthority(args.Get("data"), args.Get("province"),
                                                      args.Get("database"), clock, random));
  // The address may hold a password: say which kind, not where.
  const bool sqlite = made.address.starts_with("sqlite:");
  return json{{"province", made.province},
              {"ca", args.Get("data") + "/ca.pem"},
              {"database", sqlite ? made.address : "postgresql"}};
}

base::Result<json> Restore(const Args& args, const base::Clock& clock, base::Random& random) {
  if (args.words.size() != 1) return Fail(ErrorKind::kUsage, "args.command");
  for (const char* option : {"data", "from"})
    if (args.Get(option).empty())
      return Fail(ErrorKind::kUsage, "args.missing", std::string("--") + option);
  if (args.options.size() != 2 + args.options.count("database") + args.options.count("replace"))
    return Fail(ErrorKind::kUsage, "args.not_here");
  HOSO_TRY_ASSIGN(const Restored restored,
                  RestoreProvince({args.Get("from"), args.Get("data"), args.Get("database"),
                                   args.options.contains("replace")},
                                  clock, random));
  json told = {
      {"province", restored.head.province},
      {"made", restored.head.made_ms},
      {"database", restored.address.starts_with("sqlite:") ? restored.address : "postgresql"}};
  if (!restored.aside.empty()) told["aside"] = restored.aside;
  if (!restored.schema.empty()) told["schema"] = restored.schema;
  // Desks bring back the rest (registrations.h); this nobody else knows.
  told["todo"] = "làm lại việc khóa, chuyển, đổi vai trò và thu hồi máy sau lúc sao lưu";
  return told;
}

}  // namespace

base::Result<json> RunCommand(const Args& args, const base::Clock& clock, base::Random& random) {
  if (!args.words.empty() && args.words[0] == "init") return Init(args, clock, random);
  if (!args.words.empty() && args.words[0] == "restore") return Restore(args, clock, random);
  for (const Command& command : Commands()) {
    if (!Names(command, args.words)) continue;
    HOSO_TRY(CheckShape(command, args));
    HOSO_TRY_ASSIGN(const Authority authority, LoadAuthority(args.Get("data")));
    HOSO_TRY_ASSIGN(store::ProvinceStore store, OpenStore(authority));
    Work work{args, authority, store, clock, random};
    return command.run(work);
  }
  return Fail(ErrorKind::kUsage, "args.command", args.words.empty() ? "" : args.words[0]);
}

}  // namespace hoso::server
