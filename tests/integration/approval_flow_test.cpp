// Deciding on what was proposed, on exactly what was shown.
#include <gmock/gmock.h>

#include "client/flows/approval_flow.h"
#include "client/flows/casework_flow.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

using flows::ApprovalFlow;
using ::testing::HasSubstr;

class Approval : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* role : {"MC", "CV", "TP", "LD"}) office.Enrol(role, role);
    office.SyncAll(all);
  }
  std::unique_ptr<flows::OpenDesk> Open(const std::string& desk) {
    return *flows::OpenDesk::Unlock(flows::DeskFolder(office.Folder(desk)), "", office.kPin,
                                    office.Tools());
  }
  std::string Proposed(const std::string& applicant) {
    const std::string id = office.Receive("MC", applicant);
    office.Do("MC", {"dossier", "step", id, "transfer"});
    office.SyncAll({"MC", "CV"});
    office.Do("CV", {"dossier", "note", id, "Đủ điều kiện"});
    office.Do("CV", {"dossier", "step", id, "propose"});
    office.SyncAll(all);
    return id;
  }

  testing::Office office;
  const std::vector<std::string> all = {"MC", "CV", "TP", "LD"};
};

TEST_F(Approval, ShowsTheProposalAndWhatIsMissingToThoseWhoDecide) {
  const std::string id = Proposed("Nguyễn Văn An");
  EXPECT_FALSE(*ApprovalFlow(*Open("MC")).View(id));
  EXPECT_FALSE(*ApprovalFlow(*Open("CV")).View(id));
  const auto open = Open("TP");
  const auto view = *ApprovalFlow(*open).View(id);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->proposer, "Cán bộ CV");
  EXPECT_EQ(view->proposer_note, "Đủ điều kiện");
  EXPECT_TRUE(view->first_look);
  ASSERT_FALSE(view->warnings.empty());
  EXPECT_THAT(view->warnings[0], HasSubstr("Chưa có giấy tờ: "));
  ASSERT_EQ(view->choices.size(), 3u);
  for (const auto& choice : view->choices) EXPECT_EQ(choice.why_not, "") << choice.name;
}

TEST_F(Approval, SaysWhatOthersChangedSinceTheLastLook) {
  const std::string id = Proposed("Nguyễn Văn An");
  {
    const auto open = Open("TP");
    ApprovalFlow approval(*open);
    ASSERT_TRUE(approval.Looked(**approval.View(id)));
    EXPECT_TRUE((*approval.View(id))->since.empty());
    office.Do("TP", {"dossier", "note", id, "Tôi hỏi lại sau"});
    EXPECT_TRUE((*approval.View(id))->since.empty());  // Own acts are no news.
  }
  office.Do("CV", {"dossier", "set", id, "summary=Hai tầng"});
  office.Do("CV", {"dossier", "check", id, "c1=have"});
  office.Do("CV", {"dossier", "note", id, "Đã bổ sung bản vẽ"});
  office.Do("CV", {"dossier", "step", id, "ask-supplement", "--reason", "thiếu"});
  office.SyncAll(all);
  office.Do("MC", {"dossier", "step", id, "supplement-received"});
  office.SyncAll(all);
  office.Do("CV", {"dossier", "step", id, "propose"});
  office.SyncAll(all);

  const auto open = Open("TP");  // Another start of the program: what was seen is durable.
  const auto view = *ApprovalFlow(*open).View(id);
  ASSERT_TRUE(view);
  EXPECT_FALSE(view->first_look);
  ASSERT_EQ(view->since.size(), 6u);
  EXPECT_EQ(view->since[0].before, "Chưa có");
  EXPECT_EQ(view->since[0].after, "Bản chính");
  EXPECT_EQ(view->since[1].label, "Trích yếu");
  EXPECT_EQ(view->since[1].before, "(trống)");
  EXPECT_EQ(view->since[1].after, "Hai tầng");
  EXPECT_EQ(view->since[1].who, "Cán bộ CV");
  EXPECT_EQ(view->since[2].after, "Đã bổ sung bản vẽ");
  EXPECT_EQ(view->since[3].after, "Yêu cầu bổ sung: «thiếu»");
  EXPECT_EQ(view->since[4].after, "Đã nhận bổ sung");
  EXPECT_EQ(view->since[5].after, "Trình lãnh đạo");
}

TEST_F(Approval, RefusesToDecideOnAnythingButWhatWasShown) {
  const std::string id = Proposed("Nguyễn Văn An");
  const auto open = Open("TP");
  ApprovalFlow approval(*open);
  const auto shown = **approval.View(id);
  office.Do("CV", {"dossier", "set", id, "summary=Hai tầng"});
  office.SyncAll({"CV", "TP"});
  EXPECT_EQ(approval.Decide(shown, "approve", "").error().reason, "decide.changed_meanwhile");
  EXPECT_EQ(flows::FindDossier(*open, id)->shown.stage, "proposed");
  const auto again = **approval.View(id);
  EXPECT_EQ(approval.Decide(again, "return", "").error().reason, "decide.reason_missing");
  ASSERT_TRUE(approval.KeepReason(id, "Thiếu bản vẽ"));
  EXPECT_EQ(*approval.Reason(id), "Thiếu bản vẽ");
  ASSERT_TRUE(approval.Decide(again, "return", "Thiếu bản vẽ"));
  EXPECT_EQ(*approval.Reason(id), "");
  EXPECT_EQ(flows::FindDossier(*open, id)->shown.stage, "returned");
  EXPECT_FALSE(*approval.View(id));
}

TEST_F(Approval, GoesThroughTheQueueOneByOneAndLeadersFollow) {
  std::vector<std::string> ids;
  for (const char* name : {"Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường"})
    ids.push_back(Proposed(name));
  {
    const auto open = Open("TP");
    ApprovalFlow approval(*open);
    std::string id = ids[1];
    std::set<std::string> seen;
    for (int i = 0; i < 3; ++i) {
      seen.insert(id);
      const auto view = *approval.View(id);
      ASSERT_TRUE(view) << i;
      const auto next = approval.Decide(*view, "approve", "");
      ASSERT_TRUE(next) << next.error().reason;
      id = *next;
    }
    EXPECT_EQ(seen.size(), 3u);
    EXPECT_EQ(id, "");  // Reviewed ones wait for the leader, not for the head.
  }
  office.SyncAll(all);
  const auto open = Open("LD");
  const auto view = *ApprovalFlow(*open).View(ids[0]);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->reviewer, "Cán bộ TP");
  EXPECT_NE(*ApprovalFlow(*open).Decide(*view, "approve", ""), "");
}

TEST_F(Approval, SaysWhyAnOpenConflictKeepsFromDeciding) {
  const std::string id = Proposed("Nguyễn Văn An");
  office.Do("MC", {"dossier", "set", id, "summary=Hai"});
  office.Do("CV", {"dossier", "set", id, "summary=Ba"});
  office.SyncAll(all);
  const auto open = Open("TP");
  const auto view = *ApprovalFlow(*open).View(id);
  ASSERT_TRUE(view);
  EXPECT_EQ(view->choices[0].why_not, "decide.open_conflict");
  EXPECT_THAT(view->warnings, ::testing::Contains(HasSubstr("Còn 1 ô có xung đột")));
}

}  // namespace
}  // namespace hoso
