// The real hosoxa-server as a process: killed, stopped, doubled and administered while it runs.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include "sync/engine/enrolment.h"
#include "sync/server/authority.h"
#include "tests/support/backend.h"
#include "tests/support/real_desk.h"
#include "tests/support/server_process.h"

namespace hoso::testing {
namespace {

using nlohmann::json;

// A dossier and twenty notes so large that eight of them make a batch.
constexpr int kNotes = 20;
constexpr std::int64_t kChanges = 1 + kNotes;
constexpr std::size_t kNoteBytes = 60'000;
constexpr std::size_t kMiddle = 300'000;  // Octets on the line: within the second batch.
constexpr std::int64_t kFirstBatch = 9;   // Where the log is after the first.

class ProcessTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    Do({"init", "--province", "22", "--database", NewDatabase(GetParam(), folder_.path())});
    server_ = std::make_unique<ServerProcess>(data_);
    ASSERT_TRUE(server_->ready());
    const auto authority = server::LoadAuthority(data_);
    store_ = std::make_unique<store::ProvinceStore>(server::OpenStore(*authority).value());
  }

  json Do(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", data_, "--json"});
    const ServerRan ran = RunServer(words);
    EXPECT_EQ(ran.exit, 0) << ran.error << ran.out;
    EXPECT_EQ(ran.error, "");
    return ran.json;
  }

  protocol::EnrolmentFile CodeFor(const std::string& user) {
    const std::string out = folder_ / (user + ".hsx");
    Do({"enrol-code", "--user", user, "--server", server_->Url(), "--out", out});
    return engine::ReadEnrolmentFile(out).value();
  }
  std::string Hire(const std::string& role) {
    return Do({"user", "add", "--unit", kUnit, "--role", role, "--name", "Cán bộ"})["user"];
  }
  /// A desk of a new MC with one dossier at the province and the notes still here.
  std::unique_ptr<RealDesk> BusyDesk() {
    user_ = Hire("MC");
    auto desk = std::make_unique<RealDesk>(CodeFor(user_));
    dossier_ = desk->Receive("Nguyễn Văn An");
    EXPECT_TRUE(desk->Sync());
    desk->NoteMuch(dossier_, kNotes, kNoteBytes);
    return desk;
  }

  std::int64_t Position() {
    const auto head = store_->Unit(kUnit).value();
    return head ? head->position : 0;
  }
  /// Waits until the province has committed something of the running exchange.
  void AwaitPosition(std::int64_t position) {
    while (Position() < position) std::this_thread::yield();
  }
  std::vector<change::Entry> Log() {
    std::vector<change::Entry> entries;
    const std::vector<base::Bytes> rows = store_->Entries(kUnit, 0, 1'000'000).value();
    for (const base::Bytes& row : rows) entries.push_back(change::DecodeEntry(row).value());
    return entries;
  }
  /// Every change once, in order, and the desk level with the province.
  void ExpectWhole(RealDesk& desk) {
    std::int64_t sequence = 0;
    for (const change::Entry& entry : Log())
      EXPECT_EQ(change::Decode(entry.change)->id.sequence, ++sequence);
    EXPECT_EQ(sequence, kChanges);
    EXPECT_EQ(desk.Unsent(), 0);
    ExpectLevel(desk);
  }
  void ExpectLevel(RealDesk& desk) {
    const json told = Do({"digest", "--unit", kUnit});
    EXPECT_EQ(told["sha256"], desk.Digest().sha256);
    EXPECT_EQ(told["position"], desk.Digest().position);
  }
  /// How many changes were set aside for this reason.
  std::int64_t Aside(const std::string& reason) {
    const auto log = Log();
    return std::count_if(log.begin(), log.end(),
                         [&](const auto& entry) { return entry.verdict.reason == reason; });
  }

  static constexpr const char* kUnit = "06994";
  TempFolder folder_;
  std::string data_ = folder_ / "province", user_, dossier_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<store::ProvinceStore> store_;
};

TEST_P(ProcessTest, KilledWhileBatchesArriveItHasWhatItCommittedAndTakesTheRestLater) {
  const auto desk = BusyDesk();
  std::int64_t committed = 0;
  const auto cut = desk->SyncWith(kMiddle, [&] {
    AwaitPosition(kFirstBatch);
    EXPECT_EQ(server_->End(SIGKILL), -SIGKILL);
    committed = Position();
    return true;
  });
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().kind, base::ErrorKind::kUnreachable);
  EXPECT_EQ(committed, kFirstBatch);

  server_ = std::make_unique<ServerProcess>(data_);
  EXPECT_GE(Position(), committed);
  desk->SetServer(server_->Url());
  ASSERT_TRUE(desk->Sync());
  ExpectWhole(*desk);
}

TEST_P(ProcessTest, ToldToStopInAnExchangeItEndsCleanlyAndFreesItsPort) {
  const auto desk = BusyDesk();
  const int port = server_->port();
  const auto cut = desk->SyncWith(kMiddle, [&] {
    AwaitPosition(kFirstBatch);
    EXPECT_EQ(server_->End(SIGTERM), 0);
    return true;
  });
  EXPECT_FALSE(cut);
  server_ = std::make_unique<ServerProcess>(data_, "127.0.0.1:" + std::to_string(port));
  ASSERT_TRUE(server_->ready());
  ASSERT_TRUE(desk->Sync());
  ExpectWhole(*desk);
}

