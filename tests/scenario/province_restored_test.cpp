#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/sim_world.h"

// The province is put back from an older backup while desks are ahead.

namespace hoso::testing {
namespace {

enum Desk : std::size_t { kMc, kCv, kTp };

struct World : SimWorld {
  World() : SimWorld(41) {
    for (const char* role : {"MC", "CV", "TP"}) AddDesk(role);
    id = Receive(kMc, "Nguyễn Văn An");
    (void)Step(kMc, id, "transfer");
    SyncAll();
    BackUpProvince();
  }
  void Note(std::size_t desk, const std::string& text) {
    ASSERT_TRUE(Act(desk, id, change::AddNote{text}));
  }
  std::vector<std::string> Notes(std::size_t desk) {
    std::vector<std::string> out;
    for (const change::Note& note : Shown(desk, id).notes) out.push_back(note.text);
    std::sort(out.begin(), out.end());
    return out;
  }
  std::vector<base::Bytes> Octets() { return *province_store().Entries(kUnit, 0, 100'000); }
  std::string Epoch() { return (*province_store().Unit(kUnit))->epoch; }
  void Exchange(std::initializer_list<std::size_t> order) {
    for (const std::size_t desk : order) {
      const auto report = Sync(desk);
      ASSERT_TRUE(report) << desk << ": " << report.error().reason;
    }
  }
  std::string id;
};

struct ProvinceRestored : World, ::testing::TestWithParam<bool> {
  void PutBack() { RestoreProvince(GetParam()); }
};

// Told: by `hosoxa-server restore`. Untold: a database server that fell back by itself.
INSTANTIATE_TEST_SUITE_P(ToldOrNot, ProvinceRestored, ::testing::Bool());

TEST_P(ProvinceRestored, WithNothingLostDesksGoOn) {
  const std::vector<base::Bytes> log = Octets();
  PutBack();
  Note(kCv, "sau đó");
  SyncAll();
  EXPECT_EQ(Broken(), "");
  EXPECT_TRUE(std::equal(log.begin(), log.end(), Octets().begin()));
}

TEST_P(ProvinceRestored, TheLogComesBackOctetForOctetFromAnyDeskThatHasIt) {
  Note(kMc, "một");
  ASSERT_TRUE(Step(kCv, id, "propose"));
  const std::string other = Receive(kMc, "Trần Thị Bình");
  SyncAll();
  ASSERT_TRUE(Decide(kTp, id, change::Decision::kApprove));
  SyncAll();
  const std::vector<base::Bytes> log = Octets();
  const std::string before = Epoch(), code = Shown(kMc, other).code;
  ASSERT_EQ(Shown(kMc, id).stage, "reviewed");
  PutBack();
  ASSERT_LT(Octets().size(), log.size());
  const auto report = Sync(kCv);  // Neither wrote nor decided most of it.
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_EQ(report->returned, static_cast<std::int64_t>(log.size()) - 2);
  EXPECT_EQ(Octets(), log);
  EXPECT_NE(Epoch(), before);
  SyncAll();
  for (const std::size_t desk : {kMc, kCv, kTp}) {
    EXPECT_EQ(Shown(desk, id).stage, "reviewed");
    EXPECT_EQ(Shown(desk, other).code, code);
  }
  EXPECT_EQ(Broken(), "");
}

TEST_P(ProvinceRestored, InWhateverOrderDesksComeNothingIsLostAndNothingTakenTwice) {
  std::vector<std::size_t> order = {kMc, kCv, kTp};
  do {
    World world;
    world.Note(kMc, "một");
    ASSERT_TRUE(world.Sync(kMc));
    world.Note(kCv, "hai");
    ASSERT_TRUE(world.Write(kCv, world.id, "summary", "nhà hai tầng"));
    ASSERT_TRUE(world.Sync(kCv));
    world.Note(kTp, "ba");
    ASSERT_TRUE(world.Sync(kTp));
    world.Note(kMc, "chưa gửi");
    world.RestoreProvince(GetParam());
    for (const std::size_t desk : order) {
      const auto report = world.Sync(desk);
      ASSERT_TRUE(report) << report.error().reason;
    }
    world.SyncAll();
    EXPECT_EQ(world.Notes(kTp), (std::vector<std::string>{"ba", "chưa gửi", "hai", "một"}));
    EXPECT_EQ(world.Broken(), "");
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_P(ProvinceRestored, AChangeThatOnlyItsReceiptProvesIsJudgedAnew) {
  Note(kMc, "chỉ có biên nhận");
  MemoryProvince::Faults faults;
  faults.piece = 64;
  for (faults.cut_answer = 64; desk_store(kMc).UnsentThrough(INT64_MAX).value() > 0;
       *faults.cut_answer += 64)
    (void)Sync(kMc, faults);  // Until the receipt gets through, and no entry.
  ASSERT_EQ(desk_store(kMc).OutboxCount().value(), 1);
  PutBack();
  Note(kMc, "sau");
  Exchange({kMc});
  SyncAll();
  EXPECT_EQ(Notes(kCv), (std::vector<std::string>{"chỉ có biên nhận", "sau"}));
  EXPECT_EQ(Broken(), "");
}

TEST_P(ProvinceRestored, WhereAnotherDeskWasFasterIssuedThingsStillStand) {
  ASSERT_TRUE(Step(kCv, id, "propose"));
  SyncAll();
  BackUpProvince();
  ASSERT_TRUE(Decide(kTp, id, change::Decision::kApprove));
  ASSERT_TRUE(Sync(kTp));
  const std::string other = Receive(kMc, "Trần Thị Bình");
  ASSERT_TRUE(Write(kMc, other, "summary", "của một cửa"));
  ASSERT_TRUE(Sync(kMc));
  const std::string code = Shown(kMc, other).code;
  ASSERT_NE(code, "");
  PutBack();
  // It knows nothing of the approval, nor the province any more.
  ASSERT_TRUE(Write(kCv, id, "summary", "sửa sau"));
  Exchange({kCv});
  SyncAll();
  for (const std::size_t desk : {kMc, kCv, kTp}) {
    EXPECT_EQ(Shown(desk, id).stage, "reviewed");
    EXPECT_EQ(Shown(desk, other).code, code);
    EXPECT_EQ(Shown(desk, other).Get("field.summary"), "của một cửa");
  }
  EXPECT_EQ(Broken(), "");
}

TEST_P(ProvinceRestored, ACodeOnPaperIsNotGivenToAnother) {
  const std::size_t counter = AddDesk("MC");
  SyncAll();
  BackUpProvince();
  const std::string first = Receive(kMc, "Trần Thị Bình");
  ASSERT_TRUE(Sync(kMc));
  const std::string code = Shown(kMc, first).code;
  const std::string second = Receive(counter, "Lê Văn Cường");
  PutBack();
  // Told, a province is careful before it knows what it lost.
  Exchange({GetParam() ? counter : std::size_t{kMc}});
  SyncAll();
  EXPECT_EQ(Shown(counter, first).code, code);
  EXPECT_NE(Shown(kMc, second).code, "");
  EXPECT_NE(Shown(kMc, second).code, code);
  EXPECT_EQ(Broken(), "");
}

}  // namespace
}  // namespace hoso::testing
