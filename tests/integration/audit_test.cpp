// A province that was tampered with: what the audit finds, and that it finds it first.
#include "sync/server/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "common/change/entry.h"
#include "common/crypto/sign.h"
#include "common/store/postgres_raw.h"
#include "common/store/sqlite_raw.h"
#include "tests/support/backend.h"
#include "tests/support/office.h"

namespace hoso::testing {
namespace {

using nlohmann::json;

/// Tables of the database itself, with nothing of ours in them.
const std::set<std::string> kNotOurs = {"schema_version"};  // Opening checks it.
/// Columns that the database itself does not let change.
const std::set<std::string> kRefused = {"ledger_head.one"};

std::string Quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

class Audit : public ::testing::TestWithParam<std::string> {
 protected:
  /// A working day with everything in it that leaves a row.
  void SetUp() override {
    for (const auto& [desk, role] :
         {std::pair("mc", "MC"), std::pair("cv", "CV"), std::pair("tp", "TP")})
      office.Enrol(desk, role);
    id = office.Receive("mc");
    const std::string other = office.Receive("mc", "Lò Thị Ún");
    office.Do("mc", {"dossier", "step", id, "transfer"});
    office.SyncAll({"mc", "cv", "tp"});
    office.Do("mc", {"dossier", "set", other, "summary=một"});
    office.Do("cv", {"dossier", "set", other, "summary=hai"});
    office.Do("cv", {"dossier", "step", id, "propose"});
    office.SyncAll({"mc", "cv", "tp"});
    office.Do("tp", {"dossier", "decide", id, "approve"});
    const std::string conflict = office.Do("cv", {"conflict", "list"})["conflicts"][0]["id"];
    office.Do("cv", {"conflict", "resolve", conflict, "--value", "ba"});
    const auto second = office.Hire("CV");
    office.Do("mc", {"enrol", "--code-file", office.CodeFor(second)}, "771204");
    office.clock().Advance(std::int64_t{61} * 24 * 3600 * 1000);  // Certificates are renewed.
    office.SyncAll({"cv", "tp"});
  }

  base::Result<server::ProvinceAudit> Verify(const std::string& unit = "") {
    return server::VerifyProvince(office.province(),
                                  crypto::PublicKey(office.authority().receipt_seed), unit);
  }
  std::string Found() {
    const auto audit = Verify();
    return audit ? "" : audit.error().reason;
  }

  /// First value of the first row, or of what an UPDATE returns.
  std::string Sql(const std::string& text) {
    auto& database = office.province().database();
    return database.IsPostgres() ? store::RunPostgres(database.sql(), text)
                                 : store::AskSqlite(database.sql(), text);
  }
  std::vector<std::string> Names(const std::string& sqlite, const std::string& postgres) {
    const bool pg = office.province().database().IsPostgres();
    std::istringstream all(pg ? Sql("SELECT string_agg(" + postgres)
                              : Sql("SELECT group_concat(" + sqlite));
    std::vector<std::string> names;
    for (std::string name; std::getline(all, name, ',');) names.push_back(name);
    return names;
  }
  std::vector<std::string> Tables() {
    return Names("name) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                 "tablename, ',') FROM pg_tables WHERE schemaname = 'public'");
  }
  std::vector<std::string> Columns(const std::string& table) {
    return Names(
        "name) FROM pragma_table_info('" + table + "')",
        "column_name, ',') FROM information_schema.columns WHERE table_name = '" + table + "'");
  }
  void ExpectNothing() {
    const auto audit = Verify();
    ASSERT_TRUE(audit) << audit.error().reason << " " << audit.error().detail;
    ASSERT_EQ(audit->units.size(), 1u);
    const server::UnitAudit& unit = audit->units[0];
    EXPECT_EQ(unit.unit, Office::kUnit);
    EXPECT_EQ(unit.entries, 8);
    EXPECT_EQ(unit.replicas, 3);
    EXPECT_EQ(unit.dossiers, 2);
    EXPECT_EQ(unit.signatures, 2);  // The decision, and the conflict's.
    EXPECT_EQ(audit->codes, 1);
    EXPECT_GT(audit->ledger, 10);
    EXPECT_TRUE(Verify(Office::kUnit));
  }
  std::string RowName() { return office.province().database().IsPostgres() ? "ctid" : "rowid"; }
  std::string RowOf(const std::string& table, bool last) {
    const std::string skip = last ? " OFFSET (SELECT count(*) - 1 FROM " + table + ")" : "";
    return Sql("SELECT " + RowName() + " FROM " + table + " LIMIT 1" + skip);
  }
  std::string At(const std::string& row) { return " WHERE " + RowName() + " = " + Quoted(row); }
  /// Gives the row's name afterwards.
  std::string Set(const std::string& table, const std::string& column, const std::string& row,
                  const std::string& value) {
    return Sql("UPDATE " + table + " SET " + column + " = " + Quoted(value) + At(row) +
               " RETURNING " + RowName());
  }
  bool IsNumber(const std::string& table, const std::string& column) {
    const bool pg = office.province().database().IsPostgres();
    const std::string kind = Sql("SELECT " + std::string(pg ? "pg_typeof(" : "typeof(") + column +
                                 ") FROM " + table + " LIMIT 1");
    return kind == "bigint" || kind == "integer";
  }

