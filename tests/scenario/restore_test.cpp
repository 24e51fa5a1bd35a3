#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "common/crypto/sign.h"
#include "tests/support/sim_world.h"

// A desk's file is put back from an older copy.

namespace hoso::testing {
namespace {

enum Desk : std::size_t { kMc, kCv, kTp };

struct Restored : SimWorld, ::testing::TestWithParam<bool> {
  Restored() : SimWorld(23) {
    for (const char* role : {"MC", "CV", "TP"}) AddDesk(role);
    id = Receive(kMc, "Nguyễn Văn An");
    (void)Step(kMc, id, "transfer");
    SyncAll();
    BackUpDesk(kCv);
  }
  void PutBack() { RestoreDesk(kCv, GetParam()); }
  std::vector<std::string> Notes(std::size_t desk) {
    std::vector<std::string> out;
    for (const change::Note& note : Shown(desk, id).notes) out.push_back(note.text);
    return out;
  }
  void Note(std::size_t desk, const std::string& text) {
    ASSERT_TRUE(Act(desk, id, change::AddNote{text}));
  }
  /// A decision in the officer's name, put among what waits by somebody else who opens this desk.
  void ForgeDecision(std::size_t desk, const crypto::Secret& with) {
    auto made = Decide(desk, id, change::Decision::kApprove);
    ASSERT_TRUE(made);
    auto row = desk_store(desk).OutboxAt(made->id.sequence).value().value();
    made->signature = crypto::Sign(with, change::SignedPart(*made));
    row.change = change::Encode(*made);
    ASSERT_TRUE(desk_store(desk).RemoveFromOutbox(row.sequence));
    ASSERT_TRUE(desk_store(desk).AppendOutbox(row));
  }
  bool Rejoining(std::size_t desk) {
    const auto mark = desk_store(desk).Meta("rejoin");
    return *mark && !(*mark)->empty();
  }
  std::string id;
};

// Told: by `backup restore`. Untold: somebody copied the file, the exchange notices.
INSTANTIATE_TEST_SUITE_P(ToldOrNot, Restored, ::testing::Bool());

TEST_P(Restored, ACopyThatMissesNothingGoesOn) {
  PutBack();
  const auto report = Sync(kCv);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->reissued, 0);
  Note(kCv, "sau đó");
  SyncAll();
  EXPECT_EQ(Broken(), "");
}

TEST_P(Restored, WhatTheProvinceReceivedComesBack) {
  Note(kCv, "một");
  ASSERT_TRUE(Write(kCv, id, "summary", "nhà hai tầng"));
  ASSERT_TRUE(Sync(kCv));
  Note(kCv, "chưa gửi");
  PutBack();
  ASSERT_TRUE(Sync(kCv));
  EXPECT_EQ(Notes(kCv), std::vector<std::string>{"một"});
  EXPECT_FALSE(Rejoining(kCv));
  SyncAll();
  EXPECT_EQ(Broken(), "");
}

TEST_P(Restored, WorkOfBothTimesIsKeptAndPointsAtTheRightChanges) {
  Note(kCv, "trước, một");
  ASSERT_TRUE(Write(kCv, id, "summary", "trước"));
  Note(kCv, "trước, hai");
  ASSERT_TRUE(Sync(kCv));
  PutBack();
  // The same numbers, other acts; the second write saw the first one.
  ASSERT_TRUE(Write(kCv, id, "parcel.number", "1"));
  ASSERT_TRUE(Write(kCv, id, "parcel.number", "2"));
  Note(kCv, "sau, một");
  ASSERT_TRUE(Write(kCv, id, "summary", "sau"));
  const auto report = Sync(kCv);
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_EQ(report->reissued, 4);
  SyncAll();
  for (const std::size_t desk : {kMc, kCv, kTp}) {
    EXPECT_EQ(Notes(desk), (std::vector<std::string>{"trước, một", "trước, hai", "sau, một"}));
    const change::DossierState state = Shown(desk, id);
    EXPECT_EQ(state.Get("field.parcel.number"), "2");
    EXPECT_TRUE(state.registers.at("field.parcel.number").rivals.empty());
    // Neither saw the other, though one officer wrote both.
    EXPECT_EQ(state.Get("field.summary"), "trước");
    EXPECT_EQ(state.registers.at("field.summary").rivals.at(0).value, "sau");
  }
  EXPECT_EQ(Broken(), "");
}

TEST_P(Restored, WhatTheCopyStillWantedToSendIsNotSentTwice) {
  Note(kCv, "chờ gửi");
  BackUpDesk(kCv);
  Note(kCv, "sau bản sao");
  ASSERT_TRUE(Sync(kCv));
  PutBack();
  Note(kCv, "sau khi khôi phục");
  const auto report = Sync(kCv);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->reissued, 1);
  SyncAll();
  EXPECT_EQ(Notes(kMc), (std::vector<std::string>{"chờ gửi", "sau bản sao", "sau khi khôi phục"}));
  EXPECT_EQ(Broken(), "");
}

