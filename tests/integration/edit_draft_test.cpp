// What is being typed into a dossier: durable, never in anybody's way, never over another's work.
#include <gtest/gtest.h>

#include "client/flows/attention_flow.h"
#include "client/flows/casework_flow.h"
#include "client/flows/draft_flow.h"
#include "client/flows/draft_view.h"
#include "client/flows/edit_draft.h"
#include "client/flows/intake_form.h"
#include "client/flows/sync_flow.h"
#include "client/flows/text_history.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

constexpr const char* kSummary = "field.summary";

class EditDraftTest : public ::testing::Test {
 protected:
  void SetUp() override {
    office_.Enrol("mc", "MC");
    dossier_ = office_.Receive("mc");
  }
  std::unique_ptr<flows::OpenDesk> Open() {
    return *flows::OpenDesk::Unlock(flows::DeskFolder(office_.Folder("mc")), "", office_.kPin,
                                    office_.Tools());
  }
  std::string Shown(flows::OpenDesk& open, const std::string& place) {
    return flows::FindDossier(open, dossier_)->shown.Get(place);
  }

  testing::Office office_;
  std::string dossier_;
};

TEST_F(EditDraftTest, KeepsKeystrokesThroughARestartAndWritesThemOnce) {
  {
    const auto open = Open();
    auto draft = *flows::EditDraft::Open(*open, dossier_);
    EXPECT_FALSE(draft.Typed(kSummary));
    ASSERT_TRUE(draft.Type(kSummary, "Nhà ở"));
    ASSERT_TRUE(draft.Type(flows::EditDraft::kNote, "chờ bản vẽ"));
    EXPECT_EQ(Shown(*open, kSummary), "");
  }
  const auto open = Open();
  auto draft = *flows::EditDraft::Open(*open, dossier_);
  EXPECT_EQ(draft.Typed(kSummary), "Nhà ở");
  const auto waiting = open->store().OutboxCount();
  ASSERT_TRUE(draft.Commit(kSummary));
  EXPECT_EQ(Shown(*open, kSummary), "Nhà ở");
  EXPECT_FALSE(draft.Typed(kSummary));
  ASSERT_TRUE(draft.Commit(kSummary));  // Nothing typed since: nothing to write.
  EXPECT_EQ(*open->store().OutboxCount(), *waiting + 1);
  EXPECT_EQ(draft.Typed(flows::EditDraft::kNote), "chờ bản vẽ");
  ASSERT_TRUE(draft.Drop(flows::EditDraft::kNote));
  EXPECT_TRUE(flows::DraftFlow(*open).All()->empty());
}

TEST_F(EditDraftTest, WhatIsThereAlreadyIsNoChange) {
  const auto open = Open();
  auto draft = *flows::EditDraft::Open(*open, dossier_);
  const std::string name = Shown(*open, "field.applicant.name");
  const auto waiting = *open->store().OutboxCount();
  ASSERT_TRUE(draft.Type("field.applicant.name", name + "x"));
  ASSERT_TRUE(draft.Type("field.applicant.name", name));
  ASSERT_TRUE(draft.Commit("field.applicant.name"));
  EXPECT_EQ(*open->store().OutboxCount(), waiting);
  EXPECT_TRUE(draft.Places().empty());
}

TEST_F(EditDraftTest, AnotherOfficersValueThatCameWhileTypingMakesAConflict) {
  office_.Enrol("cv", "CV");
  office_.SyncAll({"mc", "cv"});
  const auto open = Open();
  auto draft = *flows::EditDraft::Open(*open, dossier_);
  ASSERT_TRUE(draft.Type(kSummary, "của tôi"));
  office_.Do("cv", {"dossier", "set", dossier_, "summary=của người khác"});
  office_.SyncAll({"cv"});
  ASSERT_TRUE(flows::Synchronise(*open));
  ASSERT_EQ(Shown(*open, kSummary), "của người khác");
  ASSERT_TRUE(draft.Commit(kSummary));
  ASSERT_TRUE(flows::Synchronise(*open));
  const auto conflicts = flows::AttentionFlow(*open).Conflicts(dossier_);
  ASSERT_EQ(conflicts->size(), 1u);
  EXPECT_EQ(conflicts->front().values.size(), 2u);
}

