#include <gtest/gtest.h>

#include "common/catalog/load.h"
#include "common/domain/code.h"
#include "common/domain/identity.h"
#include "common/domain/workflow.h"

namespace hoso::domain {
namespace {

/// Every move of the catalogue as "1 accept 2", for one role.
std::vector<std::string> Moves(Role role) {
  static const auto catalogue = catalog::LoadDefault();
  std::vector<std::string> moves;
  for (int state = 0; state <= 11; ++state)
    for (const Transition& t : AllowedSteps(catalogue->Transitions(), state, role))
      moves.push_back(std::to_string(state) + " " + t.name + " " + std::to_string(t.to) +
                      (t.needs_reason ? " reason" : "") + (t.needs_approval ? " approved" : "") +
                      (t.form.empty() ? "" : " form " + t.form));
  return moves;
}

TEST(Workflow, EachRoleHasItsMovesWithTheirGuardsAndNoOthers) {
  using Expected = std::vector<std::string>;
  EXPECT_EQ(
      Moves(Role::kMc),
      (Expected{"1 accept 2 form 1", "1 refuse-intake 3 reason form 3", "1 guide 1 reason form 2",
                "2 transfer 4 form 6", "2 withdraw 7 reason form 5", "4 withdraw 7 reason form 5",
                "5 supplement-received 4 form 1", "5 withdraw 7 reason form 5",
                "6 withdraw 7 reason form 5", "9 return-result 10 form 7"}));
  EXPECT_EQ(Moves(Role::kCv), (Expected{"4 propose 4", "4 ask-supplement 5 reason form 2",
                                        "4 financial 6", "6 financial-done 4"}));
  EXPECT_EQ(Moves(Role::kTp), Expected{});
  EXPECT_EQ(Moves(Role::kLd),
            (Expected{"4 stop 8 reason form 5", "4 extend 4 reason form 4",
                      "5 stop 8 reason form 5", "8 reopen 4 reason", "9 reopen 4 reason"}));
  EXPECT_EQ(Moves(Role::kVt), Expected{"4 finish 9 approved"});
  EXPECT_EQ(Moves(Role::kQt), Expected{});
}

TEST(Role, HasSixCodesAndRefusesOthers) {
  for (const char* code : {"MC", "CV", "TP", "LD", "VT", "QT"})
    EXPECT_EQ(ToString(*ParseRole(code)), code);
  for (const char* text : {"", "mc", "PH", "LDX"})
    EXPECT_EQ(ParseRole(text).error().reason, "role.unknown") << text;
}

TEST(Code, GivesItsParts) {
  const auto code = ParseCode("000.17.22.H56-210531-0001");
  EXPECT_EQ(code->org, "000.17.22.H56");
  EXPECT_EQ(code->day, "210531");
  EXPECT_EQ(code->number, "0001");
}

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
  EXPECT_EQ(CheckCitizenId("02209000000", ""), std::vector<std::string>{"id.length"});
  EXPECT_EQ(CheckCitizenId("999090000001", "1991-05-01"),
            (std::vector<std::string>{"id.place", "id.birth_year"}));
  EXPECT_TRUE(CheckCitizenId("022405000001", "2105-01-01").empty());  // The next century too.
  EXPECT_TRUE(CheckCitizenId("", "1990-05-01").empty());
}

TEST(TaxCode, ChecksItsDigit) {
  EXPECT_TRUE(IsTaxCode("0100109106"));
  EXPECT_TRUE(IsTaxCode("0100109106-001"));
  EXPECT_FALSE(IsTaxCode("0100109107"));
  EXPECT_FALSE(IsTaxCode("01001091"));
  EXPECT_FALSE(IsTaxCode("0100109106-01"));
  EXPECT_FALSE(IsTaxCode("0100109106001"));
  for (char last = '0'; last <= '9'; ++last)  // Their sum leaves no digit that could check it.
    EXPECT_FALSE(IsTaxCode(std::string("000000012") + last));
}

TEST(Phone, KnowsMobileAndLandline) {
  EXPECT_TRUE(IsPhone("0900 000 001"));
  EXPECT_TRUE(IsPhone("02033874123"));
  EXPECT_FALSE(IsPhone("123"));
}

}  // namespace
}  // namespace hoso::domain
