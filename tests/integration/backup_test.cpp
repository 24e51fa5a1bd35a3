// A province backed up while it runs, and put back, with real programs, real TLS and real desks.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "sync/engine/enrolment.h"
#include "tests/support/backend.h"
#include "tests/support/real_desk.h"
#include "tests/support/server_process.h"
#include "tests/support/wan.h"

namespace hoso::testing {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class BackupTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    address_ = NewDatabase(GetParam(), folder_.path());
    Do({"init", "--province", "22", "--database", address_});
    Serve();
  }

  ServerRan At(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", data_, "--json"});
    return RunServer(words);
  }
  json Do(std::vector<std::string> words) {
    const ServerRan ran = At(std::move(words));
    EXPECT_EQ(ran.exit, 0) << ran.error << ran.out;
    return ran.json;
  }
  void Serve() {
    server_ = std::make_unique<ServerProcess>(data_);
    ASSERT_TRUE(server_->ready());
    for (auto& desk : desks_) desk->SetServer(server_->Url());
  }
  RealDesk& Employ(const std::string& role) {
    const std::string user =
        Do({"user", "add", "--unit", kUnit, "--role", role, "--name", "Cán bộ"})["user"];
    const std::string out = folder_ / (user + ".hsx");
    Do({"enrol-code", "--user", user, "--server", server_->Url(), "--out", out});
    desks_.push_back(std::make_unique<RealDesk>(engine::ReadEnrolmentFile(out).value()));
    return *desks_.back();
  }
  void SyncAll() {
    for (int round = 0; round < 2; ++round)
      for (auto& desk : desks_) {
        const auto report = desk->Sync();
        ASSERT_TRUE(report) << report.error().reason << " " << report.error().detail;
      }
  }
  void PutBack() {
    EXPECT_EQ(server_->End(SIGTERM), 0);
    Do({"restore", "--from", backup_, "--replace"});
    Serve();
  }
  void ExpectWhole(std::size_t changes) {
    std::set<std::string> seen;
    const ServerRan log = At({"log", "--unit", kUnit});
    std::istringstream lines(log.out);
    for (std::string line; std::getline(lines, line);)
      EXPECT_TRUE(seen.insert(json::parse(line)["change"].get<std::string>()).second) << line;
    EXPECT_EQ(seen.size(), changes);
    const json told = Do({"digest", "--unit", kUnit});
    for (auto& desk : desks_) {
      EXPECT_EQ(desk->Digest().sha256, told["sha256"]);
      EXPECT_EQ(desk->Digest().position, told["position"]);
      EXPECT_EQ(desk->Unsent(), 0);
    }
  }

  static constexpr const char* kUnit = "06994";
  TempFolder folder_;
  std::string data_ = folder_ / "province", backup_ = folder_ / "province.backup", address_;
  std::unique_ptr<ServerProcess> server_;
  std::vector<std::unique_ptr<RealDesk>> desks_;
};

INSTANTIATE_TEST_SUITE_P(Backends, BackupTest, ::testing::ValuesIn(Backends()),
                         [](const auto& test) { return test.param; });

TEST_P(BackupTest, WhatWasDoneAfterTheBackupComesBackFromTheDesks) {
  RealDesk& mc = Employ("MC");
  RealDesk& cv = Employ("CV");
  RealDesk& tp = Employ("TP");
  const std::string first = mc.Receive("Nguyễn Văn An");
  mc.Act(first, change::Step{"transfer", "", "2026-11-24T09:00"});
  SyncAll();
  Do({"backup", "--out", backup_});  // The server runs.

  const std::string second = mc.Receive("Trần Thị Bình");
  cv.Act(first, change::Step{"propose", "", "2026-11-24T10:00"});
  SyncAll();
  tp.Act(first, change::Decide{change::Decision::kApprove, change::ContentDigest(tp.Shown(first)),
                               tp.Digest().position, ""});
  SyncAll();
  const std::string code = mc.Shown(second).code;
  ASSERT_EQ(cv.Shown(first).stage, "reviewed");
  cv.Note(first, "chưa gửi");

  // From one backup twice, whoever comes first.
  for (int again = 0; again < 2; ++again) {
    PutBack();
    std::rotate(desks_.begin(), desks_.begin() + 1, desks_.end());
    SyncAll();
    ExpectWhole(6);
    for (auto& desk : desks_) {
      EXPECT_EQ(desk->Shown(first).stage, "reviewed");
      EXPECT_EQ(desk->Shown(second).code, code);
      EXPECT_EQ(desk->Shown(first).notes.size(), 1u);
    }
  }
}

