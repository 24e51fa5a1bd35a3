// What a receipt says, read by another program.
#include <gmock/gmock.h>

#include <cstdlib>

#include "tests/integration/terminal_fixture.h"

namespace hoso::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(Terminal, AReceiptIsAPdfWithTheCodeOfTheMoment) {
  EnrolThree();
  const std::string id = office.Receive("mc", "Nguyễn Văn Ưởng");
  office.Do("mc", {"dossier", "check", id, "c1=have", "c2=copy"});
  const std::string file = office.Folder("receipt.pdf");
  const auto print = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {"dossier", "receipt", id, "--out", file};
    words.insert(words.end(), more.begin(), more.end());
    const json printed = office.Do("mc", words);
    EXPECT_EQ(printed["file"], file);
    EXPECT_GE(printed["pages"], 1);
    EXPECT_EQ(std::system(("pdftotext -q -layout '" + file + "' '" + file + ".txt'").c_str()), 0);
    return base::ReadFile(file + ".txt", 100'000).value();
  };
  const std::string first = print({});
  for (const char* fact :
       {"TẠM-06994", "MÃ TẠM", "Nguyễn Văn Ưởng", "Bản chính", "Bản sao", "07 ngày làm việc",
        "17 giờ 00 phút, ngày 03 tháng 12 năm 2026", "ĐẶC KHU VÂN ĐỒN", "Giấy tờ còn thiếu"})
    EXPECT_THAT(first, HasSubstr(fact));
  EXPECT_THAT(first, Not(HasSubstr("Bản in lại")));
  EXPECT_TRUE(OthersAreKeptOut(file));
  office.Do("mc", {"sync"});
  const std::string again = print({"--copy", "--paper", "A5"});
  EXPECT_THAT(again, HasSubstr("H49.06.994-261123-0001"));
  EXPECT_THAT(again, HasSubstr("Bản in lại"));
  EXPECT_THAT(again, Not(HasSubstr("TẠM")));
  EXPECT_EQ(office.At("mc", {"dossier", "receipt", id}).exit, 2);
  EXPECT_EQ(office.At("mc", {"dossier", "receipt", id, "--out", file, "--paper", "A3"}).exit, 2);
  EXPECT_EQ(office.At("mc", {"dossier", "receipt", "không-có", "--out", file}).exit, 4);
}

}  // namespace
}  // namespace hoso::testing
