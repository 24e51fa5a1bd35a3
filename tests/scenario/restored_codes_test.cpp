#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/support/lying_province.h"
#include "tests/support/sim_world.h"

// Official codes after a loss of the province: they are on paper.

namespace hoso::testing {
namespace {

/// A unit that had no log yet when the backup was made is put back as well.
TEST(RestoredCodes, AUnitsFirstCodesAreNotGivenAgain) {
  SimWorld world(47);
  world.AddDesk("MC");
  world.AddDesk("MC");
  world.BackUpProvince();
  const std::string first = world.Receive(0, "Nguyễn Văn An");
  ASSERT_TRUE(world.Sync(0));
  const std::string code = world.Shown(0, first).code;
  world.RestoreProvince(true);
  const std::string second = world.Receive(1, "Trần Thị Bình");
  ASSERT_TRUE(world.Sync(1));
  EXPECT_NE(world.Shown(1, second).code, code);
  world.SyncAll();
  EXPECT_EQ(world.Shown(1, first).code, code);
  EXPECT_EQ(world.Broken(), "");
}

/// Put back by hand right after `restore`, it gives codes of that minute again; but no code to two
/// dossiers.
TEST(RestoredCodes, WhatGetsAnotherCodeGetsNoneOfThoseThatComeBack) {
  SimWorld world(53);
  world.AddDesk("MC");
  world.AddDesk("MC");
  world.BackUpProvince();
  std::vector<std::string> received = {world.Receive(1, "Nguyễn Văn An")};
  ASSERT_TRUE(world.Sync(1));
  world.RestoreProvince(true);
  for (const char* applicant : {"Trần Thị Bình", "Lê Văn Cường"})
    received.push_back(world.Receive(0, applicant));
  ASSERT_TRUE(world.Sync(0));
  world.RestoreProvince(false);
  ASSERT_TRUE(world.Sync(1));
  received.push_back(world.Receive(1, "Phạm Thị Dung"));
  ASSERT_TRUE(world.Sync(1));
  world.SyncAll();
  std::set<std::string> codes;
  for (const std::string& id : received)
    EXPECT_TRUE(codes.insert(world.Shown(1, id).code).second) << world.Shown(1, id).code;
  EXPECT_EQ(world.Broken(), "");
}

/// A new epoch, and what was received after the backup said to the province once more, before the
/// desk that received it can give its entry back: it would get another code.
TEST(RestoredCodes, WhatWasBroughtBeforeTheLossIsNotTakenFromSomebodyWhoRepeatsIt) {
  SimWorld world(59);
  world.AddDesk("MC");
  world.SyncAll();
  world.BackUpProvince();
  const std::string received = world.Receive(0, "Nguyễn Văn An");
  MemoryProvince line = world.Line(0);
  LyingProvince::Answer heard, told;
  const auto keep = [&](LyingProvince::Answer& said) { heard = said; };
  LyingProvince listener(
      line, [](LyingProvince::Answer&) {}, keep);
  ASSERT_TRUE(
      world.AnotherProgram(0).desk->Sync(listener, {world.member(0).user, &world.member(0).seed}));
  const std::string code = world.Shown(0, received).code;
  ASSERT_FALSE(code.empty());
  world.RestoreProvince(true);

  const auto say = [&] {
    MemoryProvince again = world.Line(0);
    StringSink answer;
    CutSource request(Octets(heard), false);
    EXPECT_TRUE(again.Exchange(request, answer));
    return Messages(answer.text);
  };
  told = say();
  auto& hello = In<protocol::Hello>(heard);
  hello.epoch = In<protocol::Behind>(told).epoch;
  told = say();
  EXPECT_EQ(In<protocol::Refused>(told).reason, "batch.signature");
  hello.epoch.clear();
  hello.position = 0;
  told = say();
  EXPECT_EQ(In<protocol::Refused>(told).reason, "message.unexpected");
  world.SyncAll();
  EXPECT_EQ(world.Shown(0, received).code, code);
  EXPECT_EQ(world.Broken(), "");
}

/// Another desk proves a loss while this one's batch is on its way: it is not taken for an epoch
/// that has ended meanwhile, and comes with the next request.
TEST(RestoredCodes, ABatchOfAnEpochThatEndedOnItsWayComesOnceMore) {
  SimWorld world(61);
  world.AddDesk("MC");
  world.AddDesk("MC");
  world.SyncAll();
  world.BackUpProvince();
  const std::string first = world.Receive(0, "Nguyễn Văn An");
  ASSERT_TRUE(world.Sync(0));
  const std::string code = world.Shown(0, first).code;
  world.RestoreProvince(false);
  const std::string second = world.Receive(1, "Trần Thị Bình");
  MemoryProvince line = world.Line(1);
  line.meanwhile = [&] { EXPECT_TRUE(world.Sync(0)); };
  const auto report =
      world.AnotherProgram(1).desk->Sync(line, {world.member(1).user, &world.member(1).seed});
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_EQ(report->sent, 1);
  EXPECT_FALSE(world.Shown(1, second).code.empty());
  world.SyncAll();
  EXPECT_EQ(world.Shown(1, first).code, code);
  EXPECT_EQ(world.Broken(), "");
}

}  // namespace
}  // namespace hoso::testing
