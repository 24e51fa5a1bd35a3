// One record that can't be read: it is shown, and stops nothing else.
#include "common/change/entry.h"
#include "tests/integration/terminal_fixture.h"
#include "tests/support/desk_sql.h"

namespace hoso {
namespace {

using nlohmann::json;
using testing::DeskSql;
using testing::Office;
using testing::Terminal;

struct BadRecord : Terminal {
  /// Puts these octets into the unit's log, as a newer province might.
  void Append(const std::function<base::Bytes(std::int64_t position)>& octets) {
    store::ProvinceStore& store = office.province();
    ASSERT_TRUE(store.database().Atomically([&]() -> base::Status {
      HOSO_TRY_ASSIGN(auto head, store.LockUnit(Office::kUnit, "none"));
      const base::Bytes entry = octets(++head.position);
      head.hash = change::LogHash(head.hash, entry);
      HOSO_TRY(store.AppendEntry(Office::kUnit, head.position, "", entry, head.hash));
      return store.SetHead(Office::kUnit, head);
    }));
  }
};

TEST_F(BadRecord, InTheLogIsKeptAndShownAndTheRestGoesOn) {
  EnrolThree();
  const std::string id = office.Receive("mc");
  office.SyncAll({"mc", "cv"});
  Append([](std::int64_t) { return "no entry of ours"; });
  Append([&](std::int64_t position) {
    return change::EncodeEntry({position,
                                office.clock().NowMs(),
                                {change::Outcome::kSetAside, "change.malformed"},
                                "",
                                "",
                                1,
                                "no change of ours"});
  });
  office.Do("mc", {"dossier", "note", id, "sau đó"});
  office.SyncAll({"mc", "cv", "mc"});
  const json shown = office.Do("cv", {"dossier", "show", id});
  EXPECT_EQ(shown["notes"][0]["text"], "sau đó");
  const json lines = office.Do("cv", {"setaside", "list"})["unreadable"];
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["position"], 2);
  EXPECT_EQ(lines[0]["reason"], "entry.malformed");
  EXPECT_EQ(lines[1]["position"], 3);
  EXPECT_EQ(lines[1]["reason"], "change.malformed");
  EXPECT_EQ(office.Do("cv", {"status"})["unreadable"], 2);
  ExpectEqualDigests({"mc", "cv"});
}

TEST_F(BadRecord, OfADossierIsFoldedAgainFromTheLog) {
  EnrolThree();
  const std::string id = office.Receive("mc"), other = office.Receive("mc", "Lò Thị Ún");
  office.SyncAll({"mc", "cv"});
  DeskSql(office, "cv",
          "UPDATE dossier_state SET confirmed = x'00', shown = x'00' WHERE id = '" + id + "'");
  office.Do("mc", {"dossier", "note", id, "một"});
  office.Do("mc", {"dossier", "note", other, "hai"});
  office.SyncAll({"mc", "cv"});
  EXPECT_EQ(office.Do("cv", {"dossier", "show", id})["notes"][0]["text"], "một");
  EXPECT_EQ(office.Do("cv", {"dossier", "show", other})["notes"][0]["text"], "hai");
  ExpectEqualDigests({"mc", "cv"});
  DeskSql(office, "cv",
          "UPDATE dossier_state SET confirmed = x'00', shown = x'00' WHERE id = '" + id + "'");
  EXPECT_EQ(office.Do("cv", {"dossier", "show", id})["notes"].size(), 1u);
}

TEST_F(BadRecord, InTheOutboxStopsNeitherTheListNorTheOtherChanges) {
  EnrolThree();
  const std::string id = office.Receive("mc");
  office.SyncAll({"mc", "cv"});
  office.Do("cv", {"dossier", "note", id, "hỏng"});
  office.Do("cv", {"dossier", "note", id, "lành"});
  DeskSql(office, "cv", "UPDATE outbox SET change = x'00' WHERE sequence = 1");
  office.Do("mc", {"dossier", "note", id, "của máy khác"});
  office.Do("mc", {"sync"});
  EXPECT_EQ(office.Do("cv", {"outbox"})["changes"][0]["kind"], "malformed");
  EXPECT_EQ(office.Do("cv", {"dossier", "history", id})["changes"].back()["body"]["text"], "lành");
  office.SyncAll({"cv", "mc", "cv"});
  EXPECT_TRUE(office.Do("cv", {"outbox"})["changes"].empty());
  EXPECT_EQ(office.Do("mc", {"dossier", "show", id})["notes"].size(), 2u);
  ASSERT_EQ(office.Do("cv", {"setaside", "list"})["unreadable"].size(), 1u);
  ExpectEqualDigests({"mc", "cv"});
  office.Do("cv", {"dossier", "note", id, "nữa"});
  office.SyncAll({"cv", "mc", "cv"});
  EXPECT_TRUE(office.Do("cv", {"outbox"})["changes"].empty());
  EXPECT_EQ(office.Do("mc", {"dossier", "show", id})["notes"].size(), 3u);
}

}  // namespace
}  // namespace hoso
