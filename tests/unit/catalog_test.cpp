#include "common/catalog/load.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/support/fakes.h"

namespace hoso::catalog {
namespace {

const Catalog& Default() {
  static const auto loaded = LoadDefault();
  return *loaded;
}

TEST(Catalogue, HoldsWhatTheCountryHas) {
  EXPECT_EQ(Default().Procedures().size(), 47u);
  EXPECT_EQ(Default().Procedures().size() + Default().OtherProcedures().size(), 127u);
  EXPECT_EQ(Default().UnitCount(), 3321u);
  EXPECT_EQ(Default().ProvinceCount(), 34u);
  EXPECT_EQ(Default().FindUnit("06994")->province, "22");
  EXPECT_EQ(Default().UnitOrgCode("06994"), "H49.06.994");
  EXPECT_EQ(Default().Transitions().size(), 15u);
}

TEST(Catalogue, KnowsCasesAndDifficultAreas) {
  const Procedure* permit = Default().FindProcedure("1.013225", "2026-11-23");
  ASSERT_NE(permit, nullptr);
  EXPECT_EQ(permit->FindCase("nha-o-rieng-le")->limit.value, 7);
  EXPECT_EQ(permit->cases[1].limit.value, 10);
  const Procedure* land = Default().FindProcedure("1.013978");
  EXPECT_EQ(land->cases[0].difficult_limit->value, 27);
  EXPECT_EQ(land->cases[1].difficult_limit->value, 30);
  EXPECT_EQ(Default().FindProcedure("3.000439")->supplement.clock, domain::ClockPolicy::kRestart);
}

TEST(Catalogue, KeepsEachProceduresSupplementPolicy) {
  const SupplementPolicy& permit = Default().FindProcedure("1.013225")->supplement;
  EXPECT_EQ(permit.max_requests, 1);
  EXPECT_EQ(permit.applicant_limit->value, 2);
  EXPECT_EQ(permit.refuse_within->value, 1);
  EXPECT_EQ(permit.after_failure, "refuse");
  EXPECT_FALSE(permit.clock_confirmed);
  const SupplementPolicy& study = Default().FindProcedure("1.013239")->supplement;
  EXPECT_EQ(study.clock, domain::ClockPolicy::kRestart);
  EXPECT_EQ(study.request_within->value, 5);
  EXPECT_EQ(study.max_suspensions, 1);
  EXPECT_TRUE(Default().FindProcedure("1.010736")->silence_means_consent);
  EXPECT_TRUE(Default().FindProcedure("6.006594")->internal);
}

TEST(Catalogue, TellsOfEveryEntryWhereItComesFrom) {
  for (const Procedure& p : Default().Procedures()) EXPECT_NE(p.source, "") << p.code;
  for (const OtherProcedure& p : Default().OtherProcedures()) EXPECT_NE(p.source, "") << p.code;
  for (const domain::CalendarDay& d : Default().SpecialDays()) EXPECT_NE(d.source, "") << d.name;
  for (const auto& [code, state] : Default().States()) EXPECT_NE(state.origin.source, "") << code;
  for (const RoleName& role : Default().Roles()) EXPECT_NE(role.origin.source, "") << role.code;
  for (const Form& form : Default().Forms()) EXPECT_EQ(form.origin.valid_from, "2025-07-01");
  EXPECT_EQ(Default().FindUnit("06994")->origin.valid_from, "2026-07-12");
  EXPECT_EQ(Default().FindProvince("22")->former, std::vector<std::string>{"Quảng Ninh"});
  EXPECT_NE(Default().TransitionsOrigin().source, "");
}

TEST(Catalogue, ChoosesTheVersionInForceOnTheDay) {
  EXPECT_EQ(Default().FindProcedure("1.009452", "2026-06-30")->valid_to, "2026-06-30");
  EXPECT_EQ(Default().FindProcedure("1.009452", "2026-07-01")->valid_to, "2026-06-30");
  EXPECT_EQ(Default().FindProcedure("9.999999"), nullptr);
}

TEST(Catalogue, PacksAndUnpacksTheSame) {
  const auto packed = PackFolder(std::string(HOSO_SOURCE_DIR) + "/resources/catalog");
  ASSERT_TRUE(packed.has_value()) << packed.error().detail;
  EXPECT_EQ(*packed, *PackDefault());
  EXPECT_EQ(Unpack(*packed)->Version(), Default().Version());
  EXPECT_FALSE(Unpack(packed->substr(1)).has_value());
}

TEST(Catalogue, AHostilePackIsRefusedWhateverItHolds) {
  const std::string deep(8u << 20, '\x81');  // [[[[… as deep as the octets go.
  const std::string texts("\xa1\x61x\x61y", 5);
  EXPECT_FALSE(Unpack(deep).has_value());
  EXPECT_FALSE(Unpack("\xa1\x61x" + deep).has_value());
  EXPECT_FALSE(Unpack(std::string("\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9)).has_value());
  EXPECT_FALSE(Unpack(std::string("\xbb\xff\xff\xff\xff\xff\xff\xff\xff", 9)).has_value());
  EXPECT_FALSE(Unpack(std::string("\xa1\x61x\xa1\x61y\x61z", 7)).has_value());   // A map in a map,
  EXPECT_FALSE(Unpack(texts + texts).has_value());                               // two in a row,
  EXPECT_FALSE(Unpack(std::string("\xa2\x61x\x61y\x61x\x61z", 9)).has_value());  // a file twice.
  EXPECT_FALSE(Unpack("").has_value());
}

/// Changes one text in one file of a copy and reads the copy.
base::Result<Catalog> Changed(const std::string& file, const std::string& from,
                              const std::string& to) {
  testing::TempFolder folder;
  const std::string set = folder / "set";  // Not there yet: copying onto a folder is not portable.
  std::filesystem::copy(std::string(HOSO_SOURCE_DIR) + "/resources/catalog", set,
                        std::filesystem::copy_options::recursive);
  std::string text = *base::ReadFile(set + "/" + file, 1u << 24);
  const auto at = text.find(from);
  if (at == std::string::npos) return base::Fail(base::ErrorKind::kUsage, "x", "no such text");
  text.replace(at, from.size(), to);
  base::WriteFile(set + "/" + file, text).value();
  return LoadFolder(set);
}

std::string Complaint(const std::string& file, const std::string& from, const std::string& to) {
  const auto read = Changed(file, from, to);
  return read ? "accepted" : read.error().detail;
}

TEST(Catalogue, RefusesAMalformedSetWithFileLineAndReason) {
  EXPECT_EQ(Complaint("calendar.json", "\"2025-01-27\"", "\"2025-13-27\""),
            "calendar.json:5: 'date' is no date");
  EXPECT_EQ(Complaint("calendar.json", "\"2025-01-27\"", "\"2035-01-27\""),
            "calendar.json:5: day lies outside the coverage");
  EXPECT_EQ(Complaint("calendar.json", "\"2025-01-27\"", "\"2025-01-01\""),
            "calendar.json:5: '2025-01-01' is there twice");
  EXPECT_EQ(Complaint("calendar.json", "comp_off", "day_off"),
            "calendar.json:25: unknown kind of day");
  EXPECT_EQ(Complaint("calendar.json", "\"11:30\"", "\"07:00\""),
            "calendar.json:2: office hours out of order");
  EXPECT_EQ(Complaint("transitions.json", "\"MC\"", "\"XX\""), "transitions.json:3: unknown role");
  EXPECT_EQ(Complaint("transitions.json", "\"form\": \"6\"", "\"form\": \"66\""),
            "transitions.json:6: unknown form");
  EXPECT_EQ(Complaint("transitions.json", "[2, 4, 5, 6]", "[2, 4, 5, 16]"),
            "transitions.json:12: unknown state");
  EXPECT_EQ(Complaint("units.json", "\"province\": \"01\"", "\"province\": \"99\""),
            "units.json:3: unknown province 99");
  EXPECT_EQ(Complaint("units.json", "\"code\": \"00008\"", "\"code\": \"8\""),
            "units.json:4: a unit's code has five digits");
  EXPECT_EQ(Complaint("units.json", "\"code\": \"00008\"", "\"code\": \"00004\""),
            "units.json:4: unit is there twice");
  EXPECT_EQ(Complaint("units.json", "2026-07-12", "12/7/2026"),
            "units.json:1: 'valid_from' is no date");
  EXPECT_EQ(Complaint("provinces.json", "\"valid_to\": null", "\"valid_to\": \"2025-01-01\""),
            "provinces.json:2: valid_to lies before valid_from");
  EXPECT_EQ(Complaint("provinces.json", "QĐ 19/2025/QĐ-TTg", ""),
            "provinces.json:2: 'source' is empty");
  EXPECT_EQ(Complaint("states.json", "},", "}"), "states.json:4: not well-formed JSON");
  EXPECT_EQ(Complaint("states.json", "\"code\": 2", "\"code\": 2e999"),
            "states.json:4: not well-formed JSON");
  EXPECT_EQ(Complaint("states.json", "\"code\": 2", "\"code\": 1"),
            "states.json:4: state is there twice");
  EXPECT_EQ(Complaint("roles.json", "\"Chuyên viên\"", "7"), "roles.json:4: 'name' must be text");
  EXPECT_EQ(Complaint("forms.json", "\"number\": 3, ", ""), "forms.json:4: 'number' is missing");
  const std::string permit = "procedures/1.013225.json";
  EXPECT_EQ(Complaint(permit, "\"unit\": \"wd\"", "\"unit\": \"xx\""),
            permit + ":16: unit must be wd, d, h or m");
  EXPECT_EQ(Complaint(permit, "\"value\": 7,", "\"value\": 0,"),
            permit + ":15: 'value' is out of range");
  EXPECT_EQ(Complaint(permit, "\"value\": 7,", "\"value\": 7, \"value\": 8,"),
            permit + ":15: 'value' is there twice");
  EXPECT_EQ(Complaint(permit, "\"role\": \"PH\"", "\"role\": \"PQ\""),
            permit + ":83: unknown role PQ");
  EXPECT_EQ(Complaint(permit, "\"key\": \"c2\"", "\"key\": \"c1\""),
            permit + ":25: 'c1' is there twice");
  EXPECT_EQ(Complaint(permit, "\"clock\": \"pause\"", "\"clock\": \"stop\""),
            permit + ":222: clock must be pause or restart");
  EXPECT_EQ(Complaint("other_procedures.json", "\"3.000441\"", "\"1.013225\""),
            "other_procedures.json:2: procedure is there twice");
  EXPECT_EQ(Complaint("catalog.json", "units.json", "unit.json"),
            "catalog.json:5: file missing: unit.json");
  EXPECT_EQ(Complaint("catalog.json", "  \"forms.json\",\n", ""),
            "catalog.json:5: file not listed: forms.json");
  EXPECT_EQ(Complaint("fields.json", "[", std::string(100, '[')), "fields.json:2: nested too deep");
}

TEST(Catalogue, AUnitMayHaveItsOwnOfficeHours) {
  const auto read = Changed("units.json", "\"code\": \"00008\"",
                            "\"office_hours\": [[\"07:00\", \"11:00\"], [\"13:00\", \"16:30\"]], "
                            "\"code\": \"00008\"");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->WorkingCalendar("00008").ClosingMinute(), 16 * 60 + 30);
  EXPECT_EQ(read->WorkingCalendar("00004").ClosingMinute(), 17 * 60);
  const auto holiday = *domain::ParseDay("2026-11-24");
  EXPECT_FALSE(
      read->WorkingCalendar("00008").IsWorking(holiday, domain::Calendar::Unconfirmed::kWorking));
}

TEST(Catalogue, MarksDaysNobodyHasConfirmed) {
  const auto read = Changed("calendar.json", "Ngày Văn hóa Việt Nam\", \"confirmed\": true",
                            "Ngày Văn hóa Việt Nam\", \"confirmed\": false");
  ASSERT_TRUE(read) << read.error().detail;
  const auto day = *domain::ParseDay("2026-11-24");
  EXPECT_TRUE(read->WorkingCalendar().IsWorking(day, domain::Calendar::Unconfirmed::kWorking));
  EXPECT_FALSE(read->WorkingCalendar().IsWorking(day, domain::Calendar::Unconfirmed::kOff));
}

}  // namespace
}  // namespace hoso::catalog