TEST_P(Restored, TwiceFromACopyWithWorkThatWasIssuedAgain) {
  Note(kCv, "trước");
  ASSERT_TRUE(Sync(kCv));
  PutBack();
  ASSERT_TRUE(Write(kCv, id, "parcel.number", "1"));
  ASSERT_TRUE(Write(kCv, id, "parcel.number", "2"));
  BackUpDesk(kCv);
  ASSERT_TRUE(Sync(kCv));  // Both go out under new numbers; the copy does not know.
  PutBack();
  ASSERT_TRUE(Write(kCv, id, "parcel.number", "3"));
  SyncAll();
  EXPECT_EQ(Shown(kMc, id).Get("field.parcel.number"), "3");
  EXPECT_EQ(Shown(kMc, id).OpenConflicts(), 0);
  PutBack();
  SyncAll();
  EXPECT_EQ(Broken(), "");
}

TEST_P(Restored, ACutAnywhereInTheRecoveryIsHarmless) {
  for (int i = 0; i < 3; ++i) Note(kCv, "trước " + std::to_string(i));
  ASSERT_TRUE(Write(kCv, id, "summary", "trước"));
  ASSERT_TRUE(Sync(kCv));
  std::size_t octets = 0;
  for (std::size_t cut = 0; cut < 60; ++cut) {
    PutBack();
    if (cut % 2 == 0) {
      ASSERT_TRUE(Write(kCv, id, "summary", "sau"));
    }
    MemoryProvince::Faults faults;
    faults.cut_answer = octets += 53;
    faults.piece = 50;
    (void)Sync(kCv, faults);
    RestartDesk(kCv);
    // What is recorded between the pieces of a recovery means what the officer saw.
    ASSERT_TRUE(Write(kCv, id, "summary", "giữa chừng"));
    const auto report = Sync(kCv);
    ASSERT_TRUE(report) << report.error().reason;
    EXPECT_FALSE(Rejoining(kCv));
    ASSERT_EQ(desk_store(kCv).OutboxCount().value(), 0);
  }
  SyncAll();
  EXPECT_EQ(Broken(), "");
}

TEST_P(Restored, ADecisionIsSignedAnewByWhoTookIt) {
  ASSERT_TRUE(Step(kCv, id, "propose"));
  SyncAll();
  BackUpDesk(kTp);
  Note(kTp, "trước");
  ASSERT_TRUE(Sync(kTp));
  RestoreDesk(kTp, GetParam());
  ASSERT_TRUE(Decide(kTp, id, change::Decision::kApprove));
  MemoryProvince line = Line(kTp);
  SimWorld::Program program = AnotherProgram(kTp);
  const auto refused = program.desk->Sync(line);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "replica.reissue_officer");
  EXPECT_EQ(refused.error().detail, member(kTp).user);
  EXPECT_EQ(program.store->OutboxCount().value(), 1);
  EXPECT_EQ(Shown(kTp, id).stage, "reviewed");
  SyncAll();
  EXPECT_EQ(Shown(kMc, id).stage, "reviewed");
  EXPECT_EQ(Broken(), "");
}

