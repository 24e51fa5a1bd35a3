// A desk's folder is copied to another PC, and both go on.
#include <filesystem>

#include "common/crypto/sign.h"
#include "sync/server/audit.h"
#include "tests/integration/terminal_fixture.h"
#include "tests/support/desk_sql.h"

namespace hoso {
namespace {

using nlohmann::json;
using testing::DeskSql;
using testing::Office;

struct Clone : testing::Terminal {
  void SetUp() override {
    EnrolThree();
    id = InProcess();
    office.Do("mc", {"dossier", "note", id, "trước"});
    office.Do("mc", {"sync"});
  }
  void Copy(const std::string& from, const std::string& to) {
    std::filesystem::copy(office.Folder(from), office.Folder(to),
                          std::filesystem::copy_options::recursive);
  }
  void Note(const std::string& desk, const std::string& text) {
    office.clock().Advance(1000);
    office.Do(desk, {"dossier", "note", id, text});
  }
  std::string Replica(const std::string& desk) {
    return DeskSql(office, desk, "SELECT value FROM meta WHERE key = 'replica'");
  }
  std::multiset<std::string> Notes(const std::string& desk) {
    std::multiset<std::string> all;
    const json shown = office.Do(desk, {"dossier", "show", id});
    for (const json& note : shown["notes"]) all.insert(note["text"].get<std::string>());
    return all;
  }
  void ExpectWhole() {
    const auto audit = server::VerifyProvince(
        office.province(), crypto::PublicKey(office.authority().receipt_seed), "");
    EXPECT_TRUE(audit) << audit.error().reason << " " << audit.error().detail;
  }
  std::string id;
};

TEST_F(Clone, BothGoOnAndTheOneThatIsFoundToBeACopyGetsANameOfItsOwn) {
  Copy("mc", "mc2");
  const std::string first = Replica("mc");
  Note("mc", "máy thứ nhất");
  Note("mc2", "máy thứ hai");
  Note("mc2", "máy thứ hai, lần nữa");
  office.Do("mc", {"sync"});
  const json report = office.Do("mc2", {"sync"});
  EXPECT_EQ(report["moved"], true);
  EXPECT_EQ(report["reissued"], 2);
  EXPECT_EQ(Replica("mc"), first);
  EXPECT_NE(Replica("mc2"), first);
  // From now on they are two desks.
  for (int i = 0; i < 3; ++i) {
    Note("mc", "một " + std::to_string(i));
    Note("mc2", "hai " + std::to_string(i));
    for (const char* desk : {"mc2", "mc"}) {
      const json again = office.Do(desk, {"sync"});
      EXPECT_EQ(again["reissued"], 0);
      EXPECT_EQ(again["moved"], false);
    }
  }
  office.SyncAll({"mc", "mc2", "cv"});
  const std::multiset<std::string> all = {
      "trước", "máy thứ nhất", "máy thứ hai", "máy thứ hai, lần nữa", "một 0", "một 1", "một 2",
      "hai 0", "hai 1",        "hai 2"};
  for (const char* desk : {"mc", "mc2", "cv"}) EXPECT_EQ(Notes(desk), all) << desk;
  ExpectEqualDigests({"mc", "mc2", "cv"});
  ExpectWhole();
  EXPECT_EQ(office.At("mc2", {"receipt", "verify"}).exit, 0);
}

TEST_F(Clone, AnAnswerThatGetsLostWhileMovingIsToldAgain) {
  Copy("mc", "mc2");
  Note("mc", "một");
  office.Do("mc", {"sync"});
  Note("mc2", "hai");
  office.lose_renewals = 1;
  EXPECT_EQ(office.At("mc2", {"sync"}).exit, 5);
  EXPECT_EQ(office.Do("mc2", {"status"})["waiting"], 1);
  EXPECT_EQ(office.Do("mc2", {"sync"})["moved"], true);
  EXPECT_EQ(office.province().Devices()->size(), 4u);
  office.SyncAll({"mc", "mc2"});
  ExpectEqualDigests({"mc", "mc2"});
  EXPECT_EQ(Notes("mc2").size(), 3u);
  ExpectWhole();
}

TEST_F(Clone, ReferencesAmongWaitingChangesFollow) {
  Copy("mc", "mc2");
  Note("mc", "một");
  office.Do("mc", {"sync"});
  office.Do("mc2", {"dossier", "set", id, "summary=a"});
  office.Do("mc2", {"dossier", "set", id, "summary=b"});
  office.SyncAll({"mc2", "mc", "cv"});
  const json shown = office.Do("cv", {"dossier", "show", id});
  EXPECT_EQ(shown["fields"]["summary"], "b");
  EXPECT_EQ(shown["conflicts"].size(), 0u);
}

TEST_F(Clone, ADecisionIsSignedAnewByWhoTookIt) {
  office.Do("cv", {"dossier", "step", id, "propose"});
  office.SyncAll({"cv", "tp"});
  Copy("tp", "tp2");
  office.Do("tp", {"dossier", "note", id, "một"});
  office.Do("tp", {"sync"});
  office.Do("tp2", {"dossier", "decide", id, "approve"});
  EXPECT_EQ(office.Do("tp2", {"sync"})["moved"], true);
  office.SyncAll({"tp2", "cv"});
  EXPECT_EQ(office.Do("cv", {"dossier", "show", id})["step"], "reviewed");
  ExpectWhole();
}

TEST_F(Clone, ADeskPutBackByItsOwnBackupKeepsItsName) {
  office.clock().Advance(std::int64_t{24} * 3600 * 1000);
  office.Do("mc", {"status"});  // Makes the day's backup.
  const std::string name = Replica("mc");
  Note("mc", "sau bản sao");
  office.Do("mc", {"sync"});
  office.Do("mc", {"backup", "restore"});
  Note("mc", "sau khi phục hồi");
  const json report = office.Do("mc", {"sync"});
  EXPECT_EQ(report["moved"], false);
  EXPECT_EQ(Replica("mc"), name);
  EXPECT_EQ(Notes("mc"), (std::multiset<std::string>{"trước", "sau bản sao", "sau khi phục hồi"}));
}

TEST_F(Clone, ABackupFromBeforeTheMoveIsPutBackUnderTheNewName) {
  office.clock().Advance(std::int64_t{24} * 3600 * 1000);
  Note("mc", "chờ trong bản sao");  // Its backup is made first, without it.
  Copy("mc", "mc2");
  office.Do("mc", {"sync"});
  Note("mc2", "hai");
  office.Do("mc2", {"sync"});
  const std::string name = Replica("mc2");
  Note("mc2", "chưa gửi");
  office.Do("mc2", {"backup", "restore"});
  EXPECT_EQ(Replica("mc2"), name);
  office.SyncAll({"mc2", "mc"});
  EXPECT_EQ(Notes("mc"),
            (std::multiset<std::string>{"trước", "chờ trong bản sao", "hai", "chưa gửi"}));
  ExpectEqualDigests({"mc", "mc2"});
  ExpectWhole();
}

TEST_F(Clone, AnOfficerJoinsACopyUnderItsNewName) {
  Copy("mc", "mc2");
  Note("mc", "một");
  office.Do("mc", {"sync"});
  Note("mc2", "hai");
  office.Do("mc2", {"sync"});
  const std::string second = office.Hire("CV");
  office.Do("mc2", {"enrol", "--code-file", office.CodeFor(second)}, "771204");
  office.Do("mc2", {"--officer", second, "dossier", "note", id, "người mới"}, "771204");
  office.Do("mc2", {"--officer", second, "sync"}, "771204");
  office.Do("mc", {"sync"});
  EXPECT_EQ(Notes("mc").count("người mới"), 1u);
}

}  // namespace
}  // namespace hoso
