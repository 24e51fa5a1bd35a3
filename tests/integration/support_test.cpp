// What a desk writes down of what happens, and what goes to supporters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "client/events/event_log.h"
#include "client/flows/support_pack.h"
#include "client/flows/tell.h"
#include "common/base/disk.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

using ::testing::ElementsAre;

constexpr std::size_t kMostRead = 1u << 24;
constexpr std::int64_t kHourMs = 3600 * 1000;
constexpr const char* kLogLine = "nhat-ky/hosoxa-20261123-001.log";

class SupportTest : public ::testing::Test {
 protected:
  SupportTest() {
    office.keeper.machine.values[config::Key::kLogLevel] = "debug";
    office.events = std::make_shared<events::EventLog>(office.clock(), "hosoxa-cli/0.1.0", nullptr);
  }
  /// Of each line: its number and what stands after the program's name.
  std::vector<std::string> Events(const std::string& desk) {
    const flows::DeskFolder folder(office.Folder(desk));
    std::vector<std::string> lines;
    for (const events::LogFile& file : events::LogFiles(folder.Logs())) {
      std::istringstream text(*base::ReadFile(base::In(folder.Logs(), file.name), kMostRead));
      for (std::string at, id, level, program, rest; text >> at >> id >> level >> program;) {
        std::getline(text, rest);
        lines.push_back(id + rest);
      }
    }
    return lines;
  }
  void Forget(const std::string& desk) {
    std::filesystem::remove_all(base::PathOf(flows::DeskFolder(office.Folder(desk)).Logs()));
  }

  testing::Office office;
};

TEST_F(SupportTest, AnExchangeIsToldWhenItsFortuneTurns) {
  office.Enrol("mc", "MC");
  EXPECT_THAT(Events("mc"), ElementsAre("120 enrol.done"));
  Forget("mc");
  office.online = false;
  for (int i = 0; i < 3; ++i) office.At("mc", {"sync"});
  office.online = true;
  office.Do("mc", {"sync"});
  office.Do("mc", {"sync"});
  EXPECT_THAT(
      Events("mc"),
      ElementsAre("200 exchange.failed net.refused", "202 exchange.still_failing net.refused",
                  "202 exchange.still_failing net.refused", "201 exchange.recovered",
                  "203 exchange.done sent=0 received=0", "203 exchange.done sent=0 received=0"));
  Forget("mc");
  office.refuses = "device.revoked";
  office.At("mc", {"sync"});
  EXPECT_THAT(Events("mc"),
              ElementsAre("130 device.revoked device.revoked", "400 act.refused device.revoked"));
}

TEST_F(SupportTest, ARenewalIsToldUnlessTheLineIsCut) {
  office.Enrol("mc", "MC");
  Forget("mc");
  office.clock().Advance(61 * 24 * kHourMs);
  office.online = false;
  office.At("mc", {"sync"});
  office.online = true;
  office.refuses = "device.revoked";
  office.At("mc", {"sync"});
  office.refuses.clear();
  office.Do("mc", {"sync"});
  EXPECT_THAT(Events("mc"),
              ElementsAre("200 exchange.failed net.refused",
                          "231 certificate.renewal_failed device.revoked",
                          "130 device.revoked device.revoked", "400 act.refused device.revoked",
                          "230 certificate.renewed", "201 exchange.recovered",
                          "203 exchange.done sent=0 received=0"));
}

TEST_F(SupportTest, WhatWaitsForAnOfficerAfterAnExchangeIsCounted) {
  office.Enrol("one", "MC");
  office.Enrol("two", "MC");
  const std::string id = office.Receive("one");
  office.SyncAll({"one", "two"});
  for (const std::string desk : {"one", "two"}) {
    office.Do(desk, {"dossier", "set", id, "summary=" + desk});
    office.Do(desk, {"dossier", "step", id, "transfer"});
  }
  office.Do("one", {"sync"});
  Forget("two");
  const flows::DeskFolder two(office.Folder("two"));
  std::filesystem::copy(base::PathOf(two.path()), base::PathOf(office.Folder("copy")),
                        std::filesystem::copy_options::recursive);
  office.Do("two", {"sync"});
  EXPECT_THAT(Events("two"),
              ElementsAre("203 exchange.done sent=2 received=4", "210 exchange.set_aside count=1",
                          "211 exchange.conflicts count=1"));
  for (const std::string desk : {"two", "copy"}) {
    office.Do(desk, {"dossier", "note", id, desk});
    office.Do(desk, {"sync"});
  }
  EXPECT_THAT(Events("copy"), ::testing::Contains("220 desk.copy_renamed"));
}

