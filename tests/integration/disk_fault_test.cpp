// What a desk and the province do when a disk or memory fails under them.
#include <gtest/gtest.h>

#include "common/store/sqlite_raw.h"
#include "tests/support/sim_life.h"

namespace hoso::testing {
namespace {

// SQLite takes its memory from here before anybody uses it.
const bool kMemoryIsOurs = FaultMemory::Install();

class DiskFaults : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(kMemoryIsOurs);
    ASSERT_TRUE(desk_.Open());
    dossier_ = base::MakeUuid7(1, random_);
    ASSERT_TRUE(desk_.Record(desk_.program, 0, dossier_,
                             change::Create{SimCast::kUnit,
                                            "1.013225",
                                            "",
                                            "nha-o-rieng-le",
                                            "2026-11-23T08:30",
                                            "",
                                            false,
                                            {{"applicant.name", "Nguyễn Văn An"}},
                                            {}}));
  }
  void TearDown() override { desk_.Close(); }

  std::string Note() {
    ++now_ms_;
    const auto made = desk_.Record(desk_.program, 0, dossier_, change::AddNote{"ghi chú"});
    return made ? "" : made.error().reason;
  }
  std::size_t Waiting() { return desk_.program.store->Outbox(0, 1000)->size(); }
  void LosePower() {
    desk_.disk.Stop();
    desk_.Close();
    desk_.disk.Restart(FaultDisk::Loss::kPower, [&](std::uint64_t n) { return random_.Below(n); });
    ASSERT_TRUE(desk_.Open());
  }

  std::int64_t now_ms_ = 0;
  SeededRandom random_{3};
  FaultVfs vfs_;
  SimCast cast_{vfs_};
  SimDesk desk_{cast_, 0, now_ms_};
  std::string dossier_;
};

TEST_F(DiskFaults, ACommitThatTheDiskFailedStopsAllWritingUntilOpenedAnew) {
  desk_.disk.Plan(desk_.disk.points() + 1, FaultDisk::Trouble::kSyncFails);
  EXPECT_EQ(Note(), "store.failed");
  EXPECT_EQ(Note(), "store.stopped");
  EXPECT_EQ(Note(), "store.stopped");
  ASSERT_TRUE(desk_.Open());
  EXPECT_EQ(Note(), "");
  LosePower();
  EXPECT_EQ(desk_.Missing({}), "");
}

TEST_F(DiskFaults, ALongWalIsMovedIntoTheDatabaseByOneWhoKeepsWritersOut) {
  constexpr std::size_t kMuch = 6'000'000;
  const auto database = [&] {
    std::size_t size = 0;
    for (const auto& [name, octets] : desk_.disk.Copy())
      if (!name.ends_with("-wal")) size += octets.size();
    return size;
  };
  const auto other = desk_.Start();
  ASSERT_TRUE(other);
  store::RunSqliteScript(desk_.program.store->database().sql(), "CREATE TABLE much(octets)");
  EXPECT_LT(database(), kMuch);
  // That it had the lock is checked at each write to the database, in FaultVfs.
  store::RunSqliteScript(desk_.program.store->database().sql(),
                         "INSERT INTO much VALUES(zeroblob(6000000))");
  EXPECT_GT(database(), kMuch);
  EXPECT_EQ(store::AskSqlite(other->store->database().sql(), "SELECT length(octets) FROM much"),
            "6000000");
}

TEST_F(DiskFaults, WhatWasAcknowledgedOutlivesALossOfPowerAtOnce) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Note(), "");
    LosePower();
    EXPECT_EQ(desk_.Missing({}), "");
  }
  EXPECT_EQ(Waiting(), 21u);
}

TEST_F(DiskFaults, OnAFullDiskAnActIsRefusedAndWithRoomItIsTaken) {
  desk_.disk.SetFull(true);
  std::string said;
  for (int i = 0; i < 200 && said.empty(); ++i) said = Note();
  EXPECT_EQ(said, "store.full");
  EXPECT_EQ(desk_.Missing({}), "");
  desk_.disk.SetFull(false);
  EXPECT_EQ(Note(), "");
}

TEST_F(DiskFaults, AnyPieceOfMemoryMayBeRefusedOnceAndTheNextActIsTaken) {
  for (std::uint64_t piece = 1; piece < 2000; piece += 7) {
    ++now_ms_;
    FaultMemory::FailAt(piece);
    // Refused as things stand, or for want of memory: either way it is taken back.
    (void)desk_.Record(desk_.program, 0, dossier_, change::Step{"finish", "", "2026-11-24T09:00"});
    FaultMemory::FailAt(0);
    const std::string said = Note();
    if (said == "store.stopped") {
      ASSERT_TRUE(desk_.Open());
    }
    ASSERT_TRUE(said.empty() || said == "store.stopped") << said << " after piece " << piece;
  }
}

TEST_F(DiskFaults, WhatMemoryRanOutForIsNotReadEither) {
  for (std::uint64_t piece = 1; piece < 3000; piece += 7) {
    const std::size_t before = Waiting();
    FaultMemory::FailAt(piece, 40);
    const std::string said = Note();
    FaultMemory::FailAt(0);
    if (said == "store.failed" || said == "store.stopped") {
      ASSERT_EQ(Waiting(), before) << "after piece " << piece;
    }
    if (said == "store.stopped") {
      ASSERT_TRUE(desk_.Open());
    }
  }
}

TEST(ProvinceDisk, AnyPieceOfMemoryMayBeRefusedWhileItIsOpened) {
  ASSERT_TRUE(kMemoryIsOurs);
  FaultVfs vfs;
  const SimCast cast(vfs);
  FaultDisk disk;
  disk.PutBack(cast.province());
  cast.MountProvince(disk);
  int refused = 0;
  for (std::uint64_t piece = 1;; ++piece) {
    const std::uint64_t before = FaultMemory::Refused();
    FaultMemory::FailAt(piece);
    refused += !cast.OpenProvince();
    FaultMemory::FailAt(0);
    if (FaultMemory::Refused() == before) break;  // It asked for fewer.
    ASSERT_TRUE(cast.OpenProvince()) << "after piece " << piece;
  }
  EXPECT_GT(refused, 100);
  vfs.Unmount();
}

TEST(ProvinceDisk, AnEpochThatCouldNotBeWrittenIsNotTold) {
  ASSERT_TRUE(kMemoryIsOurs);
  FaultVfs vfs;
  const SimCast cast(vfs);
  using What = SimEvent::What;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {  // By restore and by hand.
    SimPlan plan;
    plan.events = {{1000, What::kStandBy, kProvinceMachine, seed},
                   {2000, What::kExchange, 1, seed},
                   {3000, What::kFallBack, kProvinceMachine, seed},
                   {4000, What::kFull, kProvinceMachine, seed},
                   {5000, What::kExchange, 1, seed}};
    EXPECT_EQ(SimLife(cast, plan).Live(), "") << seed;
  }
}

}  // namespace
}  // namespace hoso::testing
