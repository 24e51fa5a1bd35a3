#include "common/store/migrate.h"
#include "common/store/sqlite_raw.h"
#include "tests/support/desk_fixture.h"

namespace hoso::store {
namespace {

namespace fs = std::filesystem;
using base::Bytes;

TEST_F(DeskStoreTest, RefusesWrongKeyAndPlainFile) {
  { Open(); }
  EXPECT_EQ(ReasonOf(Bytes(32, 'x')), "store.wrong_key");
  EXPECT_EQ(ReasonOf("short"), "store.key_size");
  EXPECT_EQ(ReasonOf(kKey), "");
  path_ = folder_ + "/plain.db";
  { ASSERT_TRUE(Database::OpenProvince("sqlite:" + path_)); }
  EXPECT_EQ(ReasonOf(kKey), "store.not_encrypted");
}

TEST_F(DeskStoreTest, NewerFileStaysUntouched) {
  {
    DeskStore store = Open();
    RunSqliteScript(store.database().sql(), "PRAGMA user_version = 99");
  }
  const Bytes before = *base::ReadFile(path_, 1u << 28);
  EXPECT_EQ(ReasonOf(kKey), "store.newer");
  EXPECT_TRUE(*base::ReadFile(path_, 1u << 28) == before);
}

TEST_F(DeskStoreTest, FailingStepChangesNothing) {
  DeskStore store = Open();
  ASSERT_TRUE(store.SetMeta("k", "v"));
  std::vector<SchemaStep> steps = DeskSchema();
  steps.push_back({"bad", "DELETE FROM meta; CREATE TABLE extra (x); SELECT nonsense;"});
  EXPECT_FALSE(MigrateSqlite(store.database().sql(), steps));
  EXPECT_EQ(**store.Meta("k"), "v");
  EXPECT_EQ(AskSqlite(store.database().sql(), "PRAGMA user_version"),
            std::to_string(DeskSchema().size()));
  EXPECT_EQ(
      AskSqlite(store.database().sql(), "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"),
      "0");
}

TEST_F(DeskStoreTest, EveryOlderSchemaOpensWithAllItHeld) {
  std::string shown;
  {
    DeskStore store = Open();
    ASSERT_TRUE(store.Save(Named("d", "Nguyễn Thị Ánh"), {}));
    shown = AskSqlite(store.database().sql(), "SELECT hex(shown) FROM dossier_state");
  }
  const std::vector<SchemaStep>& steps = DeskSchema();
  for (auto end = steps.begin() + 1; end != steps.end(); ++end) {
    path_ = folder_ + "/" + std::to_string(end - steps.begin()) + ".db";
    {
      DeskStore store = Open();
      soci::session& sql = store.database().sql();
      RunSqliteScript(sql,
                      "PRAGMA writable_schema=ON; DELETE FROM sqlite_schema;"
                      "PRAGMA writable_schema=OFF; VACUUM; PRAGMA user_version=0");
      ASSERT_TRUE(MigrateSqlite(sql, {steps.begin(), end}));
      RunSqliteScript(sql,
                      "INSERT INTO meta VALUES('k', 'v');"
                      "INSERT INTO outbox(sequence, dossier, change, chain, at_ms, sent)"
                      " VALUES(1, 'd', X'a0', X'00', 5, 0);"
                      "INSERT INTO dossier(number, id, code, provisional_code, applicant,"
                      " procedure, assignee, receiver, owner, received_at, state, stage, due,"
                      " due_order, unsent, conflicts, set_aside) VALUES(1, 'd', 'H1', '',"
                      " 'Nguyễn Thị Ánh', '', '', 'a', 'a', '', 2, '', '', '~', 1, 0, 0);"
                      "INSERT INTO dossier_state VALUES('d', NULL, NULL, X'" +
                          shown + "')");
    }
    DeskStore store = Open();
    EXPECT_EQ(AskSqlite(store.database().sql(), "PRAGMA user_version"),
              std::to_string(steps.size()));
    EXPECT_EQ(**store.Meta("k"), "v");
    EXPECT_EQ(store.Outbox(0, 9)->size(), 1u);
    ASSERT_EQ(store.List({})->rows.size(), 1u) << path_;
    EXPECT_EQ(store.List({})->rows[0].applicant, "Nguyễn Thị Ánh");
    EXPECT_EQ((**store.Load("d")).shown.receiver, "a");
  }
}

TEST_F(DeskStoreTest, ALogThatLiesAsideIsNotTheLog) {
  DeskStore store = Open();
  EXPECT_EQ(store.OtherHead()->position, 0);
  ASSERT_TRUE(store.AppendEntry(1, "d", "một", "h1"));
  for (const int at : {5, 6, 7})
    ASSERT_TRUE(store.AppendOther(at, "khác " + std::to_string(at), "h" + std::to_string(at)));
  EXPECT_FALSE(store.AppendOther(7, "hai lần", "h"));
  EXPECT_EQ(store.OtherHead()->position, 7);
  EXPECT_EQ(store.OtherHead()->hash, "h7");
  EXPECT_EQ(**store.OtherHashAt(6), "h6");
  EXPECT_FALSE(*store.OtherHashAt(4));
  const auto entries = *store.OtherEntries(5, 1);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0], (std::pair<std::int64_t, base::Bytes>(6, "khác 6")));
  EXPECT_EQ(store.Head()->position, 1);
  ASSERT_TRUE(store.RemoveOtherAfter(5));
  EXPECT_EQ(store.OtherHead()->position, 5);
  EXPECT_EQ(store.Head()->position, 1);
}

