// What the people at a desk chose, and when it locks itself.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "client/flows/enrol_flow.h"
#include "client/flows/idle_rule.h"
#include "client/flows/settings.h"
#include "client/flows/sync_flow.h"
#include "common/base/disk.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

using config::Key;

constexpr std::int64_t kMinuteMs = 60'000;

TEST(Settings, ComeBackAsTheyWereChosen) {
  testing::TempFolder temp;
  const flows::DeskFolder folder((temp / "desk"));
  ASSERT_TRUE(folder.Create());
  EXPECT_EQ(flows::LoadSettings(folder), flows::Settings());
  flows::Settings chosen{{{Key::kUiTextPercent, "150"}, {Key::kProxyUser, "Đặng Thị Ý"}},
                         {{"mine", "a=1;b\n2"}},
                         {{"u1", "Đặng Thị Ý"}},
                         "2026-11-23T10:41"};
  ASSERT_TRUE(flows::SaveSettings(folder, chosen));
  chosen.layouts["mine"] = "a=1;b 2";  // One line each.
  EXPECT_EQ(flows::LoadSettings(folder), chosen);
}

TEST(Settings, OfADamagedFileAreTheDefaultsLineByLine) {
  testing::TempFolder temp;
  const flows::DeskFolder folder((temp / "desk"));
  ASSERT_TRUE(folder.Create());
  const auto read = [&](const std::string& text) {
    std::ofstream(folder.Settings(), std::ios::binary) << text;
    return flows::LoadSettings(folder);
  };
  EXPECT_EQ(read(std::string("\0\xff=\n\n==\ntext_percent", 16)), flows::Settings());
  EXPECT_EQ(read("name.u=\xc3\nunknown=1"), flows::Settings());
  const config::Config bad = flows::InForce(read("text_percent=1250\nlock_minutes=61\nlanguage=en"),
                                            testing::Office().Tools());
  EXPECT_EQ(bad.Text(Key::kUiTextPercent), "100");
  EXPECT_EQ(bad.Number(Key::kSecurityLockMinutes), 5);
  EXPECT_EQ(bad.Text(Key::kUiLanguage), "en");
  EXPECT_EQ(bad.ignored().size(), 2u);
  EXPECT_EQ(read(std::string(1u << 17, 'x')), flows::Settings());
}

TEST(Settings, OfThePcsKeeperOutrankTheOfficersChoice) {
  testing::Office office;
  const std::string user = office.Hire("MC", "Trần Thị Bình");
  flows::Tools tools = office.Tools();
  tools.keeper.machine_policy.values = {{Key::kSecurityLockMinutes, "10"},
                                        {Key::kServerUnit, "99999"},
                                        {Key::kProgramAutostart, "1"}};
  tools.keeper.machine.values = {{Key::kUiLanguage, "en"}, {Key::kSecurityLockMinutes, "20"}};
  const flows::DeskFolder folder(office.Folder("mc"));

  const auto enrolled = flows::Enrol(folder, office.CodeFor(user), office.kPin, tools);
  ASSERT_FALSE(enrolled);
  EXPECT_EQ(enrolled.error().reason, "enrol.other_unit");

  ASSERT_TRUE(folder.Create());
  EXPECT_TRUE(flows::Choose(folder, tools, "log.days", "30"));
  EXPECT_TRUE(flows::Choose(folder, tools, "backup.daily_kept", "3"));
  EXPECT_TRUE(flows::Choose(folder, tools, "backup.daily_kept", ""));
  const auto refused = [&](const char* name, const char* value) {
    const auto chosen = flows::Choose(folder, tools, name, value);
    return chosen ? "" : chosen.error().reason;
  };
  EXPECT_EQ(refused("ui.language", "vi"), "config.locked");
  EXPECT_EQ(refused("server.address", "https://a:1"), "config.scope");
  EXPECT_EQ(refused("log.days", "91"), "config.range");
  EXPECT_EQ(refused("log.dayz", "9"), "config.unknown");

  const config::Config in_force = flows::InForce(folder, tools);
  const auto said = [&](Key key) {
    const config::Setting& setting = in_force.Of(key);
    return std::string(config::NameOf(setting.source)) + " " + setting.value +
           (setting.locked ? " locked" : "");
  };
  EXPECT_EQ(said(Key::kSecurityLockMinutes), "policy 10 locked");
  EXPECT_EQ(said(Key::kUiLanguage), "machine en locked");
  EXPECT_EQ(said(Key::kLogDays), "user 30");
  EXPECT_EQ(said(Key::kBackupDailyKept), "default 7");
}