TEST_P(ProcessTest, TwoServersOnOneDatabaseJudgeOneUnitAsOne) {
  const std::string mc = Hire("MC");
  RealDesk one(CodeFor(mc)), two(CodeFor(mc));
  ServerProcess second(data_);
  ASSERT_TRUE(second.ready());
  two.SetServer(second.Url());
  const auto work = [](RealDesk& desk) {
    for (int round = 0; round < 5; ++round) {
      for (int i = 0; i < 5; ++i) desk.Note(desk.Receive("Lò Văn Ún"), "đã nhận");
      const auto done = desk.Sync();
      EXPECT_TRUE(done) << done.error().reason;
    }
  };
  std::thread other([&] { work(two); });
  work(one);
  other.join();
  std::set<std::string> codes;
  std::int64_t position = 0;
  for (const change::Entry& entry : Log()) {
    EXPECT_EQ(entry.position, ++position);
    EXPECT_EQ(entry.verdict.reason, "");
    if (!entry.code.empty()) codes.insert(entry.code);
  }
  EXPECT_EQ(position, 100);
  EXPECT_EQ(codes.size(), 50u);  // An official code is given once.
  for (RealDesk* desk : {&one, &two}) {
    ASSERT_TRUE(desk->Sync());
    ExpectLevel(*desk);
  }
}

TEST_P(ProcessTest, ADisabledUserIsSetAsideFromTheNextBatch) {
  const auto desk = BusyDesk();
  ASSERT_TRUE(desk->SyncWith(kMiddle, [&] {
    AwaitPosition(kFirstBatch);
    Do({"user", "disable", user_});
    return true;
  }));
  EXPECT_EQ(Aside("right.inactive"), kChanges - kFirstBatch);
  ExpectWhole(*desk);
}

TEST_P(ProcessTest, AMovedUserIsSetAsideFromTheNextBatch) {
  const auto desk = BusyDesk();
  ASSERT_TRUE(desk->SyncWith(kMiddle, [&] {
    AwaitPosition(kFirstBatch);
    Do({"user", "move", user_, "--unit", "06652"});
    return true;
  }));
  EXPECT_EQ(Aside("right.inactive"), kChanges - kFirstBatch);
  ExpectWhole(*desk);
}

TEST_P(ProcessTest, ARevokedDeviceIsRefusedAtTheNextBatchAndKeepsItsWork) {
  const auto desk = BusyDesk();
  const auto refused = desk->SyncWith(kMiddle, [&] {
    AwaitPosition(kFirstBatch);
    Do({"device", "revoke", desk->replica()});
    return true;
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), base::Fail(base::ErrorKind::kRefused, "device.revoked"));
  EXPECT_EQ(Position(), kFirstBatch);
  EXPECT_EQ(desk->Unsent(), kNotes);
}

TEST_P(ProcessTest, AnImportedCatalogueReachesADeskInTheExchangeThatIsRunning) {
  const auto desk = BusyDesk();
  const std::string folder = folder_ / "catalogue", before = desk->Meta("catalogue_id");
  std::filesystem::copy(std::string(HOSO_SOURCE_DIR) + "/resources/catalog", folder,
                        std::filesystem::copy_options::recursive);
  json about = json::parse(std::ifstream(folder + "/catalog.json"));
  about["version"] = "2026.11.24";
  std::ofstream(folder + "/catalog.json") << about;
  ASSERT_TRUE(desk->SyncWith(kMiddle, [&] {
    AwaitPosition(kFirstBatch);
    EXPECT_EQ(Do({"catalog", "import", folder})["version"], "2026.11.24");
    return true;
  }));
  EXPECT_NE(desk->Meta("catalogue_id"), before);
  ExpectWhole(*desk);
}

TEST_P(ProcessTest, ACatalogueThatGotDamagedReachesNoDeskUntilItIsImportedAgain) {
  const auto desk = BusyDesk();
  const std::string before = desk->Meta("catalogue_id");
  base::Bytes altered = server::SavedCatalogue(*store_).value();
  altered[altered.size() / 2] ^= 1;
  ASSERT_TRUE(store_->database().Atomically(
      [&] { return store_->SetMeta(server::kCatalogueMeta, altered); }));
  EXPECT_EQ(server_->End(SIGTERM), 0);
  server_ = std::make_unique<ServerProcess>(data_);
  EXPECT_FALSE(server_->ready());
  const ServerRan refused = RunServer({"user", "add", "--unit", kUnit, "--role", "MC", "--name",
                                       "Cán bộ", "--data", data_, "--json"});
  EXPECT_EQ(refused.json["error"], "catalogue.damaged");
  Do({"catalog", "import", std::string(HOSO_SOURCE_DIR) + "/resources/catalog"});
  server_ = std::make_unique<ServerProcess>(data_);
  ASSERT_TRUE(server_->ready());
  desk->SetServer(server_->Url());
  ASSERT_TRUE(desk->Sync());
  EXPECT_EQ(desk->Meta("catalogue_id"), before);
  ExpectWhole(*desk);
}

INSTANTIATE_TEST_SUITE_P(Backends, ProcessTest, ::testing::ValuesIn(Backends()),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso::testing
