// What a desk can prove, alone, of what the province acknowledged.

#include "sync/protocol/messages.h"
#include "tests/integration/terminal_fixture.h"
#include "tests/support/desk_sql.h"

namespace hoso {
namespace {

using nlohmann::json;
using testing::DeskSql;
using testing::Office;
using testing::Ran;
using testing::Terminal;

struct ReceiptProof : Terminal {
  void Work() {
    EnrolThree();
    id = office.Receive("mc");
    office.Do("mc", {"dossier", "note", id, "một"});
    office.SyncAll({"mc", "cv"});
    office.Do("cv", {"dossier", "note", id, Long()});
    office.Do("mc", {"dossier", "note", id, "chưa gửi"});
    office.SyncAll({"cv"});
    office.online = false;
  }
  std::string Broken() {
    const Ran ran = office.At("mc", {"receipt", "verify"});
    EXPECT_EQ(ran.exit, 6) << ran.out;
    return ran.json.value("error", "");
  }
  void Alter(const std::string& table, const std::string& column, const std::string& where) {
    DeskSql(office, "mc",
            "UPDATE " + table + " SET " + column + " = substr(" + column + ", 1, length(" + column +
                ") - 1) || x'07' WHERE " + where);
  }
  std::string id;
};

TEST_F(ReceiptProof, SaysWhatIsProvenWithoutANetwork) {
  Work();
  const json proof = office.Do("mc", {"receipt", "verify"});
  EXPECT_EQ(proof["through"], 2);
  EXPECT_EQ(proof["position"], 2);
  EXPECT_EQ(proof["receipts"], 3);  // The first when it asked for the epoch.
  EXPECT_NE(proof["proven"][0].get<std::string>().find("từ số 1 đến số 2"), std::string::npos);
  const json changes = office.Do("mc", {"receipt", "verify", "--dossier", id})["changes"];
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_FALSE(changes[0]["signed_at"].is_null());
  EXPECT_FALSE(changes[0]["ordered_at"].is_null());
  EXPECT_TRUE(changes[2]["signed_at"].is_null());
  EXPECT_TRUE(changes[2]["ordered_at"].is_null());
  EXPECT_EQ(office.At("mc", {"receipt", "verify", "--dossier", id, "--all"}).exit, 2);
}

TEST_F(ReceiptProof, CoversWhatIsStillOnItsWayBack) {
  Work();
  office.online = true;
  office.faults.cut_answer = 700;  // The receipt comes, its entries don't.
  EXPECT_EQ(office.At("mc", {"sync"}).exit, 5);
  const json proof = office.Do("mc", {"receipt", "verify"});
  EXPECT_EQ(proof["through"], 3);
  EXPECT_EQ(proof["position"], 2);
  EXPECT_EQ(proof["ahead"], 1);
}

TEST_F(ReceiptProof, WithoutReceiptsThereIsNothingToProve) {
  EnrolThree();
  EXPECT_EQ(office.At("mc", {"receipt", "verify"}).exit, 4);
}

TEST_F(ReceiptProof, NamesTheFirstBreak) {
  Work();
  const auto octets =
      base::FromHex(DeskSql(office, "mc", "SELECT hex(receipt) FROM receipt WHERE number = 1"));
  auto receipt = protocol::DecodeReceipt(*octets).value();
  ++receipt.accepted_through;
  DeskSql(office, "mc",
          "UPDATE receipt SET receipt = x'" + base::ToHex(protocol::EncodeReceipt(receipt)) +
              "' WHERE number = 1");
  EXPECT_EQ(Broken(), "proof.signature");
  DeskSql(office, "mc", "UPDATE receipt SET receipt = x'00' WHERE number = 1");
  EXPECT_EQ(Broken(), "proof.receipt");
}

TEST_F(ReceiptProof, FindsAnAlteredEntryAndAnAlteredHash) {
  Work();
  Alter("log_entry", "entry", "position = 1");
  EXPECT_EQ(Broken(), "proof.log");
}

TEST_F(ReceiptProof, FindsALogWhoseHashesWereComputedAgain) {
  Work();
  const base::Bytes entry = "other";
  const std::string hash = base::ToHex(change::LogHash(change::LogStart(Office::kUnit), entry));
  DeskSql(office, "mc", "DELETE FROM log_entry WHERE position > 1");
  DeskSql(office, "mc", "UPDATE log_entry SET entry = 'other', hash = x'" + hash + "'");
  EXPECT_EQ(Broken(), "proof.changes");
}

TEST_F(ReceiptProof, FindsAnOwnChangeThatIsGoneOrAltered) {
  Work();
  office.online = true;
  office.faults.cut_answer = 700;
  EXPECT_EQ(office.At("mc", {"sync"}).exit, 5);
  Alter("outbox", "change", "sequence = 3");
  EXPECT_EQ(Broken(), "proof.chain");
  DeskSql(office, "mc", "DELETE FROM outbox WHERE sequence = 3");
  EXPECT_EQ(Broken(), "proof.changes");
}

}  // namespace
}  // namespace hoso
