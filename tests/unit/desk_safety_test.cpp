#include <dlfcn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "common/store/migrate.h"
#include "common/store/sqlite_raw.h"
#include "common/text/fold.h"
#include "tests/support/desk_fixture.h"

namespace {

using RowCallback = int (*)(void*, int, char**, char**);

bool g_plain_library = false;
int g_open_temporary_files = 0;

/// Files this process has open that no folder lists, as SQLite's temporary ones.
int OpenTemporaryFiles() {
  int count = 0;
  for (const auto& link : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const std::string target = std::filesystem::read_symlink(link.path(), gone).string();
    if (target.find("etilqs") != std::string::npos) ++count;
  }
  return count;
}

struct Asked {
  RowCallback row;
  void* context;
  bool first = true;
};

int FirstRow(void* context, int columns, char** values, char** names) {
  auto& asked = *static_cast<Asked*>(context);
  if (asked.first) g_open_temporary_files += OpenTemporaryFiles();
  asked.first = false;
  return asked.row(asked.context, columns, values, names);
}

}  // namespace

/// Stands before the library's own. A SQLite without a cipher answers one question with nothing;
/// and while a query runs it can be seen what the library keeps in files.
extern "C" int sqlite3_exec(void* db, const char* sql, RowCallback row, void* context,
                            char** error) {
  static const auto real =
      reinterpret_cast<decltype(&sqlite3_exec)>(::dlsym(RTLD_NEXT, "sqlite3_exec"));
  if (g_plain_library && std::string(sql).find("cipher_version") != std::string::npos) return 0;
  if (row == nullptr) return real(db, sql, nullptr, context, error);
  Asked asked{row, context};
  return real(db, sql, FirstRow, &asked, error);
}

