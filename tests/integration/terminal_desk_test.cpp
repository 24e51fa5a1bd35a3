// A desk's life at the terminal: enrolment, PINs, certificates, backups, what lies on its disk.
#include <filesystem>
#include <fstream>

#include "client/flows/desk_folder.h"
#include "tests/integration/terminal_fixture.h"
#include "tests/support/desk_sql.h"

namespace hoso {
namespace {

using nlohmann::json;
using testing::DeskSql;
using testing::Office;
using testing::Ran;
using testing::Terminal;

TEST_F(Terminal, ASecondOfficerJoinsWithAnOwnPinAndNoColleague) {
  EnrolThree();
  const std::string id = office.Receive("mc");
  const std::string second = office.Hire("CV");
  const json joined = office.Do("mc", {"enrol", "--code-file", office.CodeFor(second)}, "771204");
  EXPECT_EQ(joined["joined"], true);
  EXPECT_EQ(office.At("mc", {"status"}).exit, 2);  // Who?
  EXPECT_EQ(office.Do("mc", {"--officer", users["mc"], "status"})["officer"], users["mc"]);
  EXPECT_EQ(office.Do("mc", {"--officer", second, "status"}, "771204")["role"], "CV");
  EXPECT_EQ(office.At("mc", {"--officer", second, "status"}).exit, 3);
  office.Do("mc", {"--officer", second, "dossier", "note", id, "đã xem"}, "771204");
  office.Do("mc", {"--officer", second, "sync"}, "771204");
  const json shown = office.Do("mc", {"--officer", users["mc"], "dossier", "show", id});
  EXPECT_EQ(shown["notes"][0]["author"], second);
  EXPECT_EQ(shown["changes"][1]["status"], "accepted");
}

/// It may have no line for days, and the province may be put back meanwhile (ADR 13).
TEST_F(Terminal, WhatLetsAProvinceKnowADeskAgainComesWithItsEnrolment) {
  EnrolThree();
  EXPECT_EQ(
      DeskSql(office, "mc",
              "SELECT count(*) FROM meta WHERE key = 'registrations' AND length(value) > 300"),
      "1");
}

TEST_F(Terminal, AForgottenPinIsReplacedAndNothingIsLost) {
  EnrolThree();
  office.online = true;
  const std::string id = office.Receive("mc");
  office.clock().Advance(1000);
  office.Do("mc", {"enrol", "--code-file", office.CodeFor(users["mc"])}, "nhớ rồi nhé");
  EXPECT_EQ(office.At("mc", {"status"}).exit, 3);
  EXPECT_EQ(office.Do("mc", {"status"}, "nhớ rồi nhé")["waiting"], 1);
  office.Do("mc", {"sync"}, "nhớ rồi nhé");
  EXPECT_EQ(office.Do("mc", {"dossier", "show", id}, "nhớ rồi nhé")["changes"][0]["status"],
            "accepted");
}

TEST_F(Terminal, WrongPinsCostTimeNeverData) {
  EnrolThree();
  office.Receive("mc");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(office.At("mc", {"status"}, "000000").exit, 3);
  const Ran early = office.At("mc", {"status"});
  EXPECT_EQ(early.exit, 3);
  EXPECT_EQ(early.json["error"], "pin.delay");
  office.clock().Advance(1000);
  EXPECT_EQ(office.Do("mc", {"status"})["waiting"], 1);
  EXPECT_EQ(office.At("mc", {"pin", "change", "--new-pin-file", office.PinFile("ab")}).exit, 2);
  office.Do("mc", {"pin", "change", "--new-pin-file", office.PinFile("Mật khẩu dài")});
  EXPECT_EQ(office.At("mc", {"status"}).exit, 3);
  EXPECT_EQ(office.Do("mc", {"status"}, "Mật khẩu dài")["waiting"], 1);
}

TEST_F(Terminal, AnEnrolmentCutAnywhereGoesOnWithTheSameFileAndPin) {
  const std::string user = office.Hire("MC");
  const std::string code = office.CodeFor(user);
  office.lose_answers = 1;
  EXPECT_EQ(office.At("mc", {"enrol", "--code-file", code}).exit, 5);
  EXPECT_EQ(office.At("mc", {"status"}).exit, 4);
  office.Do("mc", {"enrol", "--code-file", code});
  EXPECT_EQ(office.Do("mc", {"status"})["officer"], user);
  office.Do("mc", {"sync"});
  // Used up for everybody else, and for this desk once more.
  const Ran again = office.At("other", {"enrol", "--code-file", code});
  EXPECT_EQ(again.exit, 4);
  EXPECT_EQ(again.json["error"], "enrol.used");
}

TEST_F(Terminal, TheCertificateIsRenewedLongBeforeItExpires) {
  EnrolThree();
  office.Receive("mc");
  office.Do("mc", {"sync"});
  const int before = office.connections;
  office.clock().Advance(std::int64_t{61} * 24 * 3600 * 1000);
  office.Do("mc", {"sync"});
  EXPECT_EQ(office.connections, before + 2);  // Asked with the old one, exchanged with the new.
  office.Do("mc", {"sync"});
  EXPECT_EQ(office.connections, before + 3);
  // Another renewal whose answer is lost must not lock the desk out.
  office.clock().Advance(std::int64_t{61} * 24 * 3600 * 1000);
  office.lose_answers = 1;
  office.At("mc", {"sync"});
  office.Do("mc", {"sync"});
}

TEST_F(Terminal, OnlyOneExchangeRunsAndARestoreWaitsForTheDeskToBeClosed) {
  EnrolThree();
  const flows::DeskFolder folder(office.Folder("mc"));
  {
    const auto running = folder.LockSync();
    ASSERT_TRUE(running);
    EXPECT_EQ(office.At("mc", {"sync"}).exit, 7);
    office.Receive("mc");  // Work goes on meanwhile.
  }
  office.Do("mc", {"sync"});
  const auto open = folder.LockDatabase(base::FileLock::Mode::kShared);
  EXPECT_EQ(office.At("mc", {"backup", "restore"}).exit, 7);
}

TEST_F(Terminal, SevenDailyBackupsAreKept) {
  EnrolThree();
  for (int day = 0; day < 9; ++day) {
    office.Do("mc", {"status"});
    office.clock().Advance(std::int64_t{24} * 3600 * 1000);
  }
  const json backups = office.Do("mc", {"backup", "list"})["backups"];
  ASSERT_EQ(backups.size(), 7u);
  EXPECT_GT(backups[0]["name"], backups[6]["name"]);
  EXPECT_GT(backups[0]["bytes"].get<int>(), 0);
}

TEST_F(Terminal, ARestoredDeskCatchesUpAndWorksOn) {
  EnrolThree();
  office.Do("mc", {"status"});  // Makes the day's backup, empty still.
  const std::string first = office.Receive("mc", "Trần Thị Bình");
  office.SyncAll({"mc"});
  const std::string second = office.Receive("mc", "Lê Văn Cường");
  office.SyncAll({"mc", "cv"});
  office.Do("mc", {"backup", "restore"});
  EXPECT_EQ(office.Do("mc", {"dossier", "list"})["total"], 0);
  const std::string third = office.Receive("mc", "Phạm Thị Dung");  // Before any exchange.
  office.Do("mc", {"dossier", "note", third, "sau khi phục hồi"});
  office.SyncAll({"mc", "cv"});
  for (const std::string& id : {first, second, third})
    EXPECT_EQ(office.Do("cv", {"dossier", "show", id})["state"], 2);
  EXPECT_EQ(office.Do("cv", {"dossier", "show", third})["notes"].size(), 1u);
  EXPECT_EQ(office.Do("mc", {"status"})["waiting"], 0);
  ExpectEqualDigests({"mc", "cv"});
}

TEST_F(Terminal, ARestoreLosesNothingThatStillWaited) {
  EnrolThree();
  const std::string old = office.Receive("mc", "Trần Thị Bình");
  office.Do("mc", {"sync"});
  office.clock().Advance(std::int64_t{24} * 3600 * 1000);
  office.Do("mc", {"status"});  // The next day's backup holds the first dossier.
  office.Do("mc", {"dossier", "set", old, "summary=đã gửi sau khi sao lưu"});
  office.Do("mc", {"sync"});
  const std::string waiting = office.Receive("mc", "Lê Văn Cường");
  office.Do("mc", {"dossier", "note", old, "chưa gửi"});
  office.Do("mc", {"backup", "restore"});
  EXPECT_EQ(office.Do("mc", {"status"})["waiting"], 2);
  EXPECT_EQ(office.Do("mc", {"dossier", "show", waiting})["state"], 2);  // In sight at once.
  EXPECT_EQ(office.Do("mc", {"dossier", "show", old})["notes"].size(), 1u);
  office.SyncAll({"mc", "cv"});
  EXPECT_EQ(office.Do("mc", {"status"})["waiting"], 0);
  const json shown = office.Do("cv", {"dossier", "show", old});
  EXPECT_EQ(shown["fields"]["summary"], "đã gửi sau khi sao lưu");
  EXPECT_EQ(shown["notes"].size(), 1u);
  EXPECT_EQ(office.Do("cv", {"dossier", "show", waiting})["state"], 2);
  ExpectEqualDigests({"mc", "cv"});
}

TEST_F(Terminal, NoFileOfADeskHoldsAnythingReadable) {
  EnrolThree();
  const std::string id = office.Receive("mc", "Vương Thị Quỳnh Như");
  office.Do("mc", {"dossier", "note", id, "ghi chú kín đáo"});
  office.Do("mc", {"sync"});
  office.Do("mc", {"dossier", "set", id, "applicant.phone=0912345678"});
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(office.Folder("mc"))) {
    if (!entry.is_regular_file()) continue;
    ++files;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    for (const char* planted : {"Quỳnh", "quynh", "kín đáo", "kin dao", "0912345678", "PRIVATE KEY",
                                "CERTIFICATE", "SQLite format", Office::kPin})
      EXPECT_EQ(bytes.find(planted), std::string::npos) << entry.path() << " " << planted;
    EXPECT_TRUE(testing::OthersAreKeptOut(entry.path())) << entry.path();
  }
  EXPECT_GE(files, 5u);  // Database, keys, device secret, share, backup.
}

}  // namespace
}  // namespace hoso
