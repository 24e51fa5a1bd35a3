// One desk or one address that takes too much leaves the server to the others.
#include <Poco/Net/ServerSocket.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <thread>

#include "common/base/bytes.h"
#include "sync/server/http_door.h"
#include "sync/server/journal_file.h"
#include "tests/integration/forged.h"
#include "tests/integration/hostile_fixture.h"

namespace hoso {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

void WorkFor(std::chrono::milliseconds time) {
  for (const auto until = Clock::now() + time; Clock::now() < until;) {
  }
}

TEST(Turns, ADeskOverItsBurstWaits) {
  server::Turns turns({4, 50ms, 10});
  auto busy = Must(turns.Take("busy"));
  busy.Await();
  // From before the work: a machine that halts the test meanwhile lets the debt be worked off.
  const auto begun = Clock::now();
  busy.Timed([] { WorkFor(100ms); });
  busy.Await();
  EXPECT_GT(Clock::now() - begun, 450ms);  // 50 ms too much, at a tenth.
}

TEST(Turns, WhatADeskOwesItsNextRequestWorksOff) {
  server::Turns turns({4, 10ms, 10});
  const auto begun = Clock::now();
  Must(turns.Take("busy")).Timed([] { WorkFor(40ms); });
  Must(turns.Take("busy")).Await();
  EXPECT_GT(Clock::now() - begun, 250ms);  // 30 ms, at a tenth.
}

TEST(Turns, SoManyAtOnceAndNoMore) {
  server::Turns turns({2, 1s, 10});
  auto first = std::make_unique<server::Turns::Turn>(Must(turns.Take("a")));
  const auto second = Must(turns.Take("a"));
  EXPECT_EQ(turns.Take("a").error().reason, "desk.too_many");
  EXPECT_TRUE(turns.Take("b"));
  first.reset();
  EXPECT_TRUE(turns.Take("a"));
}

TEST(Turns, NobodyWaitsForAServerThatStops) {
  server::Turns turns({1, 0ms, 1});
  auto turn = Must(turns.Take("a"));
  turn.Timed([] { WorkFor(150ms); });  // Owes 15 s.
  turns.Stop();
  const auto began = Clock::now();
  turn.Await();
  EXPECT_LT(Clock::now() - began, 14s);
}

/// Connections as a server accepts them, the client's ends kept.
struct Guests {
  Poco::Net::ServerSocket listening{Poco::Net::SocketAddress("127.0.0.1", 0)};
  std::vector<Poco::Net::StreamSocket> clients, accepted;
  Poco::Net::StreamSocket& Come() {
    clients.emplace_back(Poco::Net::SocketAddress("127.0.0.1", listening.address().port()));
    return accepted.emplace_back(listening.acceptConnection());
  }
};

TEST(Door, OneAddressHoldsSoManyLinesAndComesSoOften) {
  const base::SystemClock clock;
  testing::JournalBook book;
  server::Journal journal(clock, [&](const std::string& line) { book.Add(line); });
  Guests guests;
  Poco::AutoPtr<server::Door> few(new server::Door({2, 100, 0}, journal));
  EXPECT_TRUE(few->accept(guests.Come()));
  EXPECT_TRUE(few->accept(guests.Come()));
  EXPECT_FALSE(few->accept(guests.Come()));
  guests.accepted.clear();  // The server closes them.
  EXPECT_TRUE(few->accept(guests.Come()));
  Poco::AutoPtr<server::Door> seldom(new server::Door({100, 2, 0}, journal));
  EXPECT_TRUE(seldom->accept(guests.Come()));
  EXPECT_TRUE(seldom->accept(guests.Come()));
  EXPECT_FALSE(seldom->accept(guests.Come()));
  EXPECT_TRUE(book.Await("connection address.too_many"));
  EXPECT_TRUE(book.Await("connection address.too_often"));
}

TEST(Journal, AFloodBecomesANumber) {
  testing::FakeClock clock;
  testing::JournalBook book;
  server::Journal journal(clock, [&](const std::string& line) { book.Add(line); });
  for (int i = 0; i < 1000; ++i)
    journal.Refused("/v1/exchange", "frame.kind", "0123456789abcdef01");
  clock.Advance(60'000);
  journal.Refused("/v1/exchange", "frame.kind");
  const std::string told = book.Text();
  EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), server::Journal::kLinesPerMinute + 2);
  EXPECT_NE(told.find("refused 940 more"), std::string::npos) << told;
  EXPECT_NE(told.find("frame.kind 0123456789abcdef\n"), std::string::npos) << told;
}

