// Taking back: by a change that compensates, never by deleting.
#include <gtest/gtest.h>

#include "client/flows/casework_flow.h"
#include "client/flows/history.h"
#include "client/flows/undo_flow.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

using flows::UndoFlow;

class Undo : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* role : {"MC", "CV", "TP", "LD"}) office.Enrol(role, role);
    office.SyncAll(all);
    id = office.Receive("MC");
    office.SyncAll(all);
  }
  std::unique_ptr<flows::OpenDesk> Open(const std::string& desk) {
    return *flows::OpenDesk::Unlock(flows::DeskFolder(office.Folder(desk)), "", office.kPin,
                                    office.Tools());
  }
  void Do(const std::string& desk, std::vector<std::string> words) {
    office.Do(desk, std::move(words));
  }
  /// What the officer there could take back, at a fresh start of the program.
  flows::UndoOffer Offer(const std::string& desk) {
    const auto offer = UndoFlow(*Open(desk)).Last();
    return offer && *offer ? **offer : flows::UndoOffer();
  }
  void TakeBack(const std::string& desk) {
    const auto open = Open(desk);
    const auto offer = *UndoFlow(*open).Last();
    ASSERT_TRUE(offer);
    const auto done = UndoFlow(*open).Undo(offer->change);
    ASSERT_TRUE(done) << done.error().reason;
  }
  change::DossierState At(const std::string& desk) {
    return flows::FindDossier(*Open(desk), id)->shown;
  }

  testing::Office office;
  const std::vector<std::string> all = {"MC", "CV", "TP", "LD"};
  std::string id;
};

TEST_F(Undo, GivesFieldsTheirEarlierValuesOneActAfterAnotherSentOrNot) {
  Do("MC", {"dossier", "set", id, "summary=Một", "parcel.sheet=7"});
  office.SyncAll(all);
  Do("MC", {"dossier", "set", id, "summary=Hai"});
  Do("MC", {"dossier", "check", id, "c1=have"});
  EXPECT_NE(Offer("MC").words.find("Bản chính"), std::string::npos) << Offer("MC").words;
  TakeBack("MC");
  EXPECT_EQ(At("MC").Get("component.c1"), "missing");
  TakeBack("MC");
  EXPECT_EQ(At("MC").Get("field.summary"), "Một");
  office.SyncAll(all);
  TakeBack("MC");  // That one the province has had for long.
  EXPECT_EQ(At("MC").Get("field.summary"), "");
  EXPECT_EQ(At("MC").Get("field.parcel.sheet"), "");
  EXPECT_EQ(Offer("MC").why_not, "undo.create");
  office.SyncAll(all);
  EXPECT_EQ(At("CV").Get("field.summary"), "");
  EXPECT_EQ(At("CV").OpenConflicts(), 0);
  EXPECT_EQ(flows::HistoryOf(*Open("CV"), id)->size(), 7u);  // Nothing is deleted.
}

TEST_F(Undo, LeavesAloneWhatAnotherHasWrittenOver) {
  Do("MC", {"dossier", "set", id, "summary=Một"});
  Do("MC", {"dossier", "step", id, "transfer"});
  office.SyncAll(all);
  Do("CV", {"dossier", "set", id, "summary=Hai"});
  office.SyncAll(all);
  const auto open = Open("MC");
  const auto history = *flows::HistoryOf(*open, id);
  EXPECT_EQ(UndoFlow(*open).Undo(history[1].change.id.ToText()).error().reason, "undo.changed");
  EXPECT_EQ(UndoFlow(*open).Undo(history[3].change.id.ToText()).error().reason,
            "undo.unknown_change");  // Not hers.
}

TEST_F(Undo, GoesAStepBackWhereTheRulesHaveAWayBackAndSaysWhyNot) {
  Do("MC", {"dossier", "step", id, "transfer"});
  EXPECT_EQ(Offer("MC").why_not, "undo.no_way_back");
  EXPECT_TRUE(Offer("MC").words.starts_with("Chuyển xử lý – hồ sơ H49.")) << Offer("MC").words;
  office.SyncAll(all);
  Do("CV", {"dossier", "step", id, "financial"});
  EXPECT_EQ(Offer("CV").why_not, "");
  TakeBack("CV");
  EXPECT_EQ(At("CV").state, domain::kProcessing);
  EXPECT_EQ(Offer("CV").change, "");  // Both are done with; the rest is not hers.
  Do("CV", {"dossier", "step", id, "propose"});
  EXPECT_EQ(Offer("CV").why_not, "undo.no_way_back");
  office.SyncAll(all);
  Do("LD", {"dossier", "step", id, "stop", "--reason", "nhầm"});
  // Reopening would lose the proposal.
  EXPECT_EQ(Offer("LD").why_not, "undo.no_way_back");
}

TEST_F(Undo, WithdrawsANoteByANoteAndAnAssignmentByAnAssignment) {
  Do("CV", {"dossier", "note", id, "Sai thửa"});
  TakeBack("CV");
  const auto notes = At("CV").notes;
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes[1].text, "Rút lại ghi chú: Sai thửa");
  EXPECT_EQ(Offer("CV").change, "");
  const std::string somebody = At("MC").receiver;
  Do("TP", {"dossier", "assign", id, "--to", somebody});
  TakeBack("TP");
  EXPECT_EQ(At("TP").Get("assignee"), "");
}

TEST_F(Undo, NeverTakesADecisionBack) {
  Do("MC", {"dossier", "step", id, "transfer"});
  office.SyncAll(all);
  Do("CV", {"dossier", "step", id, "propose"});
  office.SyncAll(all);
  Do("TP", {"dossier", "decide", id, "approve"});
  EXPECT_EQ(Offer("TP").why_not, "undo.decision");
  office.SyncAll(all);
  Do("CV", {"dossier", "note", id, "x"});
  EXPECT_EQ(Offer("CV").why_not, "");  // Notes are free even where the content is locked.
}

}  // namespace
}  // namespace hoso
