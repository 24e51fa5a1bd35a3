#include <gtest/gtest.h>

#include "common/domain/code.h"
#include "common/domain/identity.h"

namespace hoso::domain {
namespace {

TEST(Code, ReadsEveryFormThatIsAbout) {
  for (const char* text :
       {"000.17.22.H56-210531-0001", "000.00.14.H56-200203-0118", "H26.12-250701-0001",
        "H55.242-250701-0001", "G09.20-20260609-0092637", "H49.06.994-261123-0007"})
    EXPECT_TRUE(ParseCode(text).has_value()) << text;
  for (const char* text : {"", "H49", "H49-261123", "H49-2611-0007", "h49.6-261123-0007",
                           "H49.6-261123-007", "H49.6666-261123-0007"})
    EXPECT_FALSE(ParseCode(text).has_value()) << text;
}

TEST(Code, AProvisionalOneIsNeverTakenForOfficial) {
  const std::string code = ProvisionalCode("06994", "03", "261123", 7);
  EXPECT_EQ(code, "TẠM-06994.03-261123-0007");
  EXPECT_FALSE(ParseCode(code).has_value());
  EXPECT_TRUE(ParseCode(FormatCode(OrgCode("H49", "06994"), "261123", 12345)).has_value());
}

TEST(CitizenId, WarnsAndNeverRefuses) {
  EXPECT_TRUE(CheckCitizenId("022090000001", "1990-05-01").empty());
  EXPECT_TRUE(CheckCitizenId("001301000003", "2001-01-01").empty());
  EXPECT_EQ(CheckCitizenId("022090000001", "1991-05-01"),
            std::vector<std::string>{"id.birth_year"});
  EXPECT_EQ(CheckCitizenId("999090000001", ""), std::vector<std::string>{"id.place"});
  EXPECT_EQ(CheckCitizenId("123456789", ""), std::vector<std::string>{"id.old_number"});
  EXPECT_EQ(CheckCitizenId("12a", ""), std::vector<std::string>{"id.digits"});
}

TEST(TaxCode, ChecksItsDigit) {
  EXPECT_TRUE(IsTaxCode("0100109106"));
  EXPECT_TRUE(IsTaxCode("0100109106-001"));
  EXPECT_FALSE(IsTaxCode("0100109107"));
  EXPECT_FALSE(IsTaxCode("01001091"));
}

TEST(Phone, KnowsMobileAndLandline) {
  EXPECT_TRUE(IsPhone("0900 000 001"));
  EXPECT_TRUE(IsPhone("02033874123"));
  EXPECT_FALSE(IsPhone("123"));
}

}  // namespace
}  // namespace hoso::domain