TEST(JournalFile, KeepsTheLastLinesInSoMuchRoom) {
  const testing::TempFolder folder;
  const std::string path = folder / "server.log";
  const server::JournalFile file(path, 100);
  for (int i = 100; i < 150; ++i) file.Add("line " + std::to_string(i));
  const auto text = [](const std::string& name) {
    const base::Bytes bytes = Must(base::ReadFile(name, 1000));
    return std::string(bytes.begin(), bytes.end());
  };
  EXPECT_LE(text(path).size(), 100u);
  EXPECT_LE(text(path + ".old").size(), 100u);
  const std::string kept = text(path + ".old") + text(path);
  EXPECT_TRUE(kept.ends_with("line 148\nline 149\n")) << kept;
  EXPECT_GT(kept.size(), 100u);
}

class QuotaTest : public HostileTest {
 protected:
  /// How long an honest desk's exchange takes, the middle of `times`.
  std::chrono::microseconds Honest(const NewDesk& desk, const std::string& certificate, int times) {
    std::vector<std::chrono::microseconds> took;
    for (int i = 0; i < times; ++i) {
      TextEnds ends(Hello(desk));
      const auto began = Clock::now();
      const auto done = Line(certificate, desk.key.view())->Exchange(ends, ends);
      EXPECT_TRUE(done) << done.error().reason << " " << done.error().detail << "\n"
                        << journal_.Text();
      took.push_back(std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began));
      EXPECT_EQ(ends.Refusal(), "");
    }
    std::sort(took.begin(), took.end());
    return took[took.size() / 2];
  }
  /// Asks for everything without end on as many lines as it likes, new ones each time.
  void Flood(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      TextEnds ends(Asking(Framed(2, Zstd(Bytes(1u << 20, '\x81')))) + Bytes(200'000, 'x'));
      (void)Line(certificate_, desk_.key.view())->Exchange(ends, ends).has_value();
    }
  }
};

TEST_P(QuotaTest, ADeskThatFloodsIsHeldAndAnotherGoesOn) {
  server::HttpServer::Options options;
  options.turns.burst = 50ms;
  options.crowd = {1000, 1e9, 0};  // Both desks are at one address here; this is about desks.
  StartTelling(options);
  const NewDesk other(random_);
  SaveUser({"u-2", "Lê Thị Cúc", "06994", "MC", true});
  const std::string certificate = Enrolled(other, "u-2").certificate;
  const auto alone = Honest(other, certificate, 15);
  std::vector<std::jthread> flood;
  for (int i = 0; i < 8; ++i) flood.emplace_back([this](std::stop_token stop) { Flood(stop); });
  EXPECT_TRUE(journal_.Await("desk.too_many")) << journal_.Text();
  const auto beside = Honest(other, certificate, 15);
  std::printf("an honest exchange: %.1f ms alone, %.1f ms beside a flood\n",
              static_cast<double>(alone.count()) / 1000,
              static_cast<double>(beside.count()) / 1000);
  EXPECT_LT(beside, 4 * alone + 500ms);  // Coarse: the flood's own work is on this machine too.
}

INSTANTIATE_TEST_SUITE_P(Backends, QuotaTest, ::testing::Values(testing::kSqlite),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso
