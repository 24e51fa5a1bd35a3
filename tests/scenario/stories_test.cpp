#include <gtest/gtest.h>

#include "common/crypto/sign.h"
#include "tests/support/sim_world.h"

namespace hoso::testing {
namespace {

enum Desk : std::size_t { kMc, kCv, kTp };

struct Office : SimWorld {
  Office() : SimWorld(7) {
    for (const char* role : {"MC", "CV", "TP"}) AddDesk(role);
  }
};

TEST(Office, WhatOneDeskReceivesOfflineTheOthersSeeAfterTheyExchange) {
  Office office;
  const std::string id = office.Receive(kMc, "Đặng Thị Ý Nhi");
  EXPECT_EQ(office.Shown(kCv, id).state, 0);
  office.SyncAll();
  EXPECT_EQ(office.Shown(kCv, id).Get("field.applicant.name"), "Đặng Thị Ý Nhi");
  EXPECT_EQ(office.Shown(kCv, id).code, "H49.06.994-261123-0001");
  EXPECT_EQ(office.Broken(), "");
}

TEST(Office, AChangeSaysWhatItsDeskKnewOfTheProvincesClock) {
  Office office;
  office.Receive(kMc, "Nguyễn Văn An");
  const auto first = change::Decode(office.desk_store(kMc).Outbox(0, 1).value().at(0).change);
  EXPECT_EQ(first->times.trusted_ms, 0);
  EXPECT_EQ(first->times.since_ms, -1);
  const std::int64_t told_ms = office.clock().NowMs();
  ASSERT_TRUE(office.Sync(kMc));
  office.clock().Advance(5000);
  const auto next = office.Act(kMc, first->dossier, change::AddNote{"sau đó"});
  ASSERT_TRUE(next);
  EXPECT_GE(next->times.trusted_ms, told_ms);
  EXPECT_GE(next->times.since_ms, 5000);
  EXPECT_EQ(next->times.trusted_ms + next->times.since_ms, next->times.desk_ms);
}

TEST(Office, AConflictShowsBothValuesOnEveryDesk) {
  Office office;
  const std::string id = office.Receive(kMc, "Nguyễn Văn An");
  office.SyncAll();
  ASSERT_TRUE(office.Write(kMc, id, "summary", "nhà hai tầng"));
  ASSERT_TRUE(office.Write(kCv, id, "summary", "nhà ba tầng"));
  ASSERT_TRUE(office.Write(kCv, id, "parcel.number", "123"));
  office.SyncAll();
  for (const std::size_t desk : {kMc, kCv, kTp}) {
    const change::DossierState state = office.Shown(desk, id);
    EXPECT_EQ(state.registers.at("field.summary").held.value, "nhà hai tầng");
    EXPECT_EQ(state.registers.at("field.summary").rivals.at(0).value, "nhà ba tầng");
    EXPECT_EQ(state.Get("field.parcel.number"), "123");
  }
  EXPECT_EQ(office.Broken(), "");
}

TEST(Office, ADecisionOnAnEarlierVersionIsSetAsideOnEveryDesk) {
  Office office;
  const std::string id = office.Receive(kMc, "Trần Thị Bình");
  ASSERT_TRUE(office.Step(kMc, id, "transfer"));
  office.SyncAll();
  ASSERT_TRUE(office.Step(kCv, id, "propose"));
  office.SyncAll();
  ASSERT_TRUE(office.Decide(kTp, id, change::Decision::kApprove));
  ASSERT_TRUE(office.Write(kCv, id, "summary", "sửa sau khi trình"));
  ASSERT_TRUE(office.Sync(kCv));
  office.SyncAll();
  for (const std::size_t desk : {kMc, kCv, kTp}) {
    const change::DossierState state = office.Shown(desk, id);
    ASSERT_EQ(state.set_aside.size(), 1u);
    EXPECT_EQ(state.set_aside[0].reason, "decide.earlier_version");
    EXPECT_EQ(state.set_aside[0].difference, std::vector<std::string>{"field.summary"});
    EXPECT_EQ(state.stage, "proposed");
  }
  EXPECT_EQ(office.Broken(), "");
}

TEST(Office, WhatWaitsSignedWithTheKeyOfBeforeAForgottenPinStillCounts) {
  Office office;
  const std::string id = office.Receive(kMc, "Trần Thị Bình");
  ASSERT_TRUE(office.Step(kMc, id, "transfer"));
  office.SyncAll();
  ASSERT_TRUE(office.Step(kCv, id, "propose"));
  office.SyncAll();
  const auto decided = office.Decide(kTp, id, change::Decision::kApprove);
  ASSERT_TRUE(decided);
  const base::Bytes later = crypto::PublicKey(crypto::MakeSeed(office.random()));
  ASSERT_TRUE(office.province_store().SaveDeviceOfficer(
      {decided->id.replica, office.member(kTp).user, later}));
  office.SyncAll();
  EXPECT_EQ(office.Log().back().verdict.reason, "");
  EXPECT_EQ(office.Shown(kCv, id).stage, "reviewed");
  EXPECT_EQ(office.Broken(), "");
}

TEST(Office, WhatAHeadDecidedBeforeLosingTheRightIsSetAsideAndNotLost) {
  Office office;
  const std::string id = office.Receive(kMc, "Trần Thị Bình");
  ASSERT_TRUE(office.Step(kMc, id, "transfer"));
  office.SyncAll();
  ASSERT_TRUE(office.Step(kCv, id, "propose"));
  office.SyncAll();
  ASSERT_TRUE(office.Decide(kTp, id, change::Decision::kApprove));
  auto head = office.province_store().FindUser(office.member(kTp).user).value();
  head->active = false;
  ASSERT_TRUE(office.province_store().SaveUser(*head));
  office.SyncAll();
  for (const std::size_t desk : {kMc, kCv, kTp}) {
    const change::DossierState state = office.Shown(desk, id);
    ASSERT_EQ(state.set_aside.size(), 1u);
    EXPECT_EQ(state.set_aside[0].reason, "right.inactive");
    EXPECT_EQ(state.stage, "proposed");
  }
  EXPECT_EQ(office.Broken(), "");
}

TEST(Office, AReceivingThatWasSetAsideGetsItsOfficialCodeWhenItIsAdopted) {
  Office office;
  const std::size_t second = office.AddDesk("MC");
  const std::string id = office.Receive(kMc, "Phạm Đức Hữu");
  auto officer = office.province_store().FindUser(office.member(kMc).user).value();
  officer->active = false;
  ASSERT_TRUE(office.province_store().SaveUser(*officer));
  office.SyncAll();
  const change::DossierState before = office.Shown(second, id);
  ASSERT_EQ(before.set_aside.size(), 1u);
  EXPECT_EQ(before.code, "");
  ASSERT_TRUE(office.Act(second, id, change::Settle{before.set_aside[0].id, true, "nhận thay"}));
  office.SyncAll();
  EXPECT_EQ(office.Log().back().verdict.reason, "");
  for (const std::size_t desk : {std::size_t{kMc}, std::size_t{kCv}, second})
    EXPECT_EQ(office.Shown(desk, id).code, "H49.06.994-261123-0001");
  EXPECT_EQ(office.Broken(), "");
}

TEST(Office, AnAnswerLostAfterTheCommitIsNotLostWork) {
  Office office;
  office.SyncAll();
  const std::string id = office.Receive(kMc, "Lê Thị Ngọc Ánh");
  MemoryProvince::Faults faults;
  faults.cut_answer = 0;
  EXPECT_EQ(office.Sync(kMc, faults).error().kind, base::ErrorKind::kUnreachable);
  EXPECT_EQ(office.Log().size(), 1u);
  office.RestartDesk(kMc);
  office.RestartProvince();
  office.SyncAll();
  EXPECT_EQ(office.Log().size(), 1u);
  EXPECT_EQ(office.Broken(), "");
}

TEST(Office, ALineCutAfterAnyOctetIsHarmless) {
  for (std::size_t cut = 1; cut < 3000; cut += 37) {
    SCOPED_TRACE(cut);
    Office office;
    if (cut % 2 == 0) office.SyncAll();  // The others have to ask for the epoch first.
    for (const char* name : {"Phạm Đức Hữu", "Lò Văn Ún", "H'Hương Niê"}) office.Receive(kMc, name);
    MemoryProvince::Faults request, answer;
    request.cut_request = cut;
    answer.cut_answer = cut;
    (void)office.Sync(kMc, request);
    (void)office.Sync(kCv, answer);
    office.SyncAll();
    ASSERT_EQ(office.Broken(), "");
  }
}

TEST(Office, AThousandChangesGoInBatches) {
  Office office;
  const std::string id = office.Receive(kMc, "Sùng A Páo");
  for (int i = 0; i < 300; ++i) ASSERT_TRUE(office.Write(kMc, id, "summary", std::to_string(i)));
  office.SyncAll();
  EXPECT_EQ(office.Shown(kCv, id).Get("field.summary"), "299");
  EXPECT_EQ(office.Broken(), "");
}

}  // namespace
}  // namespace hoso::testing