  std::string id;  // Of a dossier.
  TempFolder folder_;
  Office office{NewDatabase(GetParam(), folder_.path())};
};

/// The same text with one character of its own kind replaced, so that it still reads as before.
std::string Flipped(const std::string& text, bool last) {
  if (text.empty()) return "x";
  std::size_t at = last ? text.size() - 1 : 0;
  while (static_cast<unsigned char>(text[at]) > 126 || text[at] == '=') last ? --at : ++at;
  std::string out = text;
  const char c = text[at];
  const bool ends = c == '9' || c == 'z' || c == 'Z';
  out[at] =
      !std::isalnum(static_cast<unsigned char>(c)) ? 'x' : static_cast<char>(ends ? c - 1 : c + 1);
  return out;
}

std::string Other(const std::string& number) {
  return std::to_string(std::stoll(number) + 1000);
}

TEST_P(Audit, FindsOneCharacterInAnyColumnOfAnyTable) {
  ExpectNothing();
  int flips = 0;
  for (const std::string& table : Tables()) {
    if (kNotOurs.contains(table)) continue;
    for (const std::string& column : Columns(table)) {
      if (kRefused.contains(table + "." + column)) {
        EXPECT_ANY_THROW(Sql("UPDATE " + table + " SET " + column + " = 2"));
        continue;
      }
      for (const bool last : {false, true}) {
        const std::string row = RowOf(table, last);
        ASSERT_NE(row, "") << table << " is empty: the day lacks something";
        const std::string before = Sql("SELECT " + column + " FROM " + table + At(row));
        const std::string after = IsNumber(table, column) ? Other(before) : Flipped(before, last);
        const std::string moved = Set(table, column, row, after);
        ++flips;
        const auto audit = Verify();
        EXPECT_FALSE(audit) << table << "." << column << ": " << before << " -> " << after;
        if (!audit) {
          EXPECT_THAT(audit.error().reason, ::testing::StartsWith("audit."));
        }
        Set(table, column, moved, before);
      }
    }
  }
  EXPECT_GT(flips, 100);
  EXPECT_EQ(Found(), "");
}

TEST_P(Audit, FindsWhatSomebodyDoesWhoKnowsTheTables) {
  // Rows taken away or put back.
  office.SaveUser({"u-late", "Người đã nghỉ", Office::kUnit, "LD", true});
  office.SaveUser({"u-late", "Người đã nghỉ", Office::kUnit, "LD", false});
  EXPECT_EQ(Found(), "");
  Sql("UPDATE officer SET active = 1 WHERE id = 'u-late'");
  EXPECT_EQ(Found(), "audit.row_altered");
  Sql("DELETE FROM officer WHERE id = 'u-late'");
  EXPECT_EQ(Found(), "audit.row_missing");
  Sql("INSERT INTO officer (id, name, unit, role, active) VALUES "
      "('u-late', 'Người đã nghỉ', '06994', 'LD', 0), ('u-new', 'Ai đó', '06994', 'LD', 1)");
  EXPECT_EQ(Found(), "audit.row_extra");
  Sql("DELETE FROM officer WHERE id = 'u-new'");
  EXPECT_EQ(Found(), "");

  // The first of two breaks, in words.
  const std::string whole = Sql("SELECT entry FROM log_entry WHERE position = 4");
  const std::string fourth = " WHERE position = 4", sixth = " WHERE position = 6";
  const std::string later = Sql("SELECT entry FROM log_entry" + sixth);
  Sql("UPDATE log_entry SET entry = " + Quoted(Flipped(later, false)) + sixth);
  Sql("UPDATE log_entry SET entry = " + Quoted(Flipped(whole, false)) + fourth);
  const auto audit = Verify();
  ASSERT_FALSE(audit);
  EXPECT_EQ(audit.error().detail, "đơn vị 06994, vị trí 4");
  Sql("UPDATE log_entry SET entry = " + Quoted(later) + sixth);
  Sql("UPDATE log_entry SET entry = " + Quoted(whole) + fourth);
  EXPECT_EQ(Found(), "");

  // The verdict of the last entry turned, and all that can be computed computed again.
  const std::int64_t last = std::stoll(Sql("SELECT max(position) FROM log_entry"));
  const auto rows = office.province().Entries(Office::kUnit, last - 1, 1).value();
  change::Entry entry = change::DecodeEntry(rows[0]).value();
  entry.verdict = {change::Outcome::kSetAside, "right.role"};
  const base::Bytes before = **office.province().HashAt(Office::kUnit, last - 1);
  const base::Bytes octets = change::EncodeEntry(entry);
  const std::string hash = Quoted(base::ToBase64(change::LogHash(before, octets)));
  Sql("UPDATE log_entry SET entry = " + Quoted(base::ToBase64(octets)) + ", hash = " + hash +
      " WHERE position = " + std::to_string(last));
  Sql("UPDATE unit_head SET hash = " + hash);
  EXPECT_EQ(Found(), "audit.receipt_log");

  Sql("DELETE FROM log_entry WHERE position = " + std::to_string(last));
  EXPECT_EQ(Found(), "audit.log_cut");
}

TEST_P(Audit, BeginsWithWhatIsThereInADatabaseThatIsOlder) {
  for (const char* table : {"batch", "ledger", "ledger_head"})
    Sql(std::string("DELETE FROM ") + table);
  EXPECT_EQ(Found(), "audit.ledger_end");
  store::ProvinceStore& province = office.province();
  const std::string catalogue = **province.Meta("catalogue_id");
  ASSERT_TRUE(province.database().Atomically([&] { return province.BeginLedger(catalogue); }));
  EXPECT_EQ(Found(), "");
  office.Do("mc", {"sync", "--officer", "u-MC0"});
  office.Do("mc", {"dossier", "new", "--procedure", "1.013225", "--set", "applicant.name=Lê Ý",
                   "--officer", "u-MC0"});
  office.Do("mc", {"sync", "--officer", "u-MC0"});
  EXPECT_EQ(Found(), "");
  Sql("UPDATE log_entry SET dossier = 'x' WHERE position = 2");
  EXPECT_EQ(Found(), "audit.log_dossier");
}

TEST_P(Audit, ADamagedStateIsFoldedAgainWithTheNextChangeOfItsDossier) {
  const std::string of = " FROM dossier_state WHERE dossier = " + Quoted(id);
  const std::string state = Sql("SELECT state" + of), digest = Sql("SELECT digest" + of);
  for (const auto& [column, damaged] :
       {std::pair("state", std::string("không phải base64")),
        std::pair("state", Flipped(state, false)),
        std::pair("state", Flipped(state.substr(0, state.size() / 2), true) +
                               state.substr(state.size() / 2)),
        std::pair("digest", Flipped(digest, false))}) {
    Sql(std::string("UPDATE dossier_state SET ") + column + " = " + Quoted(damaged) +
        " WHERE dossier = " + Quoted(id));
    ASSERT_NE(Found(), "") << damaged;
    office.Do("cv", {"dossier", "note", id, "sau đó"});
    office.SyncAll({"cv", "tp"});
    ASSERT_EQ(Found(), "") << damaged;
    EXPECT_EQ(office.Do("cv", {"digest"})["sha256"],
              base::ToHex(office.province().Digest(Office::kUnit).value()));
  }
}

/// What an index says, and what its table.
struct AuditOfSqlite : Audit {};
INSTANTIATE_TEST_SUITE_P(Sqlite, AuditOfSqlite, ::testing::Values(kSqlite));

TEST_P(AuditOfSqlite, FindsAnIndexThatSaysOtherwiseThanItsTable) {
  const std::string right = Sql("SELECT digest FROM dossier_state WHERE dossier = " + Quoted(id));
  const auto write = [&](const std::string& digest) {
    Sql("UPDATE dossier_state SET digest = " + Quoted(digest) + " WHERE dossier = " + Quoted(id));
  };
  write(Flipped(right, false));
  Sql("PRAGMA writable_schema = ON");
  const std::string index = " FROM sqlite_schema WHERE name = 'dossier_state_digest'";
  const std::string page = Sql("SELECT rootpage" + index), text = Sql("SELECT sql" + index);
  const auto reload = [&] {
    const int version = std::stoi(Sql("PRAGMA schema_version"));
    Sql("PRAGMA schema_version = " + std::to_string(version + 1));
  };
  Sql("DELETE" + index);
  reload();
  write(right);  // Nobody keeps the index now.
  Sql("INSERT INTO sqlite_schema VALUES ('index', 'dossier_state_digest', 'dossier_state', " +
      page + ", " + Quoted(text) + ")");
  reload();
  EXPECT_EQ(Found(), "audit.storage");
}

INSTANTIATE_TEST_SUITE_P(Backends, Audit, ::testing::ValuesIn(Backends()),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso::testing