TEST_P(BackupTest, MuchComesBackOverALineThatBreaksAgainAndAgain) {
  constexpr int kRounds = 6, kNotes = 8, kChanges = 1 + kRounds * (1 + kNotes) + 1;
  RealDesk& mc = Employ("MC");
  RealDesk& cv = Employ("CV");
  RealDesk& other = Employ("MC");
  const std::string id = mc.Receive("Nguyễn Văn An");
  SyncAll();
  Do({"backup", "--out", backup_});
  for (int round = 0; round < kRounds; ++round) {
    mc.NoteMuch(mc.Receive("Trần Thị Bình"), kNotes, 50'000);
    ASSERT_TRUE(mc.Sync());
  }
  ASSERT_TRUE(cv.Sync());
  PutBack();
  other.Note(id, "nhanh hơn");  // Nothing can go back to its old place any more.
  ASSERT_TRUE(other.Sync());

  Wan wan(11);
  wan.SetServer(server_->port());
  Wan::Weather weather;
  weather.cut_after = 700'000;  // Half of what is to go up, and then of what is to come down.
  wan.SetWeather(weather);
  for (RealDesk* desk : {&mc, &cv}) {
    desk->SetServer("https://127.0.0.1:" + std::to_string(wan.port()));
    int tries = 1;
    while (tries < 20 && !desk->Sync()) ++tries;
    EXPECT_GT(tries, 1);
    EXPECT_LT(tries, 20);
  }
  SyncAll();
  ExpectWhole(kChanges);
}

TEST_P(BackupTest, WhoWasEnrolledSinceIsKnownAgain) {
  RealDesk& mc = Employ("MC");
  RealDesk& cv = Employ("CV");
  const std::string id = mc.Receive("Nguyễn Văn An");
  mc.Act(id, change::Step{"transfer", "", "2026-11-24T09:00"});
  SyncAll();
  Do({"backup", "--out", backup_});
  RealDesk& tp = Employ("TP");  // Neither the officer nor the desk is in it.
  cv.Act(id, change::Step{"propose", "", "2026-11-24T10:00"});
  SyncAll();
  tp.Act(id, change::Decide{change::Decision::kApprove, change::ContentDigest(tp.Shown(id)),
                            tp.Digest().position, ""});
  SyncAll();
  tp.Note(id, "chưa gửi");
  PutBack();
  std::rotate(desks_.begin(), desks_.begin() + 1, desks_.end());
  SyncAll();
  ExpectWhole(5);
  EXPECT_EQ(mc.Shown(id).stage, "reviewed");
  EXPECT_EQ(mc.Shown(id).notes.size(), 1u);
  EXPECT_TRUE(mc.Shown(id).set_aside.empty());
}

TEST_P(BackupTest, ADeskThatRenewedItsCertificateSinceIsKnownAgain) {
  RealDesk& mc = Employ("MC");
  RealDesk& cv = Employ("CV");
  SyncAll();
  cv.Renew();  // Never used: the backup names both.
  Do({"backup", "--out", backup_});
  mc.Renew();
  mc.Receive("Nguyễn Văn An");
  SyncAll();
  PutBack();
  SyncAll();
  ExpectWhole(1);
  Do({"device", "revoke", mc.replica()});
  EXPECT_EQ(mc.Sync().error().reason, "device.revoked");
}

TEST_P(BackupTest, ItIsItsOwnersOnlyAndMovesToAnotherMachine) {
  RealDesk& mc = Employ("MC");
  mc.Receive("Nguyễn Văn An");
  SyncAll();
  Do({"backup", "--out", backup_});
  EXPECT_EQ(fs::status(backup_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  const json before = Do({"digest", "--unit", kUnit});
  const json users = Do({"user", "list"}), devices = Do({"device", "list"});

  // The old machine is gone; the new one has the other kind of database.
  EXPECT_EQ(server_->End(SIGKILL), -SIGKILL);
  data_ = folder_ / "another";
  const std::string other = GetParam() == kSqlite ? NewDatabase(kPostgres, "") : "sqlite";
  Do({"restore", "--from", backup_, "--database", other});
  EXPECT_EQ(Do({"digest", "--unit", kUnit}), before);
  EXPECT_EQ(Do({"user", "list"}), users);
  EXPECT_EQ(Do({"device", "list"}), devices);
  Serve();
  SyncAll();
  ExpectWhole(1);
}

TEST_P(BackupTest, WhatIsThereIsReplacedOnlyWhenToldAndThenKept) {
  Do({"backup", "--out", backup_});
  EXPECT_EQ(At({"restore", "--from", backup_, "--replace"}).json["error"], "folder.in_use");
  EXPECT_EQ(server_->End(SIGTERM), 0);
  const ServerRan refused = At({"restore", "--from", backup_});
  EXPECT_EQ(refused.json["error"], "restore.folder_used");
  const json told = Do({"restore", "--from", backup_, "--replace"});
  EXPECT_NE(told["todo"].get<std::string>().find("thu hồi"), std::string::npos);
  EXPECT_TRUE(fs::exists(told["aside"].get<std::string>() + "/ca.key"));
  EXPECT_EQ(told.contains("schema"), GetParam() == kPostgres);
  data_ = folder_ / "third";
  if (GetParam() == kPostgres) {
    EXPECT_EQ(At({"restore", "--from", backup_}).json["error"], "restore.database_used");
  }
}

TEST_P(BackupTest, ADamagedFileIsRefusedBeforeAnythingIsWritten) {
  Do({"backup", "--out", backup_});
  const base::Bytes whole = *base::ReadFile(backup_, 64u << 20);
  data_ = folder_ / "another";
  const auto refusal = [&](const base::Bytes& octets) {
    EXPECT_TRUE(base::WriteFile(backup_, octets, true));
    const ServerRan ran = At({"restore", "--from", backup_, "--database", "sqlite"});
    EXPECT_EQ(ran.exit, 6) << ran.out;
    EXPECT_FALSE(fs::exists(data_));
    return ran.json.value("error", "");
  };
  EXPECT_EQ(refusal("không phải bản sao lưu, mà là một bức thư"), "backup.other_file");
  EXPECT_EQ(refusal(""), "backup.other_file");
  for (const std::size_t part : {1u, 2u, 5u, 9u})
    EXPECT_EQ(refusal(whole.substr(0, whole.size() * part / 10)), "backup.truncated");
  EXPECT_EQ(refusal(whole.substr(0, whole.size() - 1)), "backup.truncated");
  EXPECT_EQ(refusal(whole + "x"), "backup.malformed");
  base::Bytes altered = whole;
  altered[whole.size() / 2] = static_cast<char>(altered[whole.size() / 2] ^ 1);
  EXPECT_EQ(refusal(altered), "backup.checksum");
  base::Bytes newer = whole;
  newer[23] = '2';
  EXPECT_TRUE(base::WriteFile(backup_, newer, true));
  EXPECT_EQ(At({"restore", "--from", backup_}).json["error"], "backup.newer");
}

}  // namespace
}  // namespace hoso::testing
