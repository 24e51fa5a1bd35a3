// Who says a setting, whose word counts, and what becomes of a word that is no good.
#include "client/config/config.h"

#include <gmock/gmock.h>

#include <fstream>

#include "client/config/lines.h"
#include "client/config/machine.h"
#include "common/base/disk.h"
#include "tests/support/fakes.h"

namespace hoso::config {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;

auto Skipped(Source source, const char* name, const char* why) {
  return AllOf(Field(&Ignored::source, source), Field(&Ignored::name, name),
               Field(&Ignored::why, why));
}

Layers Say(Key key, const std::vector<std::string>& strongest_first) {
  Layers layers;
  Layer* each[] = {&layers.machine_policy, &layers.user_policy, &layers.machine, &layers.user};
  for (std::size_t i = 0; i < strongest_first.size(); ++i)
    each[i]->values[key] = strongest_first[i];
  return layers;
}

TEST(Config, WithoutAnyWordIsTheDefaults) {
  const Config config;
  EXPECT_EQ(config.Text(Key::kUiLanguage), "vi");
  EXPECT_EQ(config.Number(Key::kUiTextPercent), 100);
  EXPECT_EQ(config.Number(Key::kSecurityLockMinutes), 5);
  EXPECT_EQ(config.Number(Key::kBackupDailyKept), 7);
  EXPECT_EQ(config.Text(Key::kProxyMode), "system");
  EXPECT_FALSE(config.Flag(Key::kProgramAutostart));
  EXPECT_THAT(config.ignored(), ElementsAre());
  for (const Entry& entry : Schema()) {
    EXPECT_EQ(config.Of(entry.key).source, Source::kDefault) << entry.name;
    EXPECT_FALSE(config.Of(entry.key).locked) << entry.name;
    EXPECT_EQ(&EntryOf(entry.key), &entry);
    EXPECT_EQ(FindByName(entry.name), &entry);
    EXPECT_EQ(FindByRegistry(entry.registry), &entry);
    EXPECT_EQ(FindByIni(entry.ini), &entry);
    if (*entry.start != '\0') {
      EXPECT_EQ(WhyNot(entry, entry.start), "") << entry.name;
    }
  }
}

TEST(Config, TheStrongestWordCountsAndTheOthersAreNamed) {
  const Key key = Key::kSecurityLockMinutes;
  std::vector<std::string> said = {"1", "2", "3", "4"};
  const Source order[] = {Source::kMachinePolicy, Source::kUserPolicy, Source::kMachine,
                          Source::kUser};
  for (std::size_t i = 0; i < said.size(); ++i) {
    const Config config(Say(key, said));
    EXPECT_EQ(config.Text(key), said[i]);
    EXPECT_EQ(config.Of(key).source, order[i]);
    EXPECT_EQ(config.Of(key).locked, order[i] != Source::kUser);
    ASSERT_EQ(config.ignored().size(), 3 - i);
    for (std::size_t k = i + 1; k < said.size(); ++k)
      EXPECT_THAT(config.ignored()[k - i - 1],
                  Skipped(order[k], "security.lock_minutes", "config.overruled"));
    said[i] = "";  // As if it were not there.
  }
  EXPECT_THAT(Config(Say(key, {"7", "", "", "7"})).ignored(), ElementsAre());
}

TEST(Config, AWordThatIsNoGoodIsSkippedAndTheNextOneCounts) {
  const Key key = Key::kSecurityLockMinutes;
  const Config config(Say(key, {"0", "61", "five", "9"}));
  EXPECT_EQ(config.Number(key), 9);
  EXPECT_FALSE(config.Of(key).locked);
  EXPECT_THAT(config.ignored(),
              ElementsAre(Skipped(Source::kMachinePolicy, "security.lock_minutes", "config.range"),
                          Skipped(Source::kUserPolicy, "security.lock_minutes", "config.range"),
                          Skipped(Source::kMachine, "security.lock_minutes", "config.number")));
}

TEST(Config, ASettingOfThePcIsNotTheUsersAndOneOfTheInstallersNotAPolicy) {
  const Config config(Say(Key::kServerUnit, {"", "06994", "", "06995"}));
  EXPECT_EQ(config.Text(Key::kServerUnit), "");
  EXPECT_THAT(config.ignored(),
              ElementsAre(Skipped(Source::kUserPolicy, "server.unit", "config.scope"),
                          Skipped(Source::kUser, "server.unit", "config.scope")));
  const Config installed(Say(Key::kProgramAutostart, {"0", "", "1"}));
  EXPECT_TRUE(installed.Flag(Key::kProgramAutostart));
  EXPECT_THAT(installed.ignored(), ElementsAre(Skipped(Source::kMachinePolicy, "program.autostart",
                                                       "config.not_by_policy")));
}

TEST(Config, ValuesAreWhatTheirEntriesSay) {
  const auto why = [](Key key, std::string_view value) { return WhyNot(EntryOf(key), value); };
  for (const char* good : {"https://tinh.example", "https://10.0.0.1:8443/", "https://[fd00::1]:1"})
    EXPECT_EQ(why(Key::kServerAddress, good), "") << good;
  for (const char* bad :
       {"http://tinh.example", "https://", "https://:1", "https://a:0", "https://a:65536",
        "https://a/b", "https://a b", "https://u@a", "tinh.example", "https://a:", "https://[]"})
    EXPECT_EQ(why(Key::kServerAddress, bad), "config.form") << bad;
  EXPECT_EQ(why(Key::kProxyPacUrl, "http://wpad/proxy.pac"), "");
  EXPECT_EQ(why(Key::kProxyPacUrl, "file:///etc/passwd"), "config.form");
  EXPECT_EQ(why(Key::kProxyAddress, "proxy.local:3128"), "");
  EXPECT_EQ(why(Key::kProxyAddress, "proxy.local"), "config.form");
  EXPECT_EQ(why(Key::kServerUnit, "6994"), "config.form");
  EXPECT_EQ(why(Key::kServerUnit, "0699a"), "config.form");
  EXPECT_EQ(why(Key::kServerCaFile, "ca.pem"), "config.form");
  EXPECT_EQ(why(Key::kUiLanguage, "fr"), "config.choice");
  EXPECT_EQ(why(Key::kUiTextPercent, "110"), "config.choice");
  EXPECT_EQ(why(Key::kLogDays, "90"), "");
  EXPECT_EQ(why(Key::kLogDays, "91"), "config.range");
  EXPECT_EQ(why(Key::kLogDays, "-1"), "config.number");
  EXPECT_EQ(why(Key::kLogDays, "99999999999999999999"), "config.number");
  EXPECT_EQ(why(Key::kProgramAutostart, "yes"), "config.flag");
  EXPECT_EQ(why(Key::kProxyUser, "a\nb"), "config.encoding");
  EXPECT_EQ(why(Key::kProxyUser, "\xc3"), "config.encoding");
  EXPECT_EQ(why(Key::kProxyUser, std::string(kMaxValue + 1, 'x')), "config.too_long");
}

TEST(ConfigLines, SayNameAndValueAndWhatIsNotUnderstood) {
  const Layer layer =
      ReadLines("# remark\r\n\n ui.language = en \r\nui.Language=vi\nlog.days\nlog.days=3\nx\xc3=1",
                Source::kMachine);
  EXPECT_THAT(layer.values, ElementsAre(std::pair(Key::kUiLanguage, std::string("en")),
                                        std::pair(Key::kLogDays, std::string("3"))));
  EXPECT_THAT(layer.ignored, ElementsAre(Skipped(Source::kMachine, "ui.Language", "config.unknown"),
                                         Skipped(Source::kMachine, "?", "config.unknown")));
}

TEST(ConfigLines, AreNotReadWithoutEnd) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "no.such=1\n";
  const Layer layer = ReadLines(text, Source::kMachinePolicy);
  ASSERT_EQ(layer.ignored.size(), kMaxValues + 1);
  EXPECT_EQ(layer.ignored.back().why, "config.too_many");
  EXPECT_EQ(Beginning(std::string(119, 'x') + "ệ"), std::string(119, 'x') + "…");
  EXPECT_EQ(Beginning("a\nb"), "a b");
}

#ifndef _WIN32
TEST(ConfigMachine, IsReadFromTheFolderOfTheSystem) {
  const testing::TempFolder temp;
  const auto write = [&](const char* name, const std::string& text) {
    std::ofstream(base::PathOf(temp / name), std::ios::binary) << text;
  };
  EXPECT_THAT(Config(ReadMachine(temp / "none")).ignored(), ElementsAre());
  write("policy.conf", "log.level=debug\n");
  write("machine.conf", "server.unit=06994\nlog.level=error\n");
  const Config config(ReadMachine(temp / ""));
  EXPECT_EQ(config.Text(Key::kLogLevel), "debug");
  EXPECT_EQ(config.Text(Key::kServerUnit), "06994");
  EXPECT_THAT(config.ignored(),
              ElementsAre(Skipped(Source::kMachine, "log.level", "config.overruled")));

  write("policy.conf", std::string(kMaxFile + 1, '#'));
  const Config other(ReadMachine(temp / ""));
  EXPECT_EQ(other.Text(Key::kLogLevel), "error");
  ASSERT_EQ(other.ignored().size(), 1u);
  EXPECT_EQ(other.ignored()[0].why, "config.too_many");
}
#endif

}  // namespace
}  // namespace hoso::config
