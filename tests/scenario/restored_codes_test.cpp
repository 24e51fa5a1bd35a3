#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

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

}  // namespace
}  // namespace hoso::testing
