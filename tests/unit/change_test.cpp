#include "common/change/change.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "common/change/entry.h"
#include "common/change/judge.h"
#include "common/change/renumber.h"
#include "tests/support/change_story.h"

namespace hoso::change {
namespace {

using testing::kDossier;
using testing::Story;

TEST(ChangeCodec, WhatIsEncodedIsReadBackTheSame) {
  Story story;
  for (const Change& change :
       {story.Create("a"), story.Set("a", "summary", "đặc khu Vân Đồn"), story.Note("a", "ghi chú"),
        story.Move("a", "transfer"), story.DecideNow("t", Decision::kApprove)}) {
    const auto again = Decode(Encode(change));
    ASSERT_TRUE(again.has_value()) << KindOf(change);
    EXPECT_EQ(*again, change);
  }
}

TEST(ChangeCodec, AnyChangedOctetIsRefusedOrAnotherChange) {
  Story story;
  const base::Bytes octets = Encode(story.Create("a"));
  for (std::size_t i = 0; i < octets.size(); ++i) {
    base::Bytes damaged = octets;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x41);
    const auto read = Decode(damaged);
    EXPECT_TRUE(!read || Encode(*read) != octets) << "octet " << i;
  }
  for (std::size_t size = 0; size < octets.size(); ++size)
    EXPECT_FALSE(Decode(octets.substr(0, size)).has_value());
}

TEST(ChangeCodec, AKindOfANewerProgramIsReadAsUnknown) {
  Story story;
  Change change = story.Note("a", "x");
  change.body = Unknown{"parcel-split"};
  const auto read = Decode(Encode(change));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(KindOf(*read), "parcel-split");
}

TEST(StateCodec, NumbersOutOfBoundsAreRefusedNotCutShort) {
  Story story;
  story.Proposed();
  story.Log(story.DecideNow("t", Decision::kApprove));
  const base::Bytes octets = EncodeState(story.state());
  ASSERT_TRUE(DecodeState(octets).has_value());
  // The members' names and the canonical octet of a small number after them.
  for (const std::string name : {"estate", "dsupp", "cext"}) {
    base::Bytes damaged = octets;
    const auto at = damaged.find(name);
    ASSERT_NE(at, base::Bytes::npos) << name;
    damaged.replace(at + name.size(), 1, base::Bytes("\x1b\x00\x00\x00\x01\x00\x00\x00\x00", 9));
    EXPECT_FALSE(DecodeState(damaged).has_value()) << name;
  }
  base::Bytes decided = octets;
  const auto at = decided.find("cdec\x85");
  ASSERT_NE(at, base::Bytes::npos);
  decided[at + 5] = 3;
  EXPECT_FALSE(DecodeState(decided).has_value());
}

TEST(Renumber, MovesTheChangeAndEveryReferenceToItsOwnReplica) {
  Story story;
  const Change first = story.Set("a", "summary", "một");
  Change second = story.Set("a", "summary", "hai");
  std::get<SetFields>(second.body).fields[0].seen = first.id;
  Change wanted = second;
  wanted.id.sequence = 12;
  std::get<SetFields>(wanted.body).fields[0].seen->sequence = 11;
  EXPECT_EQ(Renumber(Encode(second), 12, {{1, 11}, {2, 12}}), Encode(wanted));

  Change resolve = second;  // Another replica's numbers are left alone.
  const ChangeId other{story.Set("b", "x", "y").id.replica, 1};
  resolve.body = Resolve{"field.summary", 3, {first.id, other}, first.id, {}};
  resolve.signature = base::Bytes(64, 's');
  const auto moved = Decode(Renumber(Encode(resolve), 2, {{1, 11}}));
  ASSERT_TRUE(moved.has_value());
  const auto& body = std::get<Resolve>(moved->body);
  EXPECT_EQ(body.seen[0].sequence, 11);
  EXPECT_EQ(body.seen[1], other);
  EXPECT_EQ(body.keep->sequence, 11);
  EXPECT_TRUE(moved->signature.empty());
  EXPECT_EQ(Decode(WithSignature(Encode(*moved), base::Bytes(64, 't')))->signature,
            base::Bytes(64, 't'));
}

TEST(Renumber, LeavesWhatDoesNotChangeOctetForOctet) {
  Story story;
  Change decide = story.DecideNow("t", Decision::kApprove);
  EXPECT_EQ(Renumber(Encode(decide), decide.id.sequence, {{7, 9}}), Encode(decide));
  EXPECT_EQ(Renumber("no change", 1, {}), "");
}

TEST(Renumber, TheSameActUnderTwoNumbersIsRecognised) {
  Story story;
  const Change decide = story.DecideNow("t", Decision::kApprove);
  EXPECT_EQ(ActOf(Encode(decide)), ActOf(Renumber(Encode(decide), 77, {})));
  EXPECT_NE(ActOf(Encode(decide)), ActOf(Encode(story.DecideNow("t", Decision::kRefuse))));
  EXPECT_EQ(ActOf("no change"), "no change");
}

TEST(ChangeCodec, DeepNestingAndBadTextAreRefused) {
  EXPECT_FALSE(Decode(base::Bytes(100'000, '\x81')).has_value());
  Story story;
  EXPECT_FALSE(Decode(Encode(story.Note("a", "x")) + "x").has_value());
}

TEST(Merge, DifferentFieldsBothStay) {
  Story story;
  story.Log(story.Create("a"));
  const Change phone = story.Set("a", "applicant.phone", "0901");
  const Change sheet = story.Set("b", "parcel.sheet", "45");
  story.Log(phone);
  story.Log(sheet);
  EXPECT_EQ(story.state().Get("field.applicant.phone"), "0901");
  EXPECT_EQ(story.state().Get("field.parcel.sheet"), "45");
  EXPECT_EQ(story.state().OpenConflicts(), 0);
}

TEST(Merge, TheSameFieldKeepsBothValuesWithAuthors) {
  Story story;
  story.Log(story.Create("a"));
  const Change hers = story.Set("a", "summary", "nhà hai tầng");
  const Change his = story.Set("b", "summary", "nhà ba tầng");
  EXPECT_EQ(story.Log(hers).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.Log(his).outcome, Outcome::kAcceptedWithConflicts);
  const Register& place = story.state().registers.at("field.summary");
  EXPECT_EQ(place.held.value, "nhà hai tầng");
  ASSERT_EQ(place.rivals.size(), 1u);
  EXPECT_EQ(place.rivals[0].value, "nhà ba tầng");
  EXPECT_EQ(place.rivals[0].author, "user-b");
  EXPECT_EQ(place.began, 3);
}

TEST(Merge, TwoEditsInARowOnOneDeskNeverConflictWithEachOther) {
  Story story;
  story.Log(story.Create("a"));
  const Change first = story.Set("b", "summary", "một");
  Change second = story.Set("b", "summary", "hai");
  std::get<SetFields>(second.body).fields[0].seen = first.id;
  story.Log(story.Set("a", "summary", "không"));
  story.Log(first);
  story.Log(second);
  const Register& place = story.state().registers.at("field.summary");
  ASSERT_EQ(place.rivals.size(), 1u);
  EXPECT_EQ(place.rivals[0].value, "hai");
}

TEST(Merge, TheSameValueFromTwoDesksIsNoConflict) {
  Story story;
  story.Log(story.Create("a"));
  const Change mine = story.Set("a", "summary", "x");
  const Change yours = story.Set("b", "summary", "x");
  story.Log(mine);
  EXPECT_EQ(story.Log(yours).outcome, Outcome::kAccepted);
  Change next = story.Set("b", "summary", "y");
  std::get<SetFields>(next.body).fields[0].seen = yours.id;
  EXPECT_EQ(story.Log(next).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.state().Get("field.summary"), "y");
}

TEST(Resolve, ChoosesAValueAndTheSecondResolveIsSetAside) {
  Story story;
  story.Log(story.Create("a"));
  const Change hers = story.Set("a", "summary", "A"), his = story.Set("b", "summary", "B");
  story.Log(hers);
  story.Log(his);
  const Change keep_his = story.ResolveNow("c", "field.summary", his.id);
  const Change keep_hers = story.ResolveNow("t", "field.summary", hers.id);
  EXPECT_EQ(story.Log(keep_his).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.state().Get("field.summary"), "B");
  EXPECT_EQ(story.Log(keep_hers).reason, "resolve.closed");
  EXPECT_EQ(story.state().OpenSetAside(), 1);
}

TEST(Resolve, AValueTheResolverNeverSawStaysOpen) {
  Story story;
  story.Log(story.Create("a"));
  const Change hers = story.Set("a", "summary", "A"), his = story.Set("b", "summary", "B"),
               third = story.Set("t", "summary", "C");
  story.Log(hers);
  story.Log(his);
  const Change resolve = story.ResolveNow("c", "field.summary", his.id);
  story.Log(third);
  EXPECT_EQ(story.Log(resolve).outcome, Outcome::kAcceptedWithConflicts);
  const Register& place = story.state().registers.at("field.summary");
  EXPECT_EQ(place.held.value, "B");
  ASSERT_EQ(place.rivals.size(), 1u);
  EXPECT_EQ(place.rivals[0].value, "C");
}

TEST(Decide, OnAnEarlierVersionIsSetAsideWithTheDifference) {
  Story story;
  story.Proposed();
  story.Log(story.Set("a", "applicant.phone", "0905123456"));  // The last that the author saw.
  const Change decision = story.DecideNow("t", Decision::kApprove);
  story.Log(story.Set("a", "summary", "đổi sau khi trình"));
  EXPECT_EQ(story.Log(decision).reason, "decide.earlier_version");
  ASSERT_EQ(story.state().set_aside.size(), 1u);
  EXPECT_EQ(story.state().set_aside[0].difference, std::vector<std::string>{"field.summary"});
  EXPECT_EQ(story.state().stage, "proposed");
}

TEST(Decide, AfterAnotherDecisionIsOnAnEarlierVersionToo) {
  Story story;
  story.Proposed();
  const Change approves = story.DecideNow("t", Decision::kApprove),
               returns = story.DecideNow("l", Decision::kReturn);
  story.Log(returns);
  EXPECT_EQ(story.Log(approves).reason, "decide.earlier_version");
  EXPECT_EQ(story.state().set_aside.at(0).difference, std::vector<std::string>{"stage"});
  EXPECT_EQ(story.state().stage, "returned");
  EXPECT_EQ(story.Log(story.DecideNow("t", Decision::kApprove)).reason, "decide.not_proposed");
}

TEST(Decide, IsRefusedWithAnOpenConflictAndToWhoReceivedOrProposed) {
  Story story;
  story.Proposed();
  const Change hers = story.Set("a", "summary", "A"), his = story.Set("b", "summary", "B");
  story.Log(hers);
  story.Log(his);
  EXPECT_EQ(story.Log(story.DecideNow("t", Decision::kApprove)).reason, "decide.open_conflict");
  story.Log(story.ResolveNow("t", "field.summary", his.id));
  story.SetRole("b", domain::Role::kTp);  // Proposed it as a specialist, heads the department now.
  EXPECT_EQ(story.Log(story.DecideNow("b", Decision::kApprove)).reason, "decide.own_dossier");
  // Who resolved the conflict may approve.
  EXPECT_EQ(story.Log(story.DecideNow("t", Decision::kApprove)).outcome, Outcome::kAccepted);
}

TEST(Decide, WhatWasApprovedStaysWhatWasApprovedUntilReopened) {
  Story story;
  story.Proposed();
  story.Log(story.DecideNow("t", Decision::kApprove));
  const std::string before = ContentDigest(story.state());
  EXPECT_EQ(story.Log(story.Set("a", "summary", "muộn")).reason, "dossier.locked");
  EXPECT_EQ(ContentDigest(story.state()), before);
  EXPECT_EQ(story.Log(story.Note("a", "ghi chú vẫn được")).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.Log(story.Move("v", "finish")).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.Log(story.Move("l", "reopen")).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.Log(story.Set("a", "parcel.number", "12")).outcome, Outcome::kAccepted);
}

TEST(Settle, TwoSetAsideUnderOneNumberAreSettledOneAfterTheOther) {
  Story story;
  ASSERT_EQ(story.Log(story.Create("a")).outcome, Outcome::kAccepted);
  // After a loss of the province one number may stand for two changes.
  Change one = story.Assign("b", "user-c"), other = story.Assign("b", "user-b");
  other.id = one.id;
  for (const Change& change : {one, other})
    ASSERT_EQ(story.Log(change).outcome, Outcome::kSetAside);
  EXPECT_EQ(story.Log(story.SettleNow("t", one.id, false)).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.Log(story.SettleNow("t", one.id, true)).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.state().set_aside[0].settled, "dismissed");
  EXPECT_EQ(story.state().set_aside[1].settled, "adopted");
  EXPECT_EQ(story.state().Get("assignee"), "user-b");
  EXPECT_EQ(story.Log(story.SettleNow("t", one.id, true)).reason, "settle.closed");
  EXPECT_EQ(story.Refold(), story.state());
}

TEST(Settle, AdoptsASetAsideChangeOrDismissesIt) {
  Story story;
  story.Proposed();
  story.Log(story.DecideNow("t", Decision::kApprove));
  const Change late = story.Set("a", "summary", "muộn");
  story.Log(late);
  EXPECT_EQ(story.Log(story.SettleNow("t", late.id, true)).reason, "settle.cannot_adopt");
  story.Log(story.Move("v", "finish"));
  story.Log(story.Move("l", "reopen"));
  EXPECT_EQ(story.Log(story.SettleNow("t", late.id, true)).outcome, Outcome::kAccepted);
  EXPECT_EQ(story.state().Get("field.summary"), "muộn");
  EXPECT_EQ(story.Log(story.SettleNow("t", late.id, false)).reason, "settle.closed");
}

TEST(Settle, AdoptsNoDecisionThatAnotherHadToSign) {
  Story story;
  story.Proposed();
  story.SetRole("t", domain::Role::kCv);  // Heads the department no more.
  const Change decision = story.DecideNow("t", Decision::kApprove);
  ASSERT_EQ(story.Log(decision).reason, "right.role");
  // The dossier is as it was then, and this one may decide himself.
  EXPECT_EQ(story.Log(story.SettleNow("l", decision.id, true)).reason, "settle.cannot_adopt");
  EXPECT_EQ(story.state().stage, "proposed");
  EXPECT_EQ(story.Log(story.SettleNow("l", decision.id, false)).outcome, Outcome::kAccepted);
}

TEST(Rights, FollowTheRoleTheUnitAndTheOfficersOwnSignature) {
  Story story;
  story.Log(story.Create("a"));
  EXPECT_EQ(story.Log(story.Create("b")).reason, "right.role");  // A specialist receives nothing.
  EXPECT_EQ(story.Log(story.Set("v", "summary", "x")).reason, "right.role");
  EXPECT_EQ(story.Log(story.Move("b", "transfer")).reason, "right.role");
  EXPECT_EQ(story.Log(story.Note("nobody", "x")).reason, "right.unknown_author");
  story.Retire("b");
  EXPECT_EQ(story.Log(story.Set("b", "summary", "x")).reason, "right.inactive");
}

/// Every value ever written is held, in an open conflict, or replaced by a change that named a
/// change which wrote it.
void CheckNothingVanished(const DossierState& state, const std::vector<Change>& written) {
  const Register& place = state.registers.at("field.summary");
  std::set<std::string> known = {place.held.value};
  for (const Value& rival : place.rivals) known.insert(rival.value);
  std::map<ChangeId, std::string> wrote;
  for (const Change& change : written)
    wrote[change.id] = std::get<SetFields>(change.body).fields[0].value;
  for (const Change& change : written) {
    const auto& seen = std::get<SetFields>(change.body).fields[0].seen;
    if (seen) known.insert(wrote.at(*seen));
  }
  for (const auto& [id, value] : wrote) EXPECT_TRUE(known.contains(value)) << "lost " << value;
}

TEST(MergeProperty, AnyInterleavingLosesNothingAndEveryReplicaFoldsToTheSame) {
  for (unsigned seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Story story;
    story.Log(story.Create("a"));
    // Three desks write in chains of their own, each seeing only its own last value.
    std::map<std::string, std::vector<Change>> waiting;
    std::vector<Change> all;
    for (int i = 0; i < 12; ++i) {
      const std::string who(1, "abt"[random() % 3]);
      Change change = story.Set(who, "summary", std::to_string(random() % 4));
      auto& write = std::get<SetFields>(change.body).fields[0];
      write.seen = std::nullopt;
      if (!waiting[who].empty()) write.seen = waiting[who].back().id;
      waiting[who].push_back(change);
      all.push_back(change);
    }
    while (!waiting.empty()) {
      auto it = std::next(waiting.begin(), static_cast<long>(random() % waiting.size()));
      story.Log(it->second.front());
      it->second.erase(it->second.begin());
      if (it->second.empty()) waiting.erase(it);
    }
    CheckNothingVanished(story.state(), all);
    EXPECT_EQ(story.Refold(), story.state());
    const auto stored = DecodeState(EncodeState(story.state()));
    ASSERT_TRUE(stored.has_value());
    EXPECT_EQ(*stored, story.state());
  }
}

}  // namespace
}  // namespace hoso::change