TEST(Settings, LeadToAnotherAddressOfTheSameProvince) {
  testing::Office office;
  const std::string user = office.Hire("MC", "Trần Thị Bình");
  flows::Tools tools = office.Tools();
  std::string asked;
  tools.connect = [&asked, connect = tools.connect](flows::Connection connection) {
    asked = connection.url;
    return connect(std::move(connection));
  };
  const flows::DeskFolder folder(office.Folder("mc"));
  tools.keeper.machine.values = {{Key::kServerAddress, "https://moi.tinh.example:9443"}};
  ASSERT_TRUE(flows::Enrol(folder, office.CodeFor(user), office.kPin, tools));
  EXPECT_EQ(asked, "https://moi.tinh.example:9443");
  asked.clear();
  auto open = flows::OpenDesk::Unlock(folder, "", office.kPin, tools);
  ASSERT_TRUE(open);
  (void)flows::Synchronise(**open);
  EXPECT_EQ(asked, "https://moi.tinh.example:9443");
}

TEST(Settings, NameTheEnrolmentFileOfThisPc) {
  testing::TempFolder temp;
  testing::Office office;
  flows::Tools tools = office.Tools();
  const flows::DeskFolder folder(temp / "desk");
  // With its drive, where there are drives: else it is no setting.
  const std::string place =
      base::Utf8Of(std::filesystem::absolute(base::PathOf(temp.path())).lexically_normal());
  const std::string one = base::In(place, "one.hsx"), all = base::In(place, "all");
  EXPECT_EQ(flows::OfferedEnrolment(folder, tools, "MAY-03"), "");
  tools.keeper.machine.values = {{Key::kServerEnrolFile, one}};
  EXPECT_EQ(flows::OfferedEnrolment(folder, tools, "MAY-03"), one);
  std::filesystem::create_directory(base::PathOf(all));
  tools.keeper.machine.values = {{Key::kServerEnrolFile, all}};
  EXPECT_EQ(flows::OfferedEnrolment(folder, tools, "MAY-03"), base::In(all, "MAY-03.hsx"));
}

TEST(ProxyPassword, IsKeptForThisMachineOnlyAndIsNoSetting) {
  testing::TempFolder temp;
  const flows::DeskFolder folder(temp / "desk");
  EXPECT_TRUE(folder.ProxyPassword().empty());
  ASSERT_TRUE(folder.KeepProxyPassword(crypto::Secret("mật khẩu"))) << "before any enrolment";
  EXPECT_EQ(folder.ProxyPassword().view(), "mật khẩu");
  EXPECT_FALSE(std::filesystem::exists(folder.Settings()));
#ifndef _WIN32
  EXPECT_EQ(std::filesystem::status(temp / "desk/proxy.key").permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
#endif
  EXPECT_EQ(folder.KeepProxyPassword(crypto::Secret("a\r\nX: y")).error().reason, "proxy.password");
  EXPECT_EQ(folder.ProxyPassword().view(), "mật khẩu");
  ASSERT_TRUE(folder.KeepProxyPassword({}));
  ASSERT_TRUE(folder.KeepProxyPassword({}));
  EXPECT_TRUE(folder.ProxyPassword().empty());
}

class IdleRuleTest : public ::testing::Test {
 protected:
  IdleRuleTest() { rule_.Start(5 * kMinuteMs); }
  /// Asks as the window does, every few seconds.
  bool Pass(std::int64_t ms) {
    for (; ms > 0; ms -= flows::IdleRule::kAskEveryMs) {
      clock_.Advance(std::min(ms, flows::IdleRule::kAskEveryMs));
      if (rule_.IsDue()) return true;
    }
    return false;
  }
  testing::FakeClock clock_;
  flows::IdleRule rule_{clock_};
};

TEST_F(IdleRuleTest, LocksAfterTheTimeWithoutTouch) {
  EXPECT_FALSE(Pass(5 * kMinuteMs - 1));
  rule_.Touched();
  EXPECT_FALSE(Pass(5 * kMinuteMs - 1));
  EXPECT_TRUE(Pass(1));
}

TEST_F(IdleRuleTest, LocksAfterASleepEvenIfAHandWakesIt) {
  clock_.SetWall(clock_.NowMs() + flows::IdleRule::kSleptMs);  // The other clock stood still.
  rule_.Touched();
  EXPECT_TRUE(rule_.IsDue());
  rule_.Touched();
  EXPECT_TRUE(rule_.IsDue());
  rule_.Start(5 * kMinuteMs);
  EXPECT_FALSE(rule_.IsDue());
}

TEST_F(IdleRuleTest, AClockSetBackGivesNoMoreTime) {
  clock_.SetWall(clock_.NowMs() - 60 * kMinuteMs);
  EXPECT_FALSE(Pass(5 * kMinuteMs - 1));
  EXPECT_TRUE(Pass(1));
}

}  // namespace
}  // namespace hoso
