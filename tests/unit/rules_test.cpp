#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "common/change/judge.h"
#include "common/domain/workflow.h"
#include "tests/support/change_story.h"

// What each kind of change does when it meets another: one test for every line of that table.

namespace hoso::change {
namespace {

using testing::Story;

const Verdict kTaken{};

TEST(Rules, ASecondCreateOfOneDossierIsSetAsideWhole) {
  Story story;
  story.Log(story.Create("a"));
  Change again = story.Create("a");
  std::get<Create>(again.body).fields["applicant.name"] = "Người khác";
  const DossierState before = story.state();
  EXPECT_EQ(story.Log(again).reason, "create.duplicate");
  EXPECT_EQ(story.state().registers, before.registers);
  EXPECT_EQ(story.state().set_aside.at(0).change, Encode(again));
}

TEST(Rules, OneChangeOfManyFieldsConflictsOnlyWhereItMust) {
  Story story;
  story.Log(story.Create("a"));
  Change both = story.Set("b", "summary", "B");
  std::get<SetFields>(both.body).fields.push_back({"parcel.number", "7", std::nullopt});
  story.Log(story.Set("a", "summary", "A"));
  EXPECT_EQ(story.Log(both).outcome, Outcome::kAcceptedWithConflicts);
  EXPECT_EQ(story.state().registers.at("field.summary").rivals.at(0).value, "B");
  EXPECT_EQ(story.state().Get("field.parcel.number"), "7");
  EXPECT_EQ(story.state().OpenConflicts(), 1);
}

TEST(Rules, ItemsOfTheChecklistMergeOneByOne) {
  Story story;
  Change create = story.Create("a");
  std::get<Create>(create.body).components = {"c1", "c2"};
  story.Log(create);
  const Change mine = story.Check("a", "c1", "have"), yours = story.Check("b", "c2", "copy"),
               other = story.Check("t", "c1", "copy");
  EXPECT_EQ(story.Log(mine), kTaken);
  EXPECT_EQ(story.Log(yours), kTaken);
  EXPECT_EQ(story.Log(other).outcome, Outcome::kAcceptedWithConflicts);
  EXPECT_EQ(story.state().Get("component.c2"), "copy");
  EXPECT_EQ(story.state().registers.at("component.c1").rivals.at(0).author, "user-t");
  EXPECT_EQ(story.Log(story.Check("a", "c2", "maybe")).reason, "check.value");
}

TEST(Rules, NotesAreTakenInEveryStateAndNeverSpoilADecision) {
  Story story;
  story.Proposed();
  const Change decision = story.DecideNow("t", Decision::kApprove);
  EXPECT_EQ(story.Log(story.Note("b", "trong lúc đó")), kTaken);
  EXPECT_EQ(story.Log(decision), kTaken);
  for (const char* step : {"finish", "return-result"}) {
    EXPECT_EQ(story.Log(story.Note("a", step)), kTaken);
    ASSERT_EQ(story.Log(story.Move(step[0] == 'f' ? "v" : "a", step)), kTaken);
  }
  EXPECT_EQ(story.Log(story.Note("a", "đã trả")), kTaken);
  EXPECT_EQ(story.state().notes.size(), 4u);
}

TEST(Rules, AStepFromAnEarlierStateIsSetAsideUnlessAllowedFromTheNewOne) {
  Story story;
  story.Log(story.Create("a"));
  const Change withdraw = story.Move("a", "withdraw");
  story.Log(story.Move("a", "transfer"));
  const Change financial = story.Move("c", "financial"), propose = story.Move("b", "propose");
  story.Log(financial);
  EXPECT_EQ(story.Log(propose).reason, "step.not_allowed");
  EXPECT_EQ(story.state().state, domain::kFinancial);
  EXPECT_EQ(story.Log(withdraw), kTaken);  // Made when it was accepted; allowed from here too.
  EXPECT_EQ(story.state().state, domain::kWithdrawn);
  EXPECT_FALSE(story.state().pauses.at(0).to.empty());
}

TEST(Rules, WithdrawalIsTakenFromEveryStateListed) {
  for (const std::vector<const char*>& way : {std::vector<const char*>{},
                                              {"transfer"},
                                              {"transfer", "ask-supplement"},
                                              {"transfer", "financial"}}) {
    Story story;
    story.Log(story.Create("a"));
    for (const char* step : way) story.Log(story.Move(step[0] == 't' ? "a" : "b", step));
    EXPECT_EQ(story.Log(story.Move("a", "withdraw")), kTaken) << way.size();
    EXPECT_EQ(story.Log(story.Set("a", "summary", "x")).reason, "dossier.locked");
    EXPECT_EQ(story.Log(story.Move("a", "transfer")).reason, "step.not_allowed");
  }
}

TEST(Rules, TheFirstAssignmentHoldsAndTheHeadDecidesTheOther) {
  Story story;
  story.Log(story.Create("a"));
  story.Log(story.Move("a", "transfer"));
  story.Log(story.Assign("t", "user-b"));
  const Change to_c = story.Assign("t", "user-c"), to_a = story.Assign("l", "user-a");
  const Change work = story.Set("b", "summary", "làm khi còn được giao");
  EXPECT_EQ(story.Log(to_c), kTaken);
  EXPECT_EQ(story.Log(to_a).outcome, Outcome::kAcceptedWithConflicts);
  EXPECT_EQ(story.state().Get("assignee"), "user-c");
  EXPECT_EQ(story.state().registers.at("assignee").rivals.at(0).value, "user-a");
  EXPECT_EQ(story.Log(work), kTaken);  // What the former one did stays, under that name.
  EXPECT_EQ(story.state().registers.at("field.summary").held.author, "user-b");
  EXPECT_EQ(story.Log(story.ResolveNow("b", "assignee", to_c.id)).reason, "right.role");
  EXPECT_EQ(story.Log(story.ResolveNow("t", "assignee", to_a.id)), kTaken);
  EXPECT_EQ(story.state().Get("assignee"), "user-a");
}

TEST(Rules, OfTwoDecisionsTheFirstCounts) {
  Story story;
  story.Proposed();
  const Change refuse = story.DecideNow("t", Decision::kRefuse),
               approve = story.DecideNow("l", Decision::kApprove);
  EXPECT_EQ(story.Log(refuse), kTaken);
  EXPECT_EQ(story.Log(approve).outcome, Outcome::kSetAside);
  EXPECT_EQ(story.state().decision->decision, Decision::kRefuse);
}

TEST(Rules, AnythingInTheDigestMakesADecisionAnEarlierOne) {
  const auto late = [](const std::function<void(Story&)>& meanwhile) {
    Story story;
    story.Proposed();
    const Change decision = story.DecideNow("t", Decision::kApprove);
    meanwhile(story);
    return story.Log(decision).reason;
  };
  EXPECT_EQ(late([](Story& s) { s.Log(s.Set("b", "summary", "x")); }), "decide.earlier_version");
  EXPECT_EQ(late([](Story& s) { s.Log(s.Check("b", "c1", "have")); }), "decide.earlier_version");
  EXPECT_EQ(late([](Story& s) { s.Log(s.Assign("l", "user-c")); }), "decide.earlier_version");
  EXPECT_EQ(late([](Story& s) {
              const Change one = s.Set("a", "applicant.name", "A"),
                           two = s.Set("b", "applicant.name", "B");
              s.Log(one);
              s.Log(two);
            }),
            "decide.earlier_version");
  EXPECT_EQ(late([](Story& s) { s.Log(s.Move("b", "ask-supplement")); }), "decide.earlier_version");
  EXPECT_EQ(late([](Story& s) { s.Log(s.Note("b", "x")); }), "");
}

TEST(Rules, AReturnLeavesTheDossierOpenAndARefusalDoesNot) {
  for (const Decision decision : {Decision::kReturn, Decision::kRefuse, Decision::kApprove}) {
    Story story;
    story.Proposed();
    ASSERT_EQ(story.Log(story.DecideNow("t", decision)), kTaken);
    EXPECT_EQ(story.state().Locked(), decision != Decision::kReturn);
    EXPECT_EQ(story.Log(story.Set("b", "summary", "x")).outcome == Outcome::kSetAside,
              decision != Decision::kReturn);
  }
}

TEST(Rules, EveryContentChangeAfterApprovalIsSetAsideAndReopeningUnlocks) {
  Story story;
  story.Proposed();
  const Change one = story.Set("a", "summary", "A"), two = story.Set("b", "summary", "B");
  const Change late[] = {story.Set("a", "parcel.number", "1"), story.Check("b", "c1", "have"),
                         story.Assign("t", "user-c"), story.Move("b", "ask-supplement")};
  story.Log(story.DecideNow("t", Decision::kApprove));
  const DossierState approved = story.state();
  for (const Change& change : late)
    EXPECT_EQ(story.Log(change).reason, "dossier.locked") << KindOf(change);
  EXPECT_EQ(story.state().registers, approved.registers);
  EXPECT_EQ(story.Log(story.Move("b", "propose")).outcome, Outcome::kSetAside);
  for (const char* step : {"finish", "reopen"}) {
    EXPECT_EQ(story.Log(one).reason, "dossier.locked");
    ASSERT_EQ(story.Log(story.Move(step[0] == 'f' ? "v" : "l", step)), kTaken);
  }
  EXPECT_FALSE(story.state().Locked());
  for (const Change& change : late) EXPECT_NE(story.Log(change).reason, "dossier.locked");
  EXPECT_EQ(story.Log(two).reason, "");
}

TEST(Rules, NothingIsWrittenInAnEndState) {
  Story story;
  story.Proposed();
  story.Log(story.DecideNow("t", Decision::kApprove));
  story.Log(story.Move("v", "finish"));
  EXPECT_EQ(story.Log(story.Check("a", "c1", "have")).reason, "dossier.locked");
  ASSERT_EQ(story.Log(story.Move("a", "return-result")), kTaken);
  EXPECT_EQ(story.Log(story.Set("a", "summary", "x")).reason, "dossier.locked");
  EXPECT_EQ(story.Log(story.Move("l", "reopen")).reason, "step.not_allowed");
}

TEST(Rules, ASecondResolveIsSetAsideWhateverItChose) {
  for (const bool new_value : {false, true}) {
    Story story;
    story.Log(story.Create("a"));
    const Change hers = story.Set("a", "summary", "A"), his = story.Set("b", "summary", "B"),
                 third = story.Set("t", "summary", "C");
    story.Log(hers);
    story.Log(his);
    const Change first = story.ResolveNow("c", "field.summary", his.id);
    Change second = story.ResolveNow("t", "field.summary", hers.id);
    if (new_value) {
      std::get<Resolve>(second.body).keep.reset();
      std::get<Resolve>(second.body).value = "D";
    }
    story.Log(third);  // Neither saw it: it keeps the conflict open.
    EXPECT_EQ(story.Log(first).outcome, Outcome::kAcceptedWithConflicts);
    const auto before = story.state().registers;
    EXPECT_EQ(story.Log(second).outcome, Outcome::kSetAside);
    EXPECT_EQ(story.state().registers, before);
    EXPECT_EQ(before.at("field.summary").held.value, "B");
    EXPECT_EQ(before.at("field.summary").rivals.at(0).value, "C");
  }
}

TEST(Rules, AResolveOfSomeValuesLeavesTheOthersOpen) {
  Story story;
  story.Log(story.Create("a"));
  const Change hers = story.Set("a", "summary", "A"), his = story.Set("b", "summary", "B"),
               third = story.Set("t", "summary", "C");
  for (const Change& change : {hers, his, third}) story.Log(change);
  Change resolve = story.ResolveNow("c", "field.summary", his.id);
  std::get<Resolve>(resolve.body).seen = {his.id, third.id};  // Not what is held.
  EXPECT_EQ(story.Log(resolve).outcome, Outcome::kAcceptedWithConflicts);
  const Register& place = story.state().registers.at("field.summary");
  EXPECT_EQ(place.held.value, "A");
  ASSERT_EQ(place.rivals.size(), 1u);
  EXPECT_EQ(place.rivals[0].value, "B");
  EXPECT_EQ(place.rivals[0].author, "user-c");
}

TEST(Rules, AConflictThatOnlyThisDeskKnowsCannotBeResolvedYet) {
  Story story;
  story.Log(story.Create("a"));
  const Change hers = story.Set("a", "summary", "A"), his = story.Set("b", "summary", "B");
  story.Log(hers);
  story.Log(his);
  Change resolve = story.ResolveNow("c", "field.summary", his.id);
  std::get<Resolve>(resolve.body).began = 0;
  EXPECT_EQ(story.Log(resolve).reason, "resolve.unsent");
}

/// A dossier in which b's late write of "summary" was set aside and which is open again.
struct Reopened : Story {
  Reopened() {
    Proposed();
    Log(Set("a", "summary", "đã duyệt"));
    Log(DecideNow("t", Decision::kApprove));
    late = Set("b", "summary", "muộn");
    Log(late);
    later = Set("b", "summary", "muộn hơn");
    std::get<SetFields>(later.body).fields[0].seen = late.id;
    Log(later);
    Log(Move("v", "finish"));
    Log(Move("l", "reopen"));
  }
  const Register& place() const { return state().registers.at("field.summary"); }
  Change late, later;
};

TEST(Rules, AdoptingDoesWhatTheChangeWouldHaveDone) {
  Reopened story;
  EXPECT_EQ(story.Log(story.SettleNow("t", story.late.id, true)), kTaken);
  EXPECT_EQ(story.place().held.value, "muộn");
  EXPECT_TRUE(story.place().rivals.empty());
  EXPECT_EQ(story.Log(story.SettleNow("t", story.later.id, true)), kTaken);
  EXPECT_EQ(story.place().held.value, "muộn hơn");
  EXPECT_EQ(story.state().OpenSetAside(), 0);
}

TEST(Rules, AdoptingOverwritesNothingThatItsAuthorHadNotSeen) {
  Reopened story;
  story.Log(story.Set("c", "summary", "sửa sau khi mở lại"));
  EXPECT_EQ(story.Log(story.SettleNow("t", story.late.id, true)).outcome,
            Outcome::kAcceptedWithConflicts);
  EXPECT_EQ(story.place().held.value, "sửa sau khi mở lại");
  EXPECT_EQ(story.place().rivals.at(0).value, "muộn");
}

TEST(Rules, DismissingNeedsAReasonAndChangesNothingElse) {
  Reopened story;
  Change dismiss = story.SettleNow("t", story.late.id, false);
  std::get<Settle>(dismiss.body).reason.clear();
  EXPECT_EQ(story.Log(dismiss).reason, "settle.reason_missing");
  const auto before = story.state().registers;
  EXPECT_EQ(story.Log(story.SettleNow("t", story.late.id, false)), kTaken);
  EXPECT_EQ(story.state().registers, before);
  EXPECT_EQ(story.state().set_aside.at(0).settled, "dismissed");
  EXPECT_EQ(story.state().set_aside.at(0).change, Encode(story.late));
}

TEST(Rules, AKindOfANewerProgramChangesNothingHereAndKeepsItsOctets) {
  Story story;
  story.Log(story.Create("a"));
  Change change = story.Note("a", "x");
  change.body = Unknown{"parcel-split"};
  const DossierState before = story.state();
  EXPECT_EQ(story.Log(change), kTaken);
  EXPECT_EQ(story.state(), before);
  // With members this program has no place for, as they came: in the log and when set aside.
  base::Bytes octets = Encode(change);
  const std::string empty_body = std::string("\x61") + "b" + "\xa0";
  const auto at = octets.find(empty_body);
  ASSERT_NE(at, base::Bytes::npos);
  octets.replace(at + 2, 1, "\xa1\x61z\x18\x2a");
  ASSERT_TRUE(Decode(octets).has_value());
  story.Retire("a");
  EXPECT_EQ(story.LogOctets(octets).reason, "right.inactive");
  EXPECT_EQ(story.state().set_aside.at(0).change, octets);
  EXPECT_EQ(story.Refold(), story.state());
}

}  // namespace
}  // namespace hoso::change