TEST_F(EditDraftTest, ARefusedTextStaysADraft) {
  const auto open = Open();
  auto draft = *flows::EditDraft::Open(*open, dossier_);
  ASSERT_TRUE(draft.Type(kSummary, std::string(change::kMaxValueBytes + 1, 'a')));
  EXPECT_EQ(draft.Commit(kSummary).error().reason, "field.too_long");
  EXPECT_TRUE(draft.Typed(kSummary));
}

TEST_F(EditDraftTest, DraftsSayWhatTheyMiss) {
  const auto open = Open();
  auto form = *flows::IntakeForm::Open(*open, flows::DraftFlow(*open).NewIntakeKey());
  ASSERT_TRUE(form.Set("summary", "x"));
  auto draft = *flows::EditDraft::Open(*open, dossier_);
  ASSERT_TRUE(draft.Type(kSummary, "y"));
  const auto views = flows::DraftViews(*open);
  ASSERT_EQ(views->size(), 2u);
  const bool intake_first = views->front().dossier.empty();
  const flows::DraftView& intake = (*views)[intake_first ? 0 : 1];
  const flows::DraftView& edit = (*views)[intake_first ? 1 : 0];
  EXPECT_EQ(intake.missing, (std::vector<std::string>{"create.no_applicant", "procedure.missing"}));
  EXPECT_EQ(edit.dossier, dossier_);
  EXPECT_EQ(edit.labels, std::vector<std::string>{"Trích yếu"});
  EXPECT_NE(edit.title.find("Nguyễn Văn An"), std::string::npos);
}

TEST_F(EditDraftTest, WhatIsTypedWhereOneDecidesIsADraftToo) {
  const auto open = Open();
  flows::DraftFlow drafts(*open);
  const std::string key = flows::DraftFlow::ConflictKey(dossier_);
  ASSERT_TRUE(drafts.KeepOne(key, "one", "Nhà ở"));
  ASSERT_TRUE(drafts.KeepOne(key, "other", "9"));
  const auto again = Open();
  EXPECT_EQ(*flows::DraftFlow(*again).One(key, "one"), "Nhà ở");
  const auto views = flows::DraftViews(*again);
  ASSERT_EQ(views->size(), 1u);
  EXPECT_EQ(views->front().place, std::string("Xung đột"));
  EXPECT_EQ(views->front().dossier, dossier_);
  ASSERT_TRUE(drafts.KeepOne(key, "one", ""));
  EXPECT_EQ(*drafts.One(key, "one"), "");
  EXPECT_EQ(*drafts.One(key, "other"), "9");
  ASSERT_TRUE(drafts.KeepOne(key, "other", ""));
  EXPECT_TRUE(flows::DraftViews(*open)->empty());
}

TEST(TextHistory, TakesBackAWordAtATime) {
  flows::TextHistory history("");
  std::int64_t at = 0;
  std::string text;
  for (const char* letter : {"n", "h", "à", " ", "ở"}) {
    text += letter;
    history.Typed(text, at += 100);
  }
  EXPECT_EQ(history.Undo(), "nhà ");
  EXPECT_EQ(history.Undo(), "");
  EXPECT_FALSE(history.Undo());
  EXPECT_EQ(history.Redo(), "nhà ");
  EXPECT_EQ(history.Redo(), "nhà ở");
  EXPECT_FALSE(history.Redo());
  history.Typed("nhà ở hai", at + 10'000);
  history.Typed("nhà ở hai", at + 10'001);  // What Undo itself puts there is no typing.
  EXPECT_EQ(history.Undo(), "nhà ở");
  history.Typed("nhà", at + 20'000);
  EXPECT_FALSE(history.Redo());  // Typing goes on from here.
}

}  // namespace
}  // namespace hoso