TEST_F(DeskStoreTest, OutboxAndDossierMoveTogether) {
  DeskStore store = Open();
  EXPECT_EQ(store.LastOwn()->sequence, 0);
  const auto write = [&](bool fail) {
    return store.database().Atomically([&]() -> base::Status {
      HOSO_TRY(store.AppendOutbox({1, "d", kOctets, kOctets, 5'000'000'000, OutboxStatus::kHere}));
      HOSO_TRY(store.Save(Named("d", "An"), {}));
      if (fail) return base::Fail(base::ErrorKind::kDisk, "x");
      return {};
    });
  };
  EXPECT_FALSE(write(true));
  EXPECT_EQ(*store.OutboxCount(), 0);
  EXPECT_FALSE(store.Load("d")->has_value());
  EXPECT_EQ(store.Search("an", 9)->total, 0);
  ASSERT_TRUE(write(false));
  EXPECT_EQ(*store.UnsentThrough(9), 1);
  EXPECT_EQ(*store.SentThrough(), 0);
  ASSERT_TRUE(store.MarkSentThrough(1));
  EXPECT_EQ(*store.UnsentThrough(9), 0);
  EXPECT_EQ(*store.SentThrough(), 1);
  EXPECT_EQ(*store.OutboxCountOf("d"), 1);
  EXPECT_EQ(*store.OutboxCountOf("e"), 0);
  EXPECT_EQ((*store.OutboxAt(1))->change, kOctets);
  EXPECT_EQ((*store.OutboxAt(1))->at_ms, 5'000'000'000);
  EXPECT_EQ((*store.OutboxAt(1))->status, OutboxStatus::kSent);
  EXPECT_EQ(store.OutboxOf("d")->size(), 1u);
  ASSERT_TRUE(store.RemoveFromOutbox(1));
  EXPECT_EQ(store.LastOwn()->sequence, 1);
  EXPECT_EQ(store.LastOwn()->chain, kOctets);
  EXPECT_EQ((*store.Load("d"))->shown, Named("d", "An").shown);
}

TEST_F(DeskStoreTest, LogAndReceipts) {
  DeskStore store = Open();
  EXPECT_EQ(store.Head()->position, 0);
  EXPECT_EQ(store.Head()->hash, "");
  ASSERT_TRUE(store.AppendEntry(1, "d", kOctets, "h1"));
  ASSERT_TRUE(store.AppendEntry(2, "d", "e", "h2"));
  EXPECT_EQ(store.Head()->hash, "h2");
  EXPECT_EQ(**store.HashAt(1), "h1");
  EXPECT_FALSE(store.HashAt(3)->has_value());
  EXPECT_EQ(*store.EntriesOf("d"), (std::vector<Bytes>{kOctets, "e"}));
  ASSERT_TRUE(store.AddReceipt(1, kOctets));
  EXPECT_EQ(store.Receipts(5)->at(0), kOctets);
}

TEST_F(DeskStoreTest, ViewsAndTotals) {
  DeskStore store = Open();
  for (int i = 0; i < 60; ++i)
    ASSERT_TRUE(store.Save(Named("id" + std::to_string(i), "An", i == 0 ? 0 : 2),
                           Due(i == 1   ? "2026-11-01"
                               : i == 2 ? "2026-11-24"
                                        : "")));
  const auto total = [&](View view) {
    ListQuery query{view, "a", "2026-11-24", "2026-11-27", 50, 0};
    return store.List(query)->total;
  };
  EXPECT_EQ(total(View::kAll), 59);
  EXPECT_EQ(total(View::kMine), 59);
  EXPECT_EQ(total(View::kOverdue), 1);
  EXPECT_EQ(total(View::kToday), 1);
  EXPECT_EQ(total(View::kSoon), 1);
  EXPECT_EQ(total(View::kApproval), 0);
  EXPECT_EQ(total(View::kDrafts), 0);
  EXPECT_EQ(total(View::kConflicts), 0);
  EXPECT_EQ(total(View::kSetAside), 0);
  const auto list = store.List({});
  EXPECT_EQ(list->rows.size(), 50u);
  EXPECT_EQ(list->rows.at(0).due, "2026-11-01");
  EXPECT_EQ(store.FindIds("id")->size(), 2u);
  EXPECT_EQ(store.FindIds("id59")->size(), 1u);
  EXPECT_EQ(store.FindIds("")->size(), 0u);
}

TEST_F(DeskStoreTest, BackupOpensWithTheSameKey) {
  DeskStore store = Open();
  StoredDossier dossier = Named("d", "An");
  dossier.confirmed = dossier.shown;
  ASSERT_TRUE(store.Save(dossier, {}));
  const Bytes digest = *store.ConfirmedDigest();
  const std::string copy = folder_ + "/lưu.db";
  ASSERT_TRUE(BackUp(store.database(), copy));
  ASSERT_TRUE(BackUp(store.database(), copy));
  EXPECT_FALSE(fs::exists(copy + ".new"));
  EXPECT_EQ(base::ReadFile(copy, 1u << 28)->find("SQLite format"), Bytes::npos);
  path_ = copy;
  EXPECT_EQ(ReasonOf(Bytes(32, 'x')), "store.wrong_key");
  DeskStore restored = Open();
  EXPECT_EQ(*restored.ConfirmedDigest(), digest);
  EXPECT_EQ(restored.Search("an", 1)->total, 1);
}

}  // namespace
}  // namespace hoso::store
