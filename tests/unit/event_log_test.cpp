#include "client/events/event_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "common/base/bytes.h"
#include "common/base/disk.h"
#include "tests/support/fakes.h"

namespace hoso::events {
namespace {

using ::testing::ElementsAre;

constexpr std::int64_t kDayMs = 24 * 3600 * 1000;
constexpr std::size_t kMostRead = 1u << 24;

class Recorder : public SystemLog {
 public:
  void Write(const Event& event) const override { written.push_back(ToText(event)); }
  mutable std::vector<std::string> written;
};

class EventLogTest : public ::testing::Test {
 protected:
  EventLog Log() { return EventLog(clock, "hosoxa/0.1.0", system); }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const LogFile& file : LogFiles(folder)) names.push_back(file.name);
    return names;
  }
  std::string Read(const std::string& name) const {
    const auto text = base::ReadFile(base::In(folder, name), kMostRead);
    return text ? *text : text.error().reason;
  }

  testing::TempFolder temp;
  testing::FakeClock clock;
  std::shared_ptr<Recorder> system = std::make_shared<Recorder>();
  std::string folder = temp / "logs";
};

TEST_F(EventLogTest, WritesALineWithoutAnythingButKeysAndNumbers) {
  Log().Tell(folder, {Id::kExchangeFailed, "net.refused", {{"sent", 3}, {"received", 0}}});
  Log().Tell(folder, {Id::kEnrolled});
  EXPECT_THAT(Names(), ElementsAre("hosoxa-20261123-001.log"));
  EXPECT_EQ(Read("hosoxa-20261123-001.log"),
            "2026-11-23T01:30:00Z 200 warning hosoxa/0.1.0 exchange.failed net.refused sent=3 "
            "received=0\n"
            "2026-11-23T01:30:00Z 120 info hosoxa/0.1.0 enrol.done\n");
  EXPECT_THAT(system->written, ElementsAre("exchange.failed net.refused sent=3 received=0"));
#ifndef _WIN32
  using std::filesystem::perms;
  EXPECT_EQ(std::filesystem::status(folder).permissions(), perms::owner_all);
  EXPECT_EQ(std::filesystem::status(folder + "/hosoxa-20261123-001.log").permissions(),
            perms::owner_read | perms::owner_write);
#endif
}

TEST_F(EventLogTest, LeavesOutWhatIsBelowItsLevel) {
  Log().Tell(folder, {Id::kExchangeFailed}, {.level = Severity::kError});
  Log().Tell(folder, {Id::kExchanged});
  EXPECT_THAT(Names(), ElementsAre());
  EXPECT_THAT(system->written, ElementsAre());
  Log().Tell(folder, {Id::kExchanged}, {.level = Severity::kDebug});
  EXPECT_EQ(Names().size(), 1u);
}

TEST_F(EventLogTest, MakesNoFolderWhereThereIsNoDesk) {
  const std::string nowhere = temp / "none/logs";
  Log().Tell(nowhere, {Id::kDamaged});
  EXPECT_FALSE(std::filesystem::exists(base::PathOf(temp / "none")));
  EXPECT_THAT(system->written, ElementsAre("data.damaged"));
}

TEST_F(EventLogTest, KeepsSoManyDays) {
  for (int day = 0; day < 5; ++day, clock.Advance(kDayMs))
    Log().Tell(folder, {Id::kStarted}, {.days = 2});
  EXPECT_THAT(Names(), ElementsAre("hosoxa-20261125-001.log", "hosoxa-20261126-001.log",
                                   "hosoxa-20261127-001.log"));
}

TEST_F(EventLogTest, KeepsSoManyOctetsAndNothingOfOthers) {
  ASSERT_TRUE(base::MakePrivateFolder(folder));
  constexpr std::size_t kMost = 1u << 20;
  for (const char* name : {"hosoxa-20261121-001.log", "hosoxa-20261122-001.log", "mine.log"})
    ASSERT_TRUE(base::Append(base::In(folder, name), std::string(kMost / 2, 'x')));
  ASSERT_TRUE(
      base::Append(base::In(folder, "hosoxa-20261123-007.log"), std::string(kMost / 8, 'x')));
  Log().Tell(folder, {Id::kStarted}, {.max_megabytes = 1});
  EXPECT_THAT(Names(), ElementsAre("hosoxa-20261122-001.log", "hosoxa-20261123-007.log",
                                   "hosoxa-20261123-008.log"));
  EXPECT_EQ(Read("mine.log").size(), kMost / 2);
}

TEST_F(EventLogTest, TakesWhatThreadsWriteAtOnceLineByLine) {
  constexpr int kThreads = 4, kLines = 100;
  const EventLog log(clock, "hosoxa/0.1.0", nullptr);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i)
    threads.emplace_back([&] {
      for (int line = 0; line < kLines; ++line) log.Tell(folder, {Id::kStarted});
    });
  for (std::thread& thread : threads) thread.join();
  std::string wanted;
  for (int i = 0; i < kThreads * kLines; ++i)
    wanted += "2026-11-23T01:30:00Z 100 info hosoxa/0.1.0 program.started\n";
  EXPECT_EQ(Read("hosoxa-20261123-001.log"), wanted);
}

TEST(Events, AreDocumentedAsTheyAre) {
  std::string wanted;
  for (const Entry& entry : Table()) {
    EXPECT_LE(static_cast<int>(entry.id), 1000) << "Windows' own message file has no more";
    wanted += "| " + std::to_string(static_cast<int>(entry.id)) + " | " + NameOf(entry.severity) +
              " | `" + entry.key + "` | " + entry.vi + " | " + entry.en + " |\n";
  }
  const auto page =
      base::ReadFile(std::string(HOSO_SOURCE_DIR) + "/resources/docs/events.md", kMostRead);
  ASSERT_TRUE(page);
  EXPECT_NE(page->find("\n" + wanted + "\n"), std::string::npos)
      << "resources/docs/events.md must have these lines, and no more:\n"
      << wanted;
}

TEST(Events, HaveLevelsByName) {
  for (const char* name : {"error", "warning", "info", "debug"})
    EXPECT_STREQ(NameOf(SeverityNamed(name)), name);
  EXPECT_EQ(SeverityNamed("loud"), Severity::kInfo);
}

}  // namespace
}  // namespace hoso::events
