// What windows show and keep, without a window.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <set>

#include "client/flows/draft_flow.h"
#include "client/flows/due_words.h"
#include "client/flows/explain.h"
#include "client/flows/intake_form.h"
#include "common/base/worker.h"
#include "common/catalog/load.h"
#include "tests/support/office.h"

namespace hoso {
namespace {

using flows::DueInWords;
using flows::DueLevel;

TEST(DueWords, SayWorkingDaysAndNeverColourAlone) {
  const auto catalogue = catalog::LoadDefault();
  const auto& calendar = catalogue->WorkingCalendar();
  const auto monday = *domain::ParseDay("2026-11-23");
  const auto at = [&](const std::string& due, int state = 4) {
    return DueInWords(calendar, due, state, monday);
  };
  EXPECT_EQ(at("2026-12-03").text, "Còn 7 ngày làm việc");  // 24/11 is a holiday.
  EXPECT_EQ(at("2026-12-03").level, DueLevel::kFine);
  EXPECT_EQ(at("2026-11-26").level, DueLevel::kSoon);
  EXPECT_EQ(at("2026-11-23").text, "Hôm nay");
  EXPECT_EQ(at("2026-11-23T16:00").text, "Hôm nay 16:00");
  EXPECT_EQ(at("2026-11-19").text, "Quá 2 ngày làm việc");
  EXPECT_EQ(at("2026-11-19").level, DueLevel::kLate);
  EXPECT_EQ(at("2026-11-19", 10).level, DueLevel::kNone);  // Returned: nothing is late any more.
  EXPECT_EQ(at("2026-11-19", 5).text, "19/11/2026");       // The clock stands.
  EXPECT_EQ(at("").text, "");
}

TEST(Drafts, KeepWhatWasTypedForItsOfficerAcrossRestarts) {
  testing::Office office;
  office.Enrol("mc", "MC");
  const flows::DeskFolder folder(office.Folder("mc"));
  const std::map<std::string, std::string> typed = {
      {"applicant.name", "Đặng Thị Ý 3:x"}, {"summary", ""}, {"note", "1:2:3\n"}};
  std::string key;
  {
    const auto open = *flows::OpenDesk::Unlock(folder, "", office.kPin, office.Tools());
    flows::DraftFlow drafts(*open);
    key = drafts.NewIntakeKey();
    ASSERT_TRUE(drafts.Keep(key, {{"applicant.name", "Đ"}}));
    ASSERT_TRUE(drafts.Keep(key, typed));
    ASSERT_TRUE(drafts.Keep(flows::DraftFlow::EditKey("d-1"), {{"summary", "x"}}));
  }
  const auto open = *flows::OpenDesk::Unlock(folder, "", office.kPin, office.Tools());
  flows::DraftFlow drafts(*open);
  EXPECT_EQ(*drafts.Of(key), typed);
  EXPECT_EQ(drafts.All()->size(), 2u);
  ASSERT_TRUE(drafts.Keep(key, {}));
  ASSERT_EQ(drafts.All()->size(), 1u);
  EXPECT_FALSE(drafts.All()->front().IsIntake());
  ASSERT_TRUE(drafts.Drop(flows::DraftFlow::EditKey("d-1")));
  EXPECT_TRUE(drafts.All()->empty());
}

TEST(IntakeForm, GoesOnAfterACutAndAcceptsOnce) {
  testing::Office office;
  office.Enrol("mc", "MC");
  const flows::DeskFolder folder(office.Folder("mc"));
  std::string key;
  {
    const auto open = *flows::OpenDesk::Unlock(folder, "", office.kPin, office.Tools());
    key = flows::DraftFlow(*open).NewIntakeKey();
    auto form = *flows::IntakeForm::Open(*open, key);
    EXPECT_EQ(form.Missing().size(), 2u);
    ASSERT_TRUE(form.Set("applicant.name", "Đặng Thị Ý"));
    ASSERT_TRUE(form.Set("applicant.id_number", "12"));
    const auto found = form.Find("GIAY PHEP xay dung moi");
    ASSERT_FALSE(found.empty());
    ASSERT_TRUE(form.Set("procedure", found.front()->code));
    ASSERT_TRUE(form.Set("paper.c1", "have"));
  }
  const auto open = *flows::OpenDesk::Unlock(folder, "", office.kPin, office.Tools());
  auto form = *flows::IntakeForm::Open(*open, key);
  EXPECT_TRUE(form.Missing().empty());
  EXPECT_FALSE(form.Warnings().empty());
  EXPECT_EQ(form.Due().due, "2026-12-03");
  auto again = form;  // As if the draft had not been dropped before a cut.
  const auto received = form.Accept();
  ASSERT_TRUE(received) << received.error().reason;
  EXPECT_TRUE(flows::DraftFlow(*open).All()->empty());
  const auto repeated = again.Accept();
  ASSERT_TRUE(repeated) << repeated.error().reason;
  EXPECT_EQ(repeated->id, received->id);
  const auto shown = flows::ShowDossier(*open, received->id);
  EXPECT_EQ(shown->components.front().status, "have");
  EXPECT_EQ(open->store().List({})->total, 1);
}

TEST(Explain, SaysWhatWhyAndWhatToDoAndNeverALibrarysWords) {
  const auto message =
      flows::Explain(base::Fail(base::ErrorKind::kUnreachable, "net.cut", "SSL3_GET_RECORD"));
  EXPECT_EQ(message.what, "Chưa kết nối được máy chủ tỉnh.");
  EXPECT_EQ(message.why, "đường truyền bị ngắt giữa chừng");
  EXPECT_NE(message.todo, "");
  const auto field = flows::Explain(base::Fail(base::ErrorKind::kUsage, "field.unknown", "x.y"));
  EXPECT_EQ(field.why, "không có trường này (x.y)");
  EXPECT_EQ(flows::ReasonText("of.tomorrow"), "of.tomorrow");
}

/// Every "area.reason" that the sources of these folders hand to Fail or Aside.
std::set<std::string> ReasonsIn(const std::vector<std::string>& folders) {
  std::set<std::string> reasons;
  const std::string root = HOSO_SOURCE_DIR;
  for (const std::string& folder : folders)
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root + "/" + folder)) {
      const std::string name = entry.path().filename().string();
      // What only the province's own store says, hosoxa-server has words for.
      if (entry.path().extension() != ".cpp" || name.starts_with("province_")) continue;
      std::ifstream file(entry.path());
      const std::string text((std::istreambuf_iterator<char>(file)), {});
      for (const char* maker : {"Fail(", "Aside("})
        for (auto at = text.find(maker); at != std::string::npos; at = text.find(maker, at + 1)) {
          const auto open = text.find('"', at), end = text.find_first_of(";{", at);
          if (open == std::string::npos || open > end) continue;
          const std::string key = text.substr(open + 1, text.find('"', open + 1) - open - 1);
          const auto dot = key.find('.');
          if (dot != std::string::npos && dot + 1 < key.size()) reasons.insert(key);
        }
    }
  return reasons;
}

TEST(Explain, HasWordsForEveryReasonADeskCanMeet) {
  const auto reasons =
      ReasonsIn({"common", "client", "sync/engine", "sync/protocol", "sync/transport"});
  EXPECT_GT(reasons.size(), 120u);
  for (const std::string& reason : reasons)
    EXPECT_NE(flows::ReasonText(reason), reason) << "no words for it in client/flows/explain.cpp";
}

TEST(Worker, DoesJobsInTheirOrderAndWaitsForTheOneUnderWay) {
  std::vector<int> order;
  std::promise<void> begun, go;
  std::atomic<bool> ended = false;
  {
    base::Worker worker;
    worker.Post([&] { order.push_back(1); });
    worker.Post([&] {
      order.push_back(2);
      begun.set_value();
      go.get_future().wait();
      ended = true;
    });
    begun.get_future().wait();
    go.set_value();
  }
  EXPECT_TRUE(ended);
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

}  // namespace
}  // namespace hoso
