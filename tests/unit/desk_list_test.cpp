#include <sstream>

#include "common/store/migrate.h"
#include "common/store/soci.h"
#include "common/store/sqlite_raw.h"
#include "tests/support/desk_fixture.h"

namespace hoso::store {
namespace {

/// Three people whose order differs in every respect; "2b" equals "2" in all but its id.
class DeskListTest : public DeskStoreTest {
 protected:
  void SetUp() override {
    Put("1", "Nguyễn Văn Đức", "2026-03-01", "p-c", "u-1", 6, {"9", "10"});
    Put("2", "Trần Thị Dung", "", "p-a", "u-2", 4, {"9", "9"});
    Put("2b", "Trần Thị Dung", "", "p-a", "u-2", 4, {"9", "9"});
    Put("3", "Lê Ánh", "2026-01-01", "p-b", "", 2, {"10", "1"});
    ASSERT_TRUE(store_.Save(Named("hidden", "Không có", 0), {}));
  }

  void Put(const std::string& id, const std::string& name, const std::string& due,
           const std::string& procedure, const std::string& assignee, int state,
           const std::pair<std::string, std::string>& land) {
    StoredDossier dossier = Named(id, name, state);
    dossier.shown.procedure = procedure;
    dossier.shown.received_at = "2026-11-2" + id.substr(0, 1);
    dossier.shown.registers["assignee"].held.value = assignee;
    dossier.shown.registers["field.parcel.sheet"].held.value = land.first;
    dossier.shown.registers["field.parcel.number"].held.value = land.second;
    if (id == "3")
      dossier.shown.code = "H-1";
    else
      dossier.shown.provisional_code = "T-" + id;
    DossierRow row = Due(due);
    row.unsent = id == "1" ? 3 : 0;
    ASSERT_TRUE(store_.Save(dossier, row));
  }

  std::vector<DossierRow> RowsOf(const ListQuery& query) {
    const auto numbers = store_.Numbers(query);
    if (!numbers) return {};
    const auto rows = store_.Rows(*numbers);
    return rows ? *rows : std::vector<DossierRow>();
  }
  std::string In(ListQuery query) {
    std::string ids;
    const std::vector<DossierRow> rows = RowsOf(query);
    for (const DossierRow& row : rows) ids += (ids.empty() ? "" : " ") + row.id;
    query.limit = 1;
    query.offset = 1;
    EXPECT_EQ(store_.List(query)->rows.at(0).id, rows.at(1).id);
    EXPECT_EQ(store_.List(query)->total, static_cast<std::int64_t>(rows.size()));
    return ids;
  }
  std::string By(Order order, bool descending = false) {
    ListQuery query;
    query.order = order;
    query.descending = descending;
    query.ids = {"p-b", "p-a", "u-2"};
    return In(query);
  }

