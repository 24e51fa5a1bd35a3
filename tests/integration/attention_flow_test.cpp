// Conflicts and set-aside changes as the person sees them who has to decide.
#include <gtest/gtest.h>

#include "client/flows/attention_flow.h"
#include "client/flows/casework_flow.h"
#include "client/flows/history.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

using flows::AttentionFlow;

class Attention : public ::testing::Test {
 protected:
  std::unique_ptr<flows::OpenDesk> Open(const std::string& desk) {
    return *flows::OpenDesk::Unlock(flows::DeskFolder(office.Folder(desk)), "", office.kPin,
                                    office.Tools());
  }
  /// A dossier that the specialist has in hand, known to everybody.
  std::string InWork() {
    const std::string id = office.Receive("mc");
    office.Do("mc", {"dossier", "step", id, "transfer"});
    office.SyncAll({"mc", "cv"});
    return id;
  }
  void SetUp() override {
    mc = office.Enrol("mc", "MC");
    cv = office.Enrol("cv", "CV");
    office.SyncAll({"mc", "cv"});
  }

  testing::Office office;
  std::string mc, cv;
};

TEST_F(Attention, AConflictShowsTheValueThatBothHadSeen) {
  const std::string id = InWork();
  office.Do("mc", {"dossier", "set", id, "summary=Một tầng"});
  office.SyncAll({"mc", "cv"});
  office.Do("mc", {"dossier", "set", id, "summary=Hai tầng"});
  office.Do("mc", {"dossier", "set", id, "summary=Hai tầng rưỡi", "parcel.sheet=1"});
  office.Do("cv", {"dossier", "set", id, "summary=Ba tầng", "parcel.sheet=2"});
  office.SyncAll({"mc", "cv"});

  const auto open = Open("cv");
  AttentionFlow attention(*open);
  const auto all = attention.Conflicts("");
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ(attention.Conflicts("", 1)->size(), 1u);
  const auto summary = attention.Conflict(all->at(1).id);
  ASSERT_TRUE(summary) << summary.error().reason;
  EXPECT_EQ(summary->field, "field.summary");
  ASSERT_TRUE(summary->base);
  EXPECT_EQ(summary->base->value, "Một tầng");
  EXPECT_EQ(summary->base->author, mc);
  EXPECT_EQ(summary->applicant, "Nguyễn Văn An");
  EXPECT_EQ(summary->code.substr(0, 4), "H49.");
  EXPECT_FALSE(summary->unsent);
  EXPECT_FALSE(summary->values[0].mine);
  EXPECT_TRUE(summary->values[1].mine);
  EXPECT_FALSE(attention.Conflict(all->at(0).id)->base);  // The sheet was empty to both.

  ASSERT_TRUE(attention.Resolve(summary->id, std::nullopt, "Bốn tầng"));
  EXPECT_EQ(attention.Conflict(summary->id).error().reason, "conflict.unknown");
}

TEST_F(Attention, TheBaseIsFoundBehindAResolvedConflictToo) {
  const std::string id = InWork();
  const auto differ = [&](const std::string& one, const std::string& other) {
    office.Do("mc", {"dossier", "set", id, "summary=" + one});
    office.Do("cv", {"dossier", "set", id, "summary=" + other});
    office.SyncAll({"mc", "cv"});
  };
  differ("Một", "Hai");
  {
    const auto open = Open("mc");
    AttentionFlow attention(*open);
    const auto conflict = attention.Conflicts(id)->front();
    ASSERT_TRUE(attention.Resolve(conflict.id, conflict.values[1].id, std::nullopt));
  }
  office.SyncAll({"mc", "cv"});
  differ("Ba", "Bốn");
  const auto open = Open("mc");
  AttentionFlow attention(*open);
  const auto conflict = attention.Conflict(attention.Conflicts(id)->front().id);
  ASSERT_TRUE(conflict->base);
  EXPECT_EQ(conflict->base->value, "Hai");  // Chosen by the resolve, whose author is its author.
  EXPECT_EQ(conflict->base->author, mc);
}

TEST_F(Attention, ASetAsideChangeSaysWhatItWantedAndWhoMayTakeIt) {
  office.Enrol("tp", "TP");
  office.SyncAll({"mc", "cv", "tp"});
  const std::string id = InWork();
  office.Do("cv", {"dossier", "step", id, "propose"});
  office.SyncAll({"cv", "tp", "mc"});
  office.Do("mc", {"dossier", "set", id, "summary=Hai tầng"});  // Stays at home for now.
  office.Do("tp", {"dossier", "decide", id, "approve"});
  office.SyncAll({"tp", "mc", "cv"});
  const auto open = Open("cv");
  AttentionFlow attention(*open);
  const auto all = attention.SetAside();
  ASSERT_EQ(all->size(), 1u);
  const auto look = attention.Look(id, all->front().id);
  ASSERT_TRUE(look) << look.error().reason;
  EXPECT_EQ(look->says, "Sửa «Trích yếu» thành «Hai tầng»");
  ASSERT_EQ(look->places.size(), 1u);
  EXPECT_EQ(look->places[0].wanted, "Hai tầng");
  EXPECT_EQ(look->places[0].now, "(trống)");
  EXPECT_EQ(look->aside.reason, "dossier.locked");
  EXPECT_EQ(look->no_settle, "");
  EXPECT_EQ(look->no_adopt, "settle.cannot_adopt");  // Approved: the content stays.
  EXPECT_EQ(attention.Look(id, "x:1").error().reason, "setaside.unknown");
}

TEST(Base, IsNoneOfAHistoryThatLeadsNowhereAndEndsForOneInCircles) {
  const auto write = [](std::int64_t number, std::optional<std::int64_t> seen) {
    change::Write place{"summary", std::to_string(number), std::nullopt};
    if (seen) place.seen = change::ChangeId{"r", *seen};
    return flows::Happened{
        {{"r", number}, "u", "d", {}, change::SetFields{{place}}, {}}, {}, number, true, "CV"};
  };
  const auto base = [](const std::vector<flows::Happened>& history) {
    const auto found = flows::BaseOf(history, "field.summary", {{"r", 2}, {"r", 3}});
    return found ? found->value : "none";
  };
  EXPECT_EQ(base({write(1, {}), write(2, 1), write(3, 1)}), "1");
  EXPECT_EQ(base({write(1, {}), write(2, 1), write(3, {})}), "none");
  EXPECT_EQ(base({write(2, 3), write(3, 2)}), "none");
  EXPECT_EQ(base({write(1, 1), write(2, 1), write(3, 9)}), "none");
  EXPECT_EQ(base({}), "none");
}

}  // namespace
}  // namespace hoso