TEST_P(Restored, WhatAnOfficerDidNotSignIsNotSignedInHisName) {
  const crypto::Secret somebody = crypto::MakeSeed(random());
  ASSERT_TRUE(Step(kCv, id, "propose"));
  SyncAll();
  BackUpDesk(kTp);
  Note(kTp, "trước");
  ASSERT_TRUE(Sync(kTp));
  RestoreDesk(kTp, GetParam());
  ForgeDecision(kTp, somebody);
  SyncAll();
  EXPECT_EQ(desk_store(kTp).OutboxCount().value(), 0);
  const change::DossierState state = Shown(kMc, id);
  EXPECT_EQ(state.stage, "proposed");
  ASSERT_EQ(state.set_aside.size(), 1u);
  EXPECT_EQ(state.set_aside[0].reason, "right.signature");
  EXPECT_EQ(DigestOf(kTp), DigestOfProvince());
}

/// Two officers of one desk that was put back, each with a decision that waits.
struct TwoSigned : Restored {
  TwoSigned() : second(crypto::MakeSeed(random())) {}
  void Prepare() {
    SaveSecond(true);
    ASSERT_TRUE(province_store().SaveDeviceOfficer(
        {desk_store(kTp).Meta("replica")->value(), "u-second", crypto::PublicKey(second)}));
    other = Receive(kMc, "Trần Thị Bình");
    ASSERT_TRUE(Step(kMc, other, "transfer"));
    SyncAll();
    ASSERT_TRUE(Step(kCv, id, "propose"));
    ASSERT_TRUE(Step(kCv, other, "propose"));
    SyncAll();
    BackUpDesk(kTp);
    Note(kTp, "trước");
    ASSERT_TRUE(Sync(kTp));
    RestoreDesk(kTp, GetParam());
    program = AnotherProgram(kTp);
    Approve(First(), id);
    clock().Advance(1000);
    Approve(Second(), other);
  }
  void SaveSecond(bool active) {
    ASSERT_TRUE(province_store().SaveUser({"u-second", "Cán bộ thứ hai", kUnit, "TP", active}));
  }
  void Approve(const engine::Actor& who, const std::string& dossier) {
    const change::Decide approve{change::Decision::kApprove,
                                 change::ContentDigest(Shown(kTp, dossier)),
                                 program.store->Head().value().position, ""};
    ASSERT_TRUE(program.desk->Record(who, dossier, approve));
  }
  engine::Actor First() { return {member(kTp).user, &member(kTp).seed}; }
  engine::Actor Second() const { return {"u-second", &second}; }
  crypto::Secret second;
  std::string other;
  SimWorld::Program program;
};
INSTANTIATE_TEST_SUITE_P(ToldOrNot, TwoSigned, ::testing::Bool());

TEST_P(TwoSigned, NobodyWaitsForAnOfficerWhoWorksThereNoMore) {
  Prepare();
  SaveSecond(false);
  MemoryProvince line = Line(kTp);
  const auto report = program.desk->Sync(line, First());
  ASSERT_TRUE(report) << report.error().reason << " " << report.error().detail;
  EXPECT_EQ(program.store->OutboxCount().value(), 0);
  (void)Sync(kMc);
  EXPECT_EQ(Shown(kMc, id).stage, "reviewed");
  const change::DossierState state = Shown(kMc, other);
  EXPECT_EQ(state.stage, "proposed");
  ASSERT_EQ(state.set_aside.size(), 1u);
  EXPECT_EQ(state.set_aside[0].reason, "right.inactive");
}

TEST_P(TwoSigned, SignAnewOneAfterTheOther) {
  Prepare();
  MemoryProvince line = Line(kTp);
  const auto refused = program.desk->Sync(line, First());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "replica.reissue_officer");
  EXPECT_EQ(refused.error().detail, "u-second");
  // The second alone is enough now: what the first had to sign is signed.
  const auto report = program.desk->Sync(line, Second());
  ASSERT_TRUE(report) << report.error().reason << " " << report.error().detail;
  EXPECT_EQ(program.store->OutboxCount().value(), 0);
  (void)Sync(kMc);
  EXPECT_EQ(Shown(kMc, id).stage, "reviewed");
  EXPECT_EQ(Shown(kMc, other).stage, "reviewed");
}

}  // namespace
}  // namespace hoso::testing
