#include <gtest/gtest.h>

#include <algorithm>

#include "common/text/fold.h"
#include "common/text/format.h"
#include "common/text/sort.h"

namespace hoso::text {
namespace {

TEST(Fold, StripsEveryVietnameseMarkAndTakesDWithStrokeAsD) {
  EXPECT_EQ(Fold("Đặng Thị Ý Nhi"), "dang thi y nhi");
  EXPECT_EQ(Fold("ẤỀỐỨỘ ằẵẳắặ ƯƠ"), "aeouo aaaaa uo");
  EXPECT_EQ(Fold("Hoà Hòa"), "hoa hoa");
}

TEST(Fold, TakesDecomposedAndComposedTextAlike) {
  EXPECT_EQ(Fold("Nguye\xcc\x82\xcc\x83n"), Fold("Nguyễn"));
  EXPECT_EQ(Nfc("Nguye\xcc\x82\xcc\x83n"), "Nguyễn");
}

TEST(Nfc, IsWhateverTheKeyboardSentAndLeavesOtherOctetsAlone) {
  EXPECT_EQ(Nfc("a\xcc\x82\xcc\xa3"), "ậ");  // Circumflex, then dot below.
  EXPECT_EQ(Nfc("a\xcc\xa3\xcc\x82"), "ậ");  // The other way round.
  EXPECT_EQ(Nfc("đ"), "đ");
  EXPECT_EQ(Nfc("\xff\xfe"), "\xff\xfe");
}

TEST(Words, SplitsAtWhateverIsNoLetterOrDigit) {
  EXPECT_EQ(Words("H'Hương \"Niê\" 12/3 🙂 a*b"),
            (std::vector<std::string>{"H", "Hương", "Niê", "12", "3", "a", "b"}));
  EXPECT_TRUE(Words("'\" OR 1=1 --").size() == 3);
  EXPECT_TRUE(Words("").empty());
}

TEST(Sort, FollowsTheVietnameseAlphabetAndThenTheTones) {
  std::vector<std::string> names = {"Đặng", "Dương", "Bạ", "Bá", "Bã", "Bả",
                                    "Bà",   "Ba",    "Ân", "Ăn", "An"};
  std::sort(names.begin(), names.end(),
            [](const auto& a, const auto& b) { return SortKey(a) < SortKey(b); });
  EXPECT_EQ(names, (std::vector<std::string>{"An", "Ăn", "Ân", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ",
                                             "Dương", "Đặng"}));
}

TEST(Sort, ListsPeopleByGivenName) {
  EXPECT_LT(NameSortKey("Trần Văn An"), NameSortKey("Lê Thị Bình"));
  EXPECT_LT(NameSortKey("Lê Văn An"), NameSortKey("Trần Văn An"));
  EXPECT_LT(NameSortKey("Vũ An"), NameSortKey("Bùi Ân"));
  EXPECT_LT(NameSortKey("Vũ Ba"), NameSortKey("Bùi Bà"));
  EXPECT_LT(NameSortKey("Vũ Dương"), NameSortKey("Bùi Đạt"));
  EXPECT_LT(NameSortKey("Lê Văn An "), NameSortKey("Trần Văn An"));
  EXPECT_EQ(NameSortKey("Le\xcc\x82 An"), NameSortKey("Lê An"));
  EXPECT_LT(NameSortKey("Lê Văn AN"), NameSortKey("Trần Văn An"));
  EXPECT_LT(NameSortKey("Lê Văn An"), NameSortKey("Trần Văn AN"));
}

TEST(Format, WritesDatesAndNumbersAsVietnameseDo) {
  EXPECT_EQ(DateToScreen("2026-11-23"), "23/11/2026");
  EXPECT_EQ(NumberToScreen("1234567.5"), "1.234.567,5");
  EXPECT_EQ(NumberToScreen("-1000"), "-1.000");
  EXPECT_EQ(NumberToScreen("12 m"), "12 m");
  EXPECT_EQ(NumberToScreen("1234.5"), "1.234,5");
  EXPECT_EQ(NumberToScreen("999"), "999");
  EXPECT_EQ(NumberToScreen("-.5"), "-.5");
  EXPECT_EQ(DateToScreen("2026-11-23T08:30"), "23/11/2026");
  EXPECT_EQ(DateToScreen("hôm nay"), "hôm nay");
}

}  // namespace
}  // namespace hoso::text
