// The terminal client's contract, as another program would use it.
#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>

#include "common/base/bytes.h"
#include "tests/integration/terminal_fixture.h"

namespace hoso {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using testing::Office;
using testing::Ran;
using testing::Terminal;

TEST_F(Terminal, AStoryOfTwoOfficesAndAHeadEndsTheSameEverywhere) {
  EnrolThree();
  const std::string id = InProcess();
  office.online = false;
  EXPECT_EQ(office.At("mc", {"sync"}).exit, 5);
  office.Do("mc", {"dossier", "set", id, "summary=Hai tầng", "parcel.number=12"});
  office.Do("cv", {"dossier", "set", id, "summary=Ba tầng", "parcel.sheet=7"});
  office.online = true;
  office.Do("mc", {"sync"});
  EXPECT_EQ(office.Do("cv", {"sync"})["conflicts"], 1);
  office.SyncAll({"mc", "cv", "tp"});
  for (const char* desk : {"mc", "cv", "tp"}) {
    const json conflicts = office.Do(desk, {"conflict", "list"})["conflicts"];
    ASSERT_EQ(conflicts.size(), 1u) << desk;
    EXPECT_EQ(conflicts[0]["field"], "field.summary");
    EXPECT_EQ(conflicts[0]["values"][0]["value"], "Hai tầng");
    EXPECT_EQ(conflicts[0]["values"][0]["held"], true);
    EXPECT_EQ(conflicts[0]["values"][0]["author"], users["mc"]);
    EXPECT_EQ(conflicts[0]["values"][1]["value"], "Ba tầng");
    EXPECT_EQ(conflicts[0]["values"][1]["author"], users["cv"]);
    const json shown = office.Do(desk, {"dossier", "show", id});
    EXPECT_EQ(shown["fields"]["parcel.number"], "12");
    EXPECT_EQ(shown["fields"]["parcel.sheet"], "7");
  }
  const json conflict = office.Do("cv", {"conflict", "list", id})["conflicts"][0];
  office.Do("cv", {"conflict", "resolve", conflict["id"], "--keep", conflict["values"][1]["id"]});
  office.Do("cv", {"dossier", "step", id, "propose"});
  office.SyncAll({"cv", "tp", "mc"});

  office.Do("tp", {"dossier", "decide", id, "approve"});
  office.Do("cv", {"dossier", "set", id, "works.floors=3"});
  office.Do("cv", {"sync"});
  EXPECT_EQ(office.Do("tp", {"sync"})["set_aside"], 1);
  const json aside = office.Do("tp", {"setaside", "list"})["changes"];
  ASSERT_EQ(aside.size(), 1u);
  EXPECT_EQ(aside[0]["reason"], "decide.earlier_version");
  EXPECT_EQ(aside[0]["difference"], json::array({"field.works.floors"}));
  EXPECT_EQ(aside[0]["difference_now"]["field.works.floors"], "3");
  office.Do("tp", {"dossier", "decide", id, "approve"});
  office.SyncAll({"tp", "cv", "mc"});
  EXPECT_EQ(office.Do("mc", {"dossier", "show", id})["step"], "reviewed");
  office.Do("tp", {"setaside", "settle", aside[0]["id"], "dismiss", "--reason", "đã duyệt lại"});
  office.SyncAll({"tp", "cv", "mc"});
  EXPECT_EQ(office.Do("mc", {"status"})["set_aside"], 0);
  ExpectEqualDigests({"mc", "cv", "tp"});
}

TEST_F(Terminal, ShapesAreWhatOtherProgramsWereTold) {
  EnrolThree();
  const json made = office.Do("mc", {"dossier", "new", "--procedure", "1.013225", "--received",
                                     "2026-11-23T08:30", "--set", "applicant.name=Nguyễn Văn An"});
  EXPECT_EQ(made["state"], 2);
  EXPECT_TRUE(made["code"].is_null());
  EXPECT_THAT(made["provisional_code"].get<std::string>(), HasSubstr("TẠM-06994"));
  EXPECT_EQ(made["due"], "2026-12-03");
  const std::string id = made["id"];
  office.Do("mc", {"dossier", "note", id, "--", "--gạch đầu dòng"});
  const json outbox = office.Do("mc", {"outbox"})["changes"];
  ASSERT_EQ(outbox.size(), 2u);
  for (const char* key : {"id", "dossier", "kind", "at"}) EXPECT_TRUE(outbox[0].contains(key));
  const json report = office.Do("mc", {"sync"});
  for (const char* key : {"sent", "received", "accepted", "conflicts", "set_aside", "bytes_up",
                          "bytes_down", "round_trips", "position"})
    EXPECT_TRUE(report[key].is_number()) << key;
  EXPECT_EQ(report["sent"], 2);
  EXPECT_EQ(report["accepted"], 2);
  const json shown = office.Do("mc", {"dossier", "show", id});
  for (const char* key :
       {"id", "code", "provisional_code", "procedure", "procedure_version", "case", "state", "step",
        "assignee", "received_at", "due", "fields", "components", "notes", "conflicts", "changes"})
    EXPECT_TRUE(shown.contains(key)) << key;
  EXPECT_EQ(shown["code"], "H49.06.994-261123-0001");
  EXPECT_EQ(shown["notes"][0]["text"], "--gạch đầu dòng");
  EXPECT_EQ(shown["changes"][0]["status"], "accepted");
  EXPECT_EQ(shown["changes"][0]["position"], 1);
  EXPECT_EQ(shown["components"][0]["status"], "missing");
  const json list = office.Do("mc", {"dossier", "list", "--view", "all", "--limit", "1"});
  EXPECT_EQ(list["total"], 1);
  for (const char* key :
       {"id", "code", "applicant", "procedure", "state", "due", "unsent", "conflicts"})
    EXPECT_TRUE(list["items"][0].contains(key)) << key;
  const json status = office.Do("mc", {"status"});
  for (const char* key :
       {"officer", "unit", "position", "epoch", "waiting", "conflicts", "set_aside", "last_sync"})
    EXPECT_TRUE(status.contains(key)) << key;
  EXPECT_EQ(office.Do("mc", {"receipts"})["receipts"][0]["valid"], true);
}

TEST_F(Terminal, JsonGivesOneDocumentAndErrorsSayWhatWhyAndWhatToDo) {
  EnrolThree();
  const std::string id = office.Receive("mc");
  const std::vector<std::pair<std::vector<std::string>, int>> wrong = {
      {{"dossier", "fly", id}, 2},
      {{"dossier", "new", "--procedure", "9.999999", "--set", "applicant.name=A"}, 2},
      {{"dossier", "new", "--procedure", "1.013225", "--case", "x", "--set", "applicant.name=A"},
       2},
      {{"dossier", "new", "--procedure", "1.013225"}, 4},
      {{"dossier", "new", "--procedure", "1.013225", "--set", "applicant.name"}, 2},
      {{"dossier", "set", id, "no.such.field=1"}, 2},
      {{"dossier", "set", id, "summary=a", "summary=b"}, 2},
      {{"dossier", "set", "không-có", "summary=a"}, 4},
      {{"dossier", "check", id, "c1=perhaps"}, 2},
      {{"dossier", "check", id, "c99=have"}, 2},
      {{"dossier", "step", id, "propose"}, 4},
      {{"dossier", "decide", id, "approve"}, 4},
      {{"dossier", "assign", id, "--to", "u-nobody"}, 2},
      {{"dossier", "list", "--view", "everything"}, 2},
      {{"dossier", "list", "--limit", "many"}, 2},
      {{"conflict", "resolve", "x:y:1", "--value", "z"}, 4},
      {{"setaside", "settle", "x:1", "adopt"}, 2},
      {{"--colour", "red", "status"}, 2}};
  for (const auto& [words, exit] : wrong) {
    const Ran ran = office.At("mc", words);
    EXPECT_EQ(ran.exit, exit) << words[0] << " " << words[1] << ran.error;
    EXPECT_TRUE(ran.json.is_object()) << ran.out;
    EXPECT_GE(std::count(ran.error.begin(), ran.error.end(), '\n'), 3) << ran.error;
    EXPECT_THAT(ran.error, HasSubstr("Vì: "));
  }
  EXPECT_EQ(office.Do("mc", {"outbox"})["changes"].size(), 1u);  // Nothing was half done.
}

TEST_F(Terminal, EveryRoleDoesItsOwnWorkOnly) {
  for (const char* role : {"MC", "CV", "TP", "LD", "VT", "QT"}) office.Enrol(role, role);
  const std::vector<std::string> all = {"MC", "CV", "TP", "LD", "VT", "QT"};
  const std::string id = office.Receive("MC");
  const auto only = [&](const std::string& right, const std::vector<std::string>& words) {
    office.SyncAll(all);
    for (const std::string& role : all)
      if (role != right) {
        const Ran ran = office.At(role, words);
        EXPECT_EQ(ran.exit, 4) << role << " " << words[1] << " " << words.back();
        EXPECT_EQ(ran.json["error"], "right.role") << role << " " << words.back();
      }
    office.Do(right, words);
  };
  only("MC", {"dossier", "step", id, "transfer"});
  only("CV", {"dossier", "step", id, "ask-supplement", "--reason", "thiếu bản vẽ"});
  only("MC", {"dossier", "step", id, "supplement-received"});
  only("LD", {"dossier", "step", id, "extend", "--reason", "bão"});
  only("CV", {"dossier", "step", id, "financial"});
  only("CV", {"dossier", "step", id, "financial-done"});
  only("CV", {"dossier", "step", id, "propose"});
  office.SyncAll(all);
  office.Do("TP", {"dossier", "decide", id, "approve"});
  office.SyncAll(all);
  office.Do("LD", {"dossier", "decide", id, "approve"});
  only("VT", {"dossier", "step", id, "finish"});
  only("MC", {"dossier", "step", id, "return-result"});
  office.SyncAll(all);
  const json shown = office.Do("QT", {"dossier", "show", id});
  EXPECT_EQ(shown["state"], 10);
  EXPECT_EQ(office.Do("QT", {"status"})["set_aside"], 0);
}

TEST_F(Terminal, WhoReceivedOrProposedCannotApprove) {
  EnrolThree();
  const std::string id = InProcess();
  office.Do("cv", {"dossier", "step", id, "propose"});
  office.SyncAll({"cv", "tp"});
  // The proposer becomes a head; the right to decide is there, the dossier is still his own.
  office.SaveUser({users["cv"], "Cán bộ CV", Office::kUnit, "TP", true});
  office.SyncAll({"cv"});
  const Ran own = office.At("cv", {"dossier", "decide", id, "approve"});
  EXPECT_EQ(own.exit, 4);
  EXPECT_EQ(own.json["error"], "decide.own_dossier");
  const json next = office.Do("tp", {"dossier", "steps", id});
  EXPECT_EQ(next["decisions"].size(), 3u);
  office.Do("tp", {"dossier", "decide", id, "return", "--reason", "chưa rõ ranh giới"});
  EXPECT_EQ(office.Do("tp", {"dossier", "show", id})["step"], "returned");
}

TEST_F(Terminal, ACatalogueThatCannotBeReadIsNotTakenAndStopsNothing) {
  EnrolThree();
  office.Do("mc", {"sync"});
  office.catalogue = "no catalogue at all";
  const std::string id = office.Receive("mc");
  EXPECT_EQ(office.Do("mc", {"sync"})["accepted"], 1);
  EXPECT_EQ(office.Do("mc", {"dossier", "show", id})["due"], "2026-12-03");
  office.Receive("mc", "Trần Thị Bình");
}

TEST_F(Terminal, ASupplementStopsTheClockOfADossier) {
  EnrolThree();
  const std::string id = InProcess();  // 2026-11-23 08:30, seven working days: 3/12.
  office.Do("cv", {"dossier", "step", id, "ask-supplement", "--reason", "thiếu bản vẽ"});
  const json stopped = office.Do("cv", {"dossier", "show", id});
  EXPECT_EQ(stopped["due_certain"], false);
  EXPECT_EQ(stopped["due_reason"], "pause.open");
  office.SyncAll({"cv", "mc"});
  office.clock().Advance(std::int64_t{7} * 24 * 3600 * 1000);  // To Monday 30/11.
  office.Do("mc", {"dossier", "step", id, "supplement-received"});
  const json again = office.Do("mc", {"dossier", "show", id});
  EXPECT_EQ(again["due_certain"], true);
  EXPECT_EQ(again["due"], "2026-12-09");  // Four working days of the pause do not count.
}

TEST_F(Terminal, TheLastActIsTakenBackByAnotherAct) {
  EnrolThree();
  const std::string id = InProcess();
  office.Do("cv", {"dossier", "set", id, "works.floors=2"});
  office.Do("cv", {"dossier", "set", id, "works.floors=3"});
  const json undone = office.Do("cv", {"undo"});
  EXPECT_EQ(undone["dossier"], id);
  EXPECT_EQ(office.Do("cv", {"dossier", "show", id})["fields"]["works.floors"], "2");
  office.SyncAll({"cv", "mc"});
  const json shown = office.Do("mc", {"dossier", "show", id});
  EXPECT_EQ(shown["fields"]["works.floors"], "2");
  EXPECT_EQ(shown["conflicts"].size(), 0u);
}

TEST_F(Terminal, WorkOfAFormerAssigneeStaysAndIsMarked) {
  EnrolThree();
  users["cv2"] = office.Enrol("cv2", "CV");
  const std::string id = InProcess();
  office.SyncAll({"cv2", "tp"});
  office.Do("tp", {"dossier", "assign", id, "--to", users["cv"]});
  office.SyncAll({"tp", "cv", "cv2"});
  office.Do("cv", {"dossier", "set", id, "works.floors=2"});  // Off line, before he hears of it.
  office.Do("tp", {"dossier", "assign", id, "--to", users["cv2"]});
  office.SyncAll({"tp", "cv", "cv2"});
  const json shown = office.Do("cv2", {"dossier", "show", id});
  EXPECT_EQ(shown["assignee"], users["cv2"]);
  EXPECT_EQ(shown["fields"]["works.floors"], "2");
  EXPECT_EQ(shown["changes"].back()["kind"], "set");
  EXPECT_EQ(shown["changes"].back()["exhibit"], true);
  EXPECT_EQ(shown["changes"][0]["exhibit"], false);
}

TEST_F(Terminal, WhateverIsTypedIsDataNeverSyntax) {
  EnrolThree();
  const std::string name = "O'Brien \"Đức\" 😀 -- ; DROP TABLE dossier; %_*";
  const std::string id = office.Receive("mc", name);
  office.Do("mc", {"dossier", "note", id, "a\" OR \"1\"=\"1"});
  EXPECT_EQ(office.Do("mc", {"dossier", "show", id})["fields"]["applicant.name"], name);
  for (const char* text : {"O'Brien", "duc", "\"", "'; --", "NEAR(", "a OR b*", "😀", "* AND", "NOT",
                           "folded : duc", "^duc", "-duc", "đức"}) {
    const Ran ran = office.At("mc", {"search", text});
    EXPECT_EQ(ran.exit, 0) << text << ran.error;
    EXPECT_TRUE(ran.json.contains("total")) << text;
  }
  EXPECT_EQ(office.Do("mc", {"search", "DUC"})["total"], 1);
}

TEST_F(Terminal, LookingUpNeedsNoDesk) {
  const json due = office
                       .Run({"deadline", "--json", "--limit", "7", "--unit", "wd", "--received",
                             "2026-11-23T08:30", "--pause", "2026-11-26/2026-11-30"})
                       .json;
  EXPECT_EQ(due["due"], "2026-12-07");
  EXPECT_EQ(due["certain"], true);
  const json hours = office
                         .Run({"--json", "deadline", "--limit", "4", "--unit", "h", "--received",
                               "2026-11-23T08:30"})
                         .json;
  EXPECT_EQ(hours["due"], "2026-11-23T14:30");
  const json running = office
                           .Run({"deadline", "--procedure", "1.013225", "--received",
                                 "2026-11-23T08:30", "--pause", "2026-11-26/", "--json"})
                           .json;
  EXPECT_EQ(running["certain"], false);
  EXPECT_EQ(running["reason"], "pause.open");
  EXPECT_EQ(office.Run({"deadline", "--received", "2026-11-23"}).exit, 2);
  EXPECT_EQ(
      office.Run({"deadline", "--limit", "5", "--unit", "x", "--received", "2026-11-23"}).exit, 2);
  EXPECT_EQ(office.Run({"unit", "show", "06994", "--json"}).json["province"], "22");
  EXPECT_EQ(office.Run({"procedure", "list", "--json"}).json["procedures"].size(), 47u);
  const json shown = office.Run({"procedure", "show", "1.013225", "--json"}).json;
  EXPECT_EQ(shown["cases"][0]["limit"]["value"], 7);
  EXPECT_EQ(office.Run({"procedure", "show", "x"}).exit, 4);
}

}  // namespace
}  // namespace hoso
