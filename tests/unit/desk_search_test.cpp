#include "tests/support/desk_fixture.h"

namespace hoso::store {
namespace {

TEST_F(DeskStoreTest, FindsWithAndWithoutAccents) {
  DeskStore store = Open();
  ASSERT_TRUE(store.Save(Named("1", "Nguyễn Văn Dúc"), Due("2026-01-01")));
  ASSERT_TRUE(store.Save(Named("2", "Nguyễn Văn Đức"), Due("2026-02-01")));
  ASSERT_TRUE(store.Save(Named("3", "Trần Thị Ánh"), {}));
  EXPECT_EQ(store.Search("duc nguyen", 9)->total, 2);
  EXPECT_EQ(store.Search("ĐỨC", 9)->rows.at(0).id, "2");
  EXPECT_EQ(store.Search("Dúc", 9)->rows.at(0).id, "1");
  EXPECT_EQ(store.Search("tra an", 9)->rows.at(0).applicant, "Trần Thị Ánh");
  EXPECT_EQ(store.Search("guyen", 9)->total, 0);
  EXPECT_EQ(store.Search("nguyen", 1)->total, 2);
  EXPECT_EQ(store.Search("nguyen", 1)->rows.size(), 1u);
  for (const char* odd : {"", " ", "\"", "'", "* OR *", "NEAR(", "a\" OR \"b", "😀", "-x",
                          "folded:", "\xff\xfe", "^", "(", "%", ":id", "AND"})
    EXPECT_TRUE(store.Search(odd, 9)) << odd;
  EXPECT_EQ(store.Search("😀 !", 9)->total, 0);
  ASSERT_TRUE(store.Save(Named("2", "Lê Hoa"), {}));
  EXPECT_EQ(store.Search("duc", 9)->total, 1);
}

TEST_F(DeskStoreTest, FindsByEverythingAnOfficerKnows) {
  DeskStore store = Open();
  StoredDossier dossier = Named("d", "Phạm Thị Ưởng");
  dossier.shown.code = "H49.06.994-261123-0007";
  dossier.shown.provisional_code = "TẠM-06994.03-261123-0009";
  const auto put = [&](const char* key, const char* value) {
    dossier.shown.registers[std::string("field.") + key].held.value = value;
  };
  put("applicant.id_number", "022090000001");
  put("applicant.phone", "0900 000 001");
  put("applicant.address", "Thôn Bãi Đá, đặc khu Vân Đồn");
  put("parcel.number", "157");
  put("summary", "Xây kè chắn sóng");
  dossier.shown.registers["assignee"].held.value = "người-giữ";
  dossier.shown.notes.push_back({{"r", 1}, "u-1", 1, "Đã gọi điện, hẹn thứ Năm"});
  ASSERT_TRUE(store.Save(dossier, {}));
  ASSERT_TRUE(store.Save(Named("other", "Lê Văn Bình"), {}));
  for (const char* typed :
       {"H49.06.994-261123-0007", "261123-0007", "TẠM-06994.03-261123-0009", "tam-06994",
        "022090000001", "0220900", "0900000001", "0900 000 001", "0900.000.001", "bai da",
        "Vân Đồn", "157", "xay ke", "KÈ CHẮN SÓNG", "hen thu nam", "uong pham 157"})
    EXPECT_EQ(store.Search(typed, 9)->total, 1) << typed;
  EXPECT_EQ(store.Search("nguoi giu", 9)->total, 0);  // Nothing an applicant would say.
}

TEST_F(DeskStoreTest, FindsWhatIsOnlyInTheOutboxAndNothingThatNeverWas) {
  DeskStore store = Open();
  ASSERT_TRUE(store.Save(Named("draft", "Trần Bản Thảo", 1), {}));
  ASSERT_TRUE(store.Save(Named("aside", "Trần Bản Thảo", 0), {}));  // Its create was set aside.
  const auto found = store.Search("bản thảo", 9);
  ASSERT_EQ(found->total, 1);
  EXPECT_EQ(found->rows.at(0).id, "draft");
  ASSERT_TRUE(store.Save(Named("draft", "Trần Bản Thảo", 0), {}));
  EXPECT_EQ(store.Search("bản thảo", 9)->total, 0);
}

TEST_F(DeskStoreTest, WhateverIsTypedIsOnlyData) {
  DeskStore store = Open();
  ASSERT_TRUE(store.Save(Named("1", "Công ty AND OR NOT NEAR \"Kép\" O'Hara 😀"), {}));
  ASSERT_TRUE(store.Save(Named("2", "words rowid Công"), {}));
  for (const char* typed : {"and or not near", "\"kép\"", "o'hara", "O'H*", "(công) -ty", "kep^",
                            "công ty; DROP TABLE dossier; --", "công + ty", "😀 kép", "{near}"}) {
    const bool drop = std::string(typed).find("DROP") != std::string::npos;
    EXPECT_EQ(store.Search(typed, 9)->total, drop ? 0 : 1) << typed;
  }
  EXPECT_EQ(store.Search("words: công", 9)->total, 1);
  EXPECT_EQ(store.Search("rowid:2", 9)->total, 0);
  EXPECT_TRUE(store.Search(std::string(1u << 20, 'a'), 9));
  std::string many;
  for (int i = 0; i < 5000; ++i) many += "công ";
  EXPECT_EQ(store.Search(many, 9)->total, 2);
}

TEST_F(DeskStoreTest, WhatIsWrittenAsTypedComesFirstAlsoAmongMany) {
  DeskStore store = Open();
  constexpr int kMany = 2500;  // Beyond what is simply sorted.
  const auto save = [&]() -> base::Status {
    for (int i = 0; i < kMany; ++i) {
      const std::string name = i % 50 == 49 ? "Nguyễn Đức" : "Nguyễn Dực";
      HOSO_TRY(store.Save(Named(std::to_string(10000 + i), name), Due("2026-01-01")));
    }
    return store.Save(Named("soon", "Nguyễn Đức"), Due("2025-12-31"));
  };
  ASSERT_TRUE(store.database().Atomically(save));
  const auto found = store.Search("đức", 60);
  EXPECT_EQ(found->total, kMany + 1);
  ASSERT_EQ(found->rows.size(), 60u);
  EXPECT_EQ(found->rows.at(0).id, "soon");
  EXPECT_EQ(found->rows.at(1).id, "10049");
  EXPECT_EQ(found->rows.at(50).applicant, "Nguyễn Đức");
  EXPECT_EQ(found->rows.at(51).id, "10000");  // The rest follow in the order of lists.
  EXPECT_EQ(found->rows.at(51).applicant, "Nguyễn Dực");
  EXPECT_EQ(store.Search("duc", 1)->rows.at(0).id, "soon");
}

}  // namespace
}  // namespace hoso::store