TEST_F(SupportTest, WhatTheDiskRefusesIsTold) {
  office.Enrol("mc", "MC");
  Forget("mc");
  const flows::DeskFolder folder(office.Folder("mc"));
  std::filesystem::remove_all(base::PathOf(folder.Backups()));
  ASSERT_TRUE(base::WriteFile(folder.Backups(), "a file where the folder should be"));
  office.Do("mc", {"status"});
  office.At("mc", {"support", "--out", office.Folder("none/support.zip")});
  EXPECT_THAT(Events("mc"),
              ElementsAre("312 backup.failed folder.create", "302 disk.failed file.write"));
}

TEST_F(SupportTest, WrongPinsAreCounted) {
  office.Enrol("mc", "MC");
  Forget("mc");
  for (int i = 0; i < 3; ++i, office.clock().Advance(kHourMs))
    office.At("mc", {"status"}, "000000");
  EXPECT_THAT(Events("mc"), ElementsAre("110 unlock.failed tries=1", "110 unlock.failed tries=2",
                                        "111 unlock.failed_often tries=3"));
}

TEST_F(SupportTest, DamageAndItsCureAreTold) {
  office.Enrol("mc", "MC");
  office.Do("mc", {"status"});  // Makes the day's copy.
  Forget("mc");
  const flows::DeskFolder folder(office.Folder("mc"));
  ASSERT_TRUE(base::WriteFile(folder.Database(), std::string(8192, 'x')));
  EXPECT_EQ(office.At("mc", {"status"}).exit, 6);
  office.At("mc", {"backup", "restore", "--name", "desk-20200101.db"});
  office.Do("mc", {"backup", "restore"});
  const auto told = Events("mc");
  ASSERT_EQ(told.size(), 4u) << ::testing::PrintToString(told);
  EXPECT_THAT(told[0], ::testing::StartsWith("300 data.damaged store."));
  EXPECT_THAT((std::vector(told.begin() + 1, told.end())),
              ElementsAre("311 backup.restore_failed backup.missing",
                          "400 act.refused backup.missing", "310 backup.restored"));
}

TEST_F(SupportTest, WithoutADeskNothingIsMade) {
  EXPECT_NE(office.At("none", {"status"}).exit, 0);
  EXPECT_FALSE(std::filesystem::exists(base::PathOf(office.Folder("none"))));
}

/// A desk where everything that could betray a person has happened.
class SupportSecretsTest : public SupportTest {
 protected:
  SupportSecretsTest() {
    user = office.Hire("MC", "Trần Thị Bình");
    office.Do("mc", {"enrol", "--code-file", office.CodeFor(user)});
    office.Do("mc", {"sync"});
    const auto made = office.Do(
        "mc", {"dossier", "new", "--procedure", "1.013225", "--received", "2026-11-23T08:30",
               "--set", "applicant.name=Đặng Thị Ánh Tuyết", "--set",
               "applicant.id_number=022099001234", "--set", "applicant.phone=0912345678"});
    const std::string id = made["id"];
    const std::string code = office.Do("mc", {"dossier", "show", id})["provisional_code"];
    secrets = {"Tuyết", "022099001234", "0912345678",        "Bình",      user,           id,
               code,    "1.013225",     office.Folder("mc"), "127.0.0.1", "nguyen.van_an"};
    office.At("mc", {"dossier", "show", "Đặng Thị Ánh Tuyết"});
    office.At("mc", {"dossier", "step", id, "Tuyết"});
    office.At("mc", {"status", "--officer", "Bình"});
    office.At("mc", {"backup", "restore", "--name", "Tuyết"});
    // A province that lies may say anything.
    office.refuses = "nguyen.van_an";
    office.At("mc", {"sync"});
  }
  void ExpectNoSecret(const std::string& text) const {
    for (const std::string& secret : secrets)
      EXPECT_EQ(text.find(secret), std::string::npos) << secret << "\n" << text;
  }

  std::string user;
  std::vector<std::string> secrets;
};