namespace hoso::store {
namespace {

namespace fs = std::filesystem;
using base::Bytes;

TEST_F(DeskStoreTest, RefusesALibraryThatDoesNotEncrypt) {
  g_plain_library = true;
  const std::string reason = ReasonOf(kKey);
  g_plain_library = false;
  EXPECT_EQ(reason, "store.not_encrypted");
  EXPECT_EQ(fs::file_size(path_), 0u);
  EXPECT_EQ(ReasonOf(kKey), "");
}

TEST_F(DeskStoreTest, NothingReadableOnDisk) {
  const std::string name = "Nguyễn Thị Đẹp", folded = text::Fold(name);
  const auto expect_nothing = [&](const char* when) {
    const Bytes all = FolderBytes();
    for (const std::string& needle :
         {name, folded, text::Lower(name), std::string("Nguyễn"), std::string("nguyen"),
          std::string("SQLite format"), kKey, base::ToHex(kKey)})
      EXPECT_EQ(all.find(needle), Bytes::npos) << when << " " << needle;
    EXPECT_GT(all.size(), 4096u);
  };
  {
    DeskStore store = Open();
    StoredDossier dossier = Named("d1", name);
    dossier.confirmed = dossier.shown;
    const auto save = [&]() -> base::Status {
      HOSO_TRY(store.Save(dossier, {}));
      HOSO_TRY(store.AppendOutbox({1, "d1", name, folded, 1, OutboxStatus::kHere}));
      HOSO_TRY(store.AppendEntry(1, "d1", name, folded));
      HOSO_TRY(store.AddReceipt(1, name));
      HOSO_TRY(store.SetMeta("m", name));
      // More than the cache holds, and a sort of it: both would spill into files.
      for (int i = 2; i < 200; ++i)
        HOSO_TRY(store.AppendEntry(i, "d1", name + std::string(200'000, 'x'), folded));
      g_open_temporary_files = 0;
      (void)AskSqlite(store.database().sql(),
                      "SELECT length(entry) FROM log_entry ORDER BY entry || position");
      EXPECT_EQ(g_open_temporary_files, 0);
      return {};
    };
    ASSERT_TRUE(store.database().Atomically(save));
    EXPECT_EQ(store.Search(name, 9)->total, 1);
    EXPECT_EQ(AskSqlite(store.database().sql(), "PRAGMA temp_store"), "2");
    EXPECT_TRUE(fs::exists(path_ + "-wal"));
    expect_nothing("open");
    struct stat info {};
    ASSERT_EQ(::stat(path_.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777u, 0600u);
    ASSERT_EQ(::stat((path_ + "-wal").c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777u, 0600u);
    ASSERT_TRUE(BackUp(store.database(), folder_ + "/copy.db"));
  }
  expect_nothing("closed");
}

TEST_F(DeskStoreTest, WhatIsAcknowledgedIsOnDisk) {
  DeskStore store = Open();
  EXPECT_EQ(AskSqlite(store.database().sql(), "PRAGMA synchronous"), "2");  // FULL
  EXPECT_EQ(AskSqlite(store.database().sql(), "PRAGMA journal_mode"), "wal");
}

TEST_F(DeskStoreTest, AKilledProgramLosesWhatWasNotCommittedAndNothingElse) {
  { Open(); }
  const auto work_and_die = [&](bool before_commit) {
    const pid_t child = ::fork();
    if (child == 0) {
      DeskStore store = Open();
      (void)store.database().Atomically([&]() -> base::Status {
        HOSO_TRY(store.AppendOutbox({1, "d", "c", "h", 1, OutboxStatus::kHere}));
        HOSO_TRY(store.Save(Named("d", "An"), {}));
        if (before_commit) ::raise(SIGKILL);
        return {};
      });
      ::raise(SIGKILL);
    }
    ::waitpid(child, nullptr, 0);
  };
  work_and_die(true);
  {
    DeskStore store = Open();
    EXPECT_EQ(*store.OutboxCount(), 0);
    EXPECT_FALSE(store.Load("d")->has_value());
  }
  work_and_die(false);
  DeskStore store = Open();
  EXPECT_EQ(*store.OutboxCount(), 1);
  EXPECT_TRUE(store.Load("d")->has_value());
  EXPECT_EQ(store.Search("an", 9)->total, 1);
}

/// A second program that waits, opens and closes the desk when told, and says when it has.
class OtherProgram {
 public:
  template <class Work>
  explicit OtherProgram(const Work& work) {
    EXPECT_EQ(::pipe(go_), 0);
    EXPECT_EQ(::pipe(done_), 0);
    child_ = ::fork();  // Before this process opens anything: SQLite does not survive a fork.
    if (child_ != 0) return;
    char octet = 0;
    if (::read(go_[0], &octet, 1) == 1) work();
    (void)!::write(done_[1], &octet, 1);
    ::_exit(0);
  }
  void Run() {
    char octet = 'x';
    ASSERT_EQ(::write(go_[1], &octet, 1), 1);
    ASSERT_EQ(::read(done_[0], &octet, 1), 1);
    ::waitpid(child_, nullptr, 0);
  }

 private:
  int go_[2] = {}, done_[2] = {};
  pid_t child_ = 0;
};

TEST_F(DeskStoreTest, AnotherProgramNeverTakesTheDatabaseFromUnderOurs) {
  OtherProgram other([&] {
    DeskStore theirs = Open();
    (void)theirs.database().Atomically([&] { return theirs.SetMeta("theirs", "1"); });
  });
  DeskStore first = Open();
  ASSERT_TRUE(first.database().Atomically([&] { return first.SetMeta("ours", "1"); }));
  { DeskStore second = Open(); }  // A connection that came and went, as for an exchange.
  other.Run();
  EXPECT_TRUE(std::filesystem::exists(path_ + "-wal"));  // Theirs was not the last to close.
  EXPECT_EQ(*first.Meta("theirs"), "1");
  ASSERT_TRUE(first.database().Atomically([&] { return first.SetMeta("ours", "2"); }));
  DeskStore again = Open();
  EXPECT_EQ(*again.Meta("ours"), "2");
  EXPECT_EQ(*again.Meta("theirs"), "1");
}

TEST_F(DeskStoreTest, TakesOnlyTheStepsThatAreMissing) {
  DeskStore store = Open();
  ASSERT_TRUE(store.SetMeta("k", "v"));
  std::vector<SchemaStep> steps = DeskSchema();
  for (std::size_t i = 0; i < steps.size(); ++i)
    EXPECT_EQ(std::stoul(steps[i].name), i + 1) << steps[i].name;
  steps.push_back({"next", "CREATE TABLE next (x BIGINT); INSERT INTO next VALUES (7);"});
  soci::session& sql = store.database().sql();
  ASSERT_TRUE(MigrateSqlite(sql, steps));
  ASSERT_TRUE(MigrateSqlite(sql, steps));
  EXPECT_EQ(AskSqlite(sql, "SELECT count(*) FROM next"), "1");
  EXPECT_EQ(AskSqlite(sql, "PRAGMA user_version"), std::to_string(steps.size()));
  EXPECT_EQ(**store.Meta("k"), "v");
}

}  // namespace
}  // namespace hoso::store