  DeskStore store_ = Open();
};

TEST_F(DeskListTest, SortsByEveryOrderBothWaysAndKeepsEqualsInOrderOfArrival) {
  const std::pair<Order, const char*> orders[] = {
      {Order::kDue, "3 1 2 2b"},       {Order::kCode, "3 1 2 2b"},
      {Order::kApplicant, "3 2 2b 1"},  // Ánh, Dung, Đức: by given name, đ after d.
      {Order::kStep, "3 2 2b 1"},      {Order::kSigns, "1 2 2b 3"},
      {Order::kProcedure, "3 2 2b 1"},  // In the order of `ids`; what is not in it comes after.
      {Order::kAssignee, "2 2b 3 1"},  {Order::kReceived, "1 2 2b 3"},
      {Order::kParcel, "2 2b 1 3"}};  // As numbers: sheet 9 before 10.
  for (const auto& [order, expected] : orders) {
    EXPECT_EQ(By(order), expected) << static_cast<int>(order);
    std::string reversed;
    for (std::istringstream words(expected); words;) {
      std::string word;
      if (words >> word) reversed = word + (reversed.empty() ? "" : " ") + reversed;
    }
    EXPECT_EQ(By(order, true), reversed) << static_cast<int>(order);
  }
}

TEST_F(DeskListTest, EveryOrderHoldsInEveryView) {
  ListQuery query{View::kMine, "u-2", "2026-02-01", "2026-02-03"};
  query.order = Order::kApplicant;
  EXPECT_EQ(In(query), "2 2b");
  query.officer = "a";
  query.view = View::kAll;
  query.descending = true;
  EXPECT_EQ(In(query), "1 2b 2 3");
  query.view = View::kOverdue;
  EXPECT_EQ(store_.Numbers(query)->size(), 1u);
  query.view = View::kConflicts;
  EXPECT_EQ(store_.Numbers(query)->size(), 0u);
}

TEST_F(DeskListTest, NamesAreSortedAsVietnameseDictionariesDo) {
  const char* names[] = {"Dương", "Đặng", "Em", "Ê", "An", "Ân", "Ăn", "Ngà", "Nga", "Ngã"};
  int n = 0;
  for (const char* name : names)
    ASSERT_TRUE(store_.Save(Named("n" + std::to_string(n++), name, 1), {}));
  ListQuery query;
  query.order = Order::kApplicant;
  std::string found;
  for (const DossierRow& row : RowsOf(query))
    if (row.state == 1) found += row.applicant + " ";
  EXPECT_EQ(found, "An Ăn Ân Dương Đặng Em Ê Nga Ngà Ngã ");
}

TEST_F(DeskListTest, CountsAreThoseOfTheLists) {
  std::vector<ListQuery> queries;
  for (int view = 0; view <= static_cast<int>(View::kSetAside); ++view)
    queries.push_back({static_cast<View>(view), "u-2", "2026-02-01", "2026-03-01"});
  const auto counts = store_.Counts(queries);
  ASSERT_EQ(counts->size(), queries.size());
  for (std::size_t i = 0; i < queries.size(); ++i)
    EXPECT_EQ(counts->at(i), store_.List(queries[i])->total) << i;
  EXPECT_EQ(counts->at(0), 4);
}

TEST_F(DeskListTest, NumbersLeadBackToTheirDossiers) {
  const auto number = store_.NumberOf("2");
  ASSERT_TRUE(number->has_value());
  EXPECT_EQ(store_.Rows({**number, 999})->at(0).applicant, "Trần Thị Dung");
  EXPECT_EQ(store_.Rows({**number, 999})->size(), 1u);
  EXPECT_FALSE(store_.NumberOf("nobody")->has_value());
  ASSERT_TRUE(store_.Save(Named("2", "Trần Thị Dung"), {}));
  EXPECT_EQ(*store_.NumberOf("2"), *number);  // Saving again leaves it where it was.
}

TEST_F(DeskListTest, NoOrderIsSortedWithoutAnIndex) {
  soci::session& sql = store_.database().sql();
  for (const char* key : {"applicant_key", "state, stage", "procedure", "assignee", "received_at",
                          "CASE code WHEN '' THEN provisional_code ELSE code END",
                          "-4 * (conflicts > 0) - 2 * (set_aside > 0) - (unsent > 0)",
                          "CAST(sheet AS INTEGER), sheet, CAST(parcel AS INTEGER), parcel"}) {
    std::string plan;
    soci::rowset<soci::row> rows =
        (sql.prepare << std::string("EXPLAIN QUERY PLAN SELECT number FROM dossier ORDER BY ") +
                            key + ", number");
    for (const soci::row& row : rows) plan += row.get<std::string>(3) + "; ";
    EXPECT_NE(plan.find("INDEX dossier_by_"), std::string::npos) << key << ": " << plan;
    EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << key << ": " << plan;
  }
}

TEST_F(DeskListTest, AnOlderDatabaseIsSortedToo) {
  soci::session& sql = store_.database().sql();
  // As the version before would have left it.
  for (const char* index :
       {"code", "applicant", "step", "signs", "procedure", "assignee", "received", "parcel"})
    RunSqliteScript(sql, std::string("DROP INDEX dossier_by_") + index);
  for (const char* column : {"applicant_key", "sheet", "parcel"})
    RunSqliteScript(sql, std::string("ALTER TABLE dossier DROP COLUMN ") + column);
  std::size_t step = 0;
  while (DeskSchema()[step].name.find("list_order") == std::string::npos) ++step;
  RunSqliteScript(sql, DeskSchema()[step].sql);
  EXPECT_EQ(By(Order::kApplicant), "3 2 2b 1");
  EXPECT_EQ(By(Order::kParcel), "2 2b 1 3");
}

}  // namespace
}  // namespace hoso::store
