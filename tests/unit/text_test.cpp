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
}

TEST(Format, WritesDatesAndNumbersAsVietnameseDo) {
  EXPECT_EQ(DateToScreen("2026-11-23"), "23/11/2026");
  EXPECT_EQ(NumberToScreen("1234567.5"), "1.234.567,5");
  EXPECT_EQ(NumberToScreen("-1000"), "-1.000");
  EXPECT_EQ(NumberToScreen("12 m"), "12 m");
}

}  // namespace
}  // namespace hoso::text
