// What every change is said to be, from the officer's hand to the log.
#include "client/flows/change_standing.h"
#include "tests/integration/terminal_fixture.h"

namespace hoso {
namespace {

using flows::ChangeStatus;
using flows::Standing;
using nlohmann::json;
using testing::Terminal;

flows::Happened Act(change::Outcome outcome, std::int64_t position) {
  return {{{"r", 1}, "u", "d", {}, change::AddNote{"x"}, {}},
          {outcome, outcome == change::Outcome::kSetAside ? "right.role" : ""},
          position,
          false,
          "MC",
          false};
}

TEST(ChangeStanding, ClaimsNoMoreThanWhatIsKnown) {
  const change::DossierState none;
  flows::Happened act = Act(change::Outcome::kAccepted, 0);
  EXPECT_EQ(StandingOf(act, none), (Standing{ChangeStatus::kHere, 0, "", false}));
  act.handed = true;
  EXPECT_EQ(StandingOf(act, none), (Standing{ChangeStatus::kSent, 0, "", false}));
  act.received = true;
  EXPECT_EQ(StandingOf(act, none), (Standing{ChangeStatus::kReceived, 0, "", false}));
  act.position = 7;
  EXPECT_EQ(StandingOf(act, none), (Standing{ChangeStatus::kAccepted, 7, "", false}));
}

TEST(ChangeStanding, AConflictIsOverWhenNothingOfItIsOpen) {
  const flows::Happened act = Act(change::Outcome::kAcceptedWithConflicts, 7);
  change::DossierState state;
  change::Register& place = state.registers["field.summary"];
  place.held.id = {"other", 1};
  place.rivals.push_back({});
  place.rivals[0].id = act.change.id;
  EXPECT_EQ(StandingOf(act, state), (Standing{ChangeStatus::kConflict, 7, "", false}));
  place.held.id = act.change.id;
  place.rivals[0].id = {"other", 1};
  EXPECT_FALSE(StandingOf(act, state).closed);
  place.rivals.clear();
  EXPECT_TRUE(StandingOf(act, state).closed);
}

TEST(ChangeStanding, WhatWasSetAsideSaysWhyAndWhetherItWasSettled) {
  const flows::Happened act = Act(change::Outcome::kSetAside, 7);
  change::DossierState state;
  state.set_aside.push_back({});
  state.set_aside[0].id = act.change.id;
  EXPECT_EQ(StandingOf(act, state), (Standing{ChangeStatus::kSetAside, 7, "right.role", false}));
  state.set_aside[0].settled = "dismissed";
  EXPECT_EQ(StandingOf(act, state), (Standing{ChangeStatus::kSetAside, 7, "right.role", true}));
}

struct ChangeStates : Terminal {
  static constexpr std::size_t kReceipt = 1000;  // Octets of an answer: the receipt, no entries.
  json Last(const std::string& desk, const std::string& id) {
    return office.Do(desk, {"dossier", "history", id})["changes"].back();
  }
};

TEST_F(ChangeStates, GoFromHereToThePositionInTheLog) {
  EnrolThree();
  office.Do("mc", {"sync"});
  const std::string id = office.Receive("mc");
  EXPECT_EQ(Last("mc", id)["status"], "here");
  EXPECT_EQ(office.Do("mc", {"outbox"})["changes"][0]["status"], "here");

  office.lose_answers = 1;  // The province has it, and the desk can't know.
  EXPECT_EQ(office.At("mc", {"sync"}).exit, 5);
  EXPECT_EQ(Last("mc", id)["status"], "sent");
  EXPECT_EQ(office.Do("mc", {"outbox"})["changes"][0]["status"], "sent");
  office.Do("mc", {"dossier", "note", id, Long()});
  EXPECT_EQ(Last("mc", id)["status"], "here");

  office.faults.cut_answer = kReceipt;
  EXPECT_EQ(office.At("mc", {"sync"}).exit, 5);
  EXPECT_EQ(Last("mc", id)["status"], "received");
  EXPECT_EQ(office.Do("mc", {"outbox"})["changes"].size(), 0u);

  office.faults = {};
  office.Do("mc", {"sync"});
  const json applied = Last("mc", id);
  EXPECT_EQ(applied["status"], "accepted");
  EXPECT_EQ(applied["position"], 2);
  EXPECT_EQ(applied["status_text"], "đã áp dụng ở vị trí 2");
}

TEST_F(ChangeStates, ARequestThatWasCutWasNotSent) {
  EnrolThree();
  office.Do("mc", {"sync"});
  const std::string id = office.Receive("mc");
  office.faults.cut_request = 1;  // Nothing of the batch gets out.
  EXPECT_EQ(office.At("mc", {"sync"}).exit, 5);
  EXPECT_EQ(Last("mc", id)["status"], "here");
}

TEST_F(ChangeStates, AConflictAndASetAsideChangeSaySo) {
  EnrolThree();
  const std::string id = office.Receive("mc");
  office.Do("mc", {"dossier", "step", id, "transfer"});
  office.SyncAll({"mc", "cv"});
  office.Do("mc", {"dossier", "set", id, "summary=một"});
  office.Do("cv", {"dossier", "set", id, "summary=hai"});
  office.SyncAll({"mc", "cv"});
  EXPECT_EQ(Last("cv", id)["status"], "conflict");
  EXPECT_EQ(Last("cv", id)["closed"], false);
  const std::string conflict = office.Do("cv", {"conflict", "list"})["conflicts"][0]["id"];
  office.Do("cv", {"conflict", "resolve", conflict, "--value", "ba"});
  const json changes = office.Do("cv", {"dossier", "history", id})["changes"];
  EXPECT_EQ(changes[changes.size() - 2]["closed"], true);

  office.Do("mc", {"dossier", "note", id, "ghi chú muộn"});
  store::User user{users["mc"], "Cán bộ MC", testing::Office::kUnit, "MC", false};
  office.SaveUser(user);
  office.Do("mc", {"sync"});
  const json aside = Last("mc", id);
  EXPECT_EQ(aside["status"], "set_aside");
  EXPECT_EQ(aside["reason"], "right.inactive");
  EXPECT_NE(aside["status_text"].get<std::string>().find("để riêng"), std::string::npos);
}

}  // namespace
}  // namespace hoso
