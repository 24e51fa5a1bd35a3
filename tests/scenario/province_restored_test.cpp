#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "common/crypto/sign.h"
#include "sync/engine/receipt_proof.h"
#include "tests/support/backed_up_world.h"
#include "tests/support/lying_province.h"

// The province is put back from an older backup while desks are ahead.

namespace hoso::testing {
namespace {

enum Desk : std::size_t { kMc, kCv, kTp };

struct World : BackedUpWorld {
  World() : BackedUpWorld(41, {"MC", "CV", "TP"}) {}
  std::string Proven(std::size_t desk) {
    const auto proof = engine::ProveReceipts(desk_store(desk));
    return proof ? "" : proof.error().reason + " " + proof.error().detail;
  }
  std::vector<std::string> Notes(std::size_t desk) {
    std::vector<std::string> out;
    for (const change::Note& note : Shown(desk, id).notes) out.push_back(note.text);
    std::sort(out.begin(), out.end());
    return out;
  }
  std::vector<base::Bytes> Octets() { return *province_store().Entries(kUnit, 0, 100'000); }
  std::string Epoch() { return (*province_store().Unit(kUnit))->epoch; }
};

struct ProvinceRestored : World, ::testing::TestWithParam<bool> {
  void PutBack() { RestoreProvince(GetParam()); }
  /// `first` has got the code `given` when the province falls back to before; `second` waits for
  /// one elsewhere.
  void LoseACode() {
    counter = AddDesk("MC");
    SyncAll();
    BackUpProvince();
    first = Receive(kMc, "Trần Thị Bình");
    ASSERT_TRUE(Sync(kMc));
    given = Shown(kMc, first).code;
    second = Receive(counter, "Lê Văn Cường");
    PutBack();
  }
  std::size_t counter = 0;
  std::string first, second, given;
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
  ASSERT_NO_FATAL_FAILURE(LoseACode());
  // Told, a province is careful before it knows what it lost.
  Exchange({GetParam() ? counter : std::size_t{kMc}});
  SyncAll();
  EXPECT_EQ(Shown(counter, first).code, given);
  EXPECT_NE(Shown(kMc, second).code, "");
  EXPECT_NE(Shown(kMc, second).code, given);
  EXPECT_EQ(Broken(), "");
}

TEST_P(ProvinceRestored, ACodeThatWasGivenAgainLeadsToOneDossierOnly) {
  ASSERT_NO_FATAL_FAILURE(LoseACode());
  Exchange({counter});  // Nobody has told the province of the first yet.
  SyncAll();
  EXPECT_NE(Shown(counter, first).code, "");
  EXPECT_NE(Shown(counter, first).code, Shown(counter, second).code);
  EXPECT_EQ(Shown(counter, GetParam() ? first : second).code, given);
  EXPECT_EQ(Broken(), "");
  EXPECT_EQ(Audited(), "");
}

TEST_P(ProvinceRestored, WhoWasRegisteredAfterTheBackupIsNoBreakOfTheAudit) {
  const crypto::Secret fresh = crypto::MakeSeed(random());
  ASSERT_TRUE(province_store().database().Atomically([&] {
    return province_store().SaveDeviceOfficer(
        {desk_store(kTp).Meta("replica")->value(), member(kTp).user, crypto::PublicKey(fresh)});
  }));
  ASSERT_TRUE(Step(kCv, id, "propose"));
  SyncAll();
  const auto head = desk_store(kTp).Head().value();
  MemoryProvince line = Line(kTp);
  SimWorld::Program program = AnotherProgram(kTp);
  const engine::Actor actor{member(kTp).user, &fresh};
  ASSERT_TRUE(program.desk->Record(
      actor, id,
      change::Decide{change::Decision::kApprove, change::ContentDigest(Shown(kTp, id)),
                     head.position, ""}));
  ASSERT_TRUE(program.desk->Sync(line, actor));
  ASSERT_EQ(Audited(), "");
  PutBack();
  SyncAll();
  EXPECT_EQ(Shown(kMc, id).stage, "reviewed");
  EXPECT_EQ(Audited(), "");
}

TEST_P(ProvinceRestored, TwiceInARowAndWithWorkUnderWay) {
  Note(kMc, "một");
  ASSERT_TRUE(Write(kCv, id, "summary", "nhà hai tầng"));
  SyncAll();
  PutBack();
  Note(kTp, "chưa gửi");
  Exchange({kMc});
  PutBack();
  Note(kMc, "giữa hai lần");
  Exchange({kTp});
  PutBack();
  SyncAll();
  EXPECT_EQ(Notes(kCv), (std::vector<std::string>{"chưa gửi", "giữa hai lần", "một"}));
  EXPECT_EQ(Broken(), "");
}

TEST_P(ProvinceRestored, TogetherWithADeskThatWasPutBackToo) {
  BackUpDesk(kCv);
  Note(kCv, "trước");
  SyncAll();
  RestoreDesk(kCv, GetParam());
  PutBack();
  Note(kCv, "sau");      // Under the same number: the desk has forgotten the first.
  Exchange({kMc, kCv});  // Another brings it before that number is taken.
  SyncAll();
  EXPECT_EQ(Notes(kTp), (std::vector<std::string>{"sau", "trước"}));
  EXPECT_EQ(Broken(), "");
}

TEST_P(ProvinceRestored, WhatADeskPutBackBelievesReceivedIsSentAgain) {
  Note(kMc, "một");
  // The answer is cut behind the receipt: received, but not yet in the desk's log.
  constexpr std::size_t kStep = 20, kMost = 4000;
  for (MemoryProvince::Faults faults{{}, 0}; *desk_store(kMc).UnsentThrough(INT64_MAX) > 0;
       faults.cut_answer = *faults.cut_answer + kStep) {
    ASSERT_LT(*faults.cut_answer, kMost);
    (void)Sync(kMc, faults);
  }
  ASSERT_EQ(*desk_store(kMc).OutboxCount(), 1);
  BackUpDesk(kMc);
  PutBack();
  RestoreDesk(kMc, true);
  Exchange({kMc, kTp});
  EXPECT_EQ(Notes(kTp), (std::vector<std::string>{"một"}));
  SyncAll();
  EXPECT_EQ(Broken(), "");
}

TEST_P(ProvinceRestored, WhereADeskPutBackHasTakenTheNumberBothAreKept) {
  BackUpDesk(kCv);
  Note(kCv, "trước");
  SyncAll();
  RestoreDesk(kCv, GetParam());
  PutBack();
  Note(kCv, "sau");
  Exchange({kCv});  // The number now means this note, and its receipt says so.
  SyncAll();
  Note(kCv, "còn làm tiếp");
  SyncAll();
  for (const std::size_t desk : {kMc, kCv, kTp}) {
    EXPECT_EQ(Notes(desk), (std::vector<std::string>{"còn làm tiếp", "sau"}));
    const change::DossierState state = Shown(desk, id);
    ASSERT_EQ(state.OpenSetAside(), 1);
    EXPECT_EQ(state.set_aside[0].reason, change::kNumberTaken);
    EXPECT_EQ(DigestOf(desk), DigestOfProvince());
    EXPECT_EQ(desk_store(desk).OutboxCount().value(), 0);
  }
  // Set aside, it can be adopted like any other.
  ASSERT_TRUE(Act(kMc, id, change::Settle{Shown(kMc, id).set_aside[0].id, true, "vẫn cần"}));
  SyncAll();
  EXPECT_EQ(Notes(kTp), (std::vector<std::string>{"còn làm tiếp", "sau", "trước"}));
  // And once more the other way: what was set aside comes back as that.
  PutBack();
  SyncAll();
  EXPECT_EQ(Notes(kTp), (std::vector<std::string>{"còn làm tiếp", "sau", "trước"}));
  EXPECT_EQ(DigestOf(kCv), DigestOfProvince());
  EXPECT_EQ(Audited(), "");
  for (const std::size_t desk : {kMc, kCv, kTp}) EXPECT_EQ(Proven(desk), "");
}

TEST_P(ProvinceRestored, WhatRefersToANumberThatWasTakenIsNotTakenForItsSuccessor) {
  BackUpDesk(kCv);
  ASSERT_TRUE(Write(kCv, id, "summary", "nhà một tầng"));
  ASSERT_TRUE(Write(kCv, id, "summary", "nhà hai tầng"));  // Refers to the first by its number.
  SyncAll();
  RestoreDesk(kCv, GetParam());
  PutBack();
  ASSERT_TRUE(Write(kCv, id, "summary", "nhà ba tầng"));
  Exchange({kCv});
  SyncAll();
  for (const std::size_t desk : {kMc, kCv, kTp}) {
    const change::DossierState state = Shown(desk, id);
    EXPECT_EQ(state.Get("field.summary"), "nhà ba tầng");
    ASSERT_EQ(state.set_aside.size(), 2u);
    for (const change::SetAside& aside : state.set_aside)
      EXPECT_EQ(aside.reason, change::kNumberTaken);
    EXPECT_EQ(DigestOf(desk), DigestOfProvince());
  }
  PutBack();
  SyncAll();
  EXPECT_EQ(Shown(kTp, id).Get("field.summary"), "nhà ba tầng");
  EXPECT_EQ(Shown(kTp, id).set_aside.size(), 2u);
  EXPECT_EQ(DigestOf(kCv), DigestOfProvince());
  EXPECT_EQ(Audited(), "");
}

TEST_P(ProvinceRestored, TwiceWhatTwoCopiesDidUnderOneNumberComesBackWholeBothTimes) {
  const std::size_t copy = CloneDesk(kCv);
  Note(copy, "bản sao");
  Exchange({copy});
  Note(kCv, "máy đầu");
  PutBack();
  Exchange({kCv, copy});  // The first number is taken; the copy gives its note another.
  Note(kCv, "nữa");
  PutBack();
  Exchange({kCv, copy, kMc, kTp});
  SyncAll();
  for (const std::size_t desk : {std::size_t{kMc}, std::size_t{kCv}, std::size_t{kTp}, copy}) {
    EXPECT_EQ(Notes(desk), (std::vector<std::string>{"bản sao", "máy đầu", "nữa"}));
    EXPECT_EQ(DigestOf(desk), DigestOfProvince());
    EXPECT_EQ(desk_store(desk).OutboxCount().value(), 0);
  }
  EXPECT_EQ(Audited(), "");
}

/// A province that does not hear what it is given back.
struct Deaf : LyingProvince {
  explicit Deaf(engine::Province& honest)
      : LyingProvince(
            honest, [](Answer&) {}, Drop) {}
  static void Drop(Answer& said) {
    std::erase_if(said, [](const protocol::Message& message) {
      return std::holds_alternative<protocol::Returned>(message) ||
             std::holds_alternative<protocol::Receipt>(message);
    });
  }
};

TEST_P(ProvinceRestored, OneThatLeavesOutWhatItSignedIsFoundOut) {
  Note(kMc, "một");
  SyncAll();
  PutBack();
  MemoryProvince honest = Line(kCv);
  Deaf province(honest);
  Program program = AnotherProgram(kCv);
  const auto report = program.desk->Sync(province);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().reason, "log.rewritten");
  SyncAll();  // The others still bring it back.
  EXPECT_EQ(Broken(), "");
}

TEST_P(ProvinceRestored, OneThatLeavesOutWhatItSignedTakesNothingFromADesk) {
  Note(kMc, "một");
  Exchange({kMc, kCv});
  const std::string other = Receive(kMc, "Trần Thị Bình");
  Exchange({kMc, kCv});
  const std::string code = Shown(kCv, other).code;
  PutBack();
  Note(kTp, "mới");  // In the place of what was lost.
  Exchange({kTp});
  const std::vector<base::Bytes> log = *desk_store(kCv).Entries(0, 100);
  MemoryProvince honest = Line(kCv);
  Deaf province(honest);
  Program program = AnotherProgram(kCv);
  const auto report = program.desk->Sync(province);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().reason, "log.rewritten");
  EXPECT_EQ(*desk_store(kCv).Entries(0, 100), log);
  // Nobody else had it, and whose it is comes no more.
  Exchange({kCv, kTp});
  EXPECT_EQ(Notes(kTp), (std::vector<std::string>{"một", "mới"}));
  EXPECT_EQ(Shown(kTp, other).code, code);
}

TEST_P(ProvinceRestored, AReceiptOfAnEarlierPositionHidesNoLaterOne) {
  const base::Bytes earlier = desk_store(kCv).Receipts(1)->front();
  Note(kMc, "một");
  Exchange({kMc, kCv});
  // A second program of this desk had begun to exchange before, and ended after the first.
  ASSERT_TRUE(desk_store(kCv).AddReceipt(0, earlier));
  PutBack();
  Exchange({kCv, kTp});
  EXPECT_EQ(Notes(kTp), (std::vector<std::string>{"một"}));
}

/// What a desk could say for itself in a recovery.
struct Liar : World {
  Liar() {
    Note(kMc, "một");
    Note(kMc, "hai");
    SyncAll();
    RestoreProvince(false);
    store::DeskStore& desk = desk_store(kCv);
    entries = *desk.Entries(2, 100);
    receipt = *protocol::DecodeReceipt(desk.Receipts(1)->front());
    hello.replica = **desk.Meta("replica");
    hello.unit = kUnit;
    hello.epoch = Epoch();
    hello.position = 2;
    hello.log_hash = **desk.HashAt(2);
  }
  protocol::Message Answer() {
    StringSink answer;
    std::string request;
    for (const protocol::Message& message : std::vector<protocol::Message>{
             hello, protocol::Returned{3, entries}, receipt, protocol::Over{}})
      request += protocol::EncodeFrame(message);
    CutSource said(request, false);
    MemoryProvince line = Line(kCv);
    EXPECT_TRUE(line.Exchange(said, answer));
    CutSource source(answer.text, false);
    return *protocol::FrameReader(source).Next();
  }
  std::string Refusal() {
    const protocol::Message first = Answer();
    const auto* refused = std::get_if<protocol::Refused>(&first);
    return refused == nullptr ? "" : refused->reason;
  }
  std::vector<base::Bytes> entries;
  protocol::Receipt receipt;
  protocol::Hello hello;
};

TEST(ProvinceRestoredByALiar, NothingIsTakenThatTheProvinceDidNotSign) {
  Liar liar;
  const std::vector<base::Bytes> log = liar.Octets();
  const std::string epoch = liar.Epoch();
  const auto entries = liar.entries;
  const auto receipt = liar.receipt;
  ASSERT_EQ(entries.size(), 2u);
  for (std::size_t at = 0; at < entries[1].size(); at += 7) {
    liar.entries[1][at] = static_cast<char>(entries[1][at] ^ 1);
    EXPECT_EQ(liar.Refusal(), "return.unproven") << at;
    liar.entries = entries;
  }
  liar.entries = {entries[1], entries[0]};
  EXPECT_EQ(liar.Refusal(), "return.unproven");
  liar.entries = {entries[0]};
  EXPECT_EQ(liar.Refusal(), "return.unproven");
  liar.receipt.position = 3;
  liar.receipt.log_hash = change::LogHash(liar.hello.log_hash, entries[0]);
  EXPECT_EQ(liar.Refusal(), "return.unproven");
  liar.entries = entries;
  liar.receipt = receipt;
  liar.receipt.signature[5] = static_cast<char>(receipt.signature[5] ^ 1);
  EXPECT_EQ(liar.Refusal(), "return.unproven");
  liar.receipt = receipt;
  liar.receipt.unit = "06652";
  EXPECT_EQ(liar.Refusal(), "return.unproven");
  liar.entries = {};
  EXPECT_EQ(liar.Refusal(), "message.unexpected");
  EXPECT_EQ(liar.Octets(), log);
  EXPECT_EQ(liar.Epoch(), epoch);  // Nor do the others have to come again.

  liar.entries = entries;
  liar.receipt = receipt;
  EXPECT_EQ(liar.Refusal(), "");
  EXPECT_EQ(liar.Octets().size(), 4u);
  EXPECT_EQ(liar.Refusal(), "");  // A repeat is harmless.
  EXPECT_EQ(liar.Octets().size(), 4u);
  liar.SyncAll();
  EXPECT_EQ(liar.Broken(), "");
}

TEST(ProvinceRestoredByALiar, AHelloOfAnotherLogBeginsNoEpoch) {
  World world;
  protocol::Hello hello;
  hello.replica = **world.desk_store(kCv).Meta("replica");
  hello.unit = World::kUnit;
  hello.epoch = world.Epoch();
  const std::string epoch = world.Epoch();
  for (const std::int64_t position : {1, 2, 3, 1'000'000}) {
    hello.position = position;
    hello.log_hash = base::Bytes(32, 'x');
    StringSink answer;
    CutSource request(protocol::EncodeFrame(hello) + protocol::EncodeFrame(protocol::Over{}),
                      false);
    MemoryProvince line = world.Line(kCv);
    ASSERT_TRUE(line.Exchange(request, answer));
    CutSource source(answer.text, false);
    const protocol::Message first = *protocol::FrameReader(source).Next();
    EXPECT_TRUE(std::holds_alternative<protocol::Behind>(first)) << position;
  }
  EXPECT_EQ(world.Epoch(), epoch);
  world.SyncAll();
  EXPECT_EQ(world.Broken(), "");
}

}  // namespace
}  // namespace hoso::testing