TEST_F(SupportSecretsTest, NoneIsInTheInformationTheSettingsOrThePackage) {
  const flows::DeskFolder folder(office.Folder("mc"));
  config::Layer& theirs = office.keeper.user_policy;
  theirs.values = {{config::Key::kProxyUser, "nguyen.van_an"}, {config::Key::kLogDays, "Tuyết"}};
  theirs.ignored = {{config::Source::kUserPolicy, "Tuyết", "Bình", "config.unknown"}};
  const flows::Tools tools = office.Tools();
  const auto open = flows::OpenDesk::Unlock(folder, user, office.kPin, tools);
  ASSERT_TRUE(open);
  flows::RecentErrors errors;
  errors.Add(base::Fail(base::ErrorKind::kNotFound, "dossier.unknown", "Đặng Thị Ánh Tuyết"), 0);
  errors.Add(base::Fail(base::ErrorKind::kRefused, "nguyen.van_an"), 0);
  for (std::size_t i = 0; i + 1 < flows::RecentErrors::kKept; ++i)
    errors.Add(base::Fail(base::ErrorKind::kBusy, "sync.running"), 0);
  EXPECT_EQ(errors.lines().size(), flows::RecentErrors::kKept);

  const auto entries = flows::SupportEntries({folder, tools, open->get(), errors, "Debian 12"});
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[1].name, "cai-dat.txt");
  for (const char* wanted : {"log.level: debug (machine)\n", "proxy.user: có ghi (user_policy)\n",
                             "log.days: 14 (default)\n", "server.address: trống (default)\n",
                             "Giá trị bị bỏ qua: 2\n", "user_policy config.number"})
    EXPECT_NE(entries[1].text.find(wanted), std::string::npos) << wanted << "\n" << entries[1].text;
  EXPECT_EQ(entries[2].name, kLogLine);
  EXPECT_GT(entries[2].text.size(), 0u);
  for (const char* wanted : {"HoSoXa 0.1.0", "Hồ sơ: 1\n", "Việc chờ gửi: 1\n", "Giao thức: 1\n",
                             "sync.running", "other", "Debian 12", "Cán bộ ghi danh ở máy: 1\n"})
    EXPECT_NE(entries[0].text.find(wanted), std::string::npos) << wanted << "\n" << entries[0].text;
  const std::string path = office.Folder("support.zip");
  ASSERT_TRUE(flows::SaveSupport(path, entries, {folder, tools, open->get(), errors}));
  const base::Bytes zip = *base::ReadFile(path, kMostRead);
  for (const auto& entry : entries) EXPECT_NE(zip.find(entry.text), std::string::npos);
  ExpectNoSecret(zip);
  flows::TellStart(tools, folder);
  EXPECT_THAT(Events("mc"), ::testing::Contains("140 settings.ignored count=2"));
  EXPECT_THAT(Events("mc"), ::testing::Contains("200 exchange.failed other"));
  EXPECT_THAT(Events("mc"), ::testing::Contains("320 support.saved"));
}

TEST_F(SupportSecretsTest, TheTerminalTellsWhatGoesAlongBeforeAnythingIsSaved) {
  const auto names = [](const nlohmann::json& shown) {
    std::vector<std::string> all;
    for (const auto& entry : shown["entries"]) all.push_back(entry["name"]);
    return all;
  };
  EXPECT_THAT(names(office.Do("mc", {"support"})),
              ElementsAre("ho-tro.txt", "cai-dat.txt", kLogLine));
  const std::string path = office.Folder("support.zip");
  EXPECT_FALSE(std::filesystem::exists(base::PathOf(path)));
  const auto saved = office.Do("mc", {"support", "--out", path, "--without", kLogLine});
  EXPECT_THAT(names(saved), ElementsAre("ho-tro.txt", "cai-dat.txt"));
  const base::Bytes zip = *base::ReadFile(path, kMostRead);
  EXPECT_EQ(zip.find("hosoxa-2026"), std::string::npos);
  ExpectNoSecret(zip);
  const auto wrong = office.At("mc", {"support", "--out", path, "--without", "x"});
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_EQ(wrong.json["error"], "support.entry");
}

TEST_F(SupportTest, ADeskThatCannotBeOpenedCanStillBeHelped) {
  office.Enrol("mc", "MC");
  const flows::DeskFolder folder(office.Folder("mc"));
  ASSERT_TRUE(base::WriteFile(folder.Database(), std::string(8192, 'x')));
  const std::string path = office.Folder("support.zip");
  office.Do("mc", {"support", "--out", path});
  const base::Bytes zip = *base::ReadFile(path, kMostRead);
  EXPECT_NE(zip.find("Cỡ dữ liệu (byte): 8192\n"), std::string::npos);
  EXPECT_NE(zip.find("300 error hosoxa-cli/0.1.0 data.damaged store."), std::string::npos);
  const auto without_pin = office.Run({"--data", office.Folder("mc"), "--json", "support"});
  EXPECT_EQ(without_pin.exit, 0) << without_pin.error;
}

#ifndef _WIN32
TEST_F(SupportTest, ThePackageIsAZipFileToOthers) {
  office.Enrol("mc", "MC");
  const std::string path = office.Folder("support.zip"), into = office.Folder("into");
  office.Do("mc", {"support", "--out", path});
  const std::string python = "python3 -m zipfile ";
  ASSERT_EQ(std::system((python + "-t '" + path + "' > /dev/null").c_str()), 0);
  ASSERT_EQ(std::system((python + "-e '" + path + "' '" + into + "'").c_str()), 0);
  EXPECT_EQ(*base::ReadFile(base::In(into, kLogLine), kMostRead),
            "2026-11-23T01:30:00Z 120 info hosoxa-cli/0.1.0 enrol.done\n");
}
#endif

}  // namespace
}  // namespace hoso
