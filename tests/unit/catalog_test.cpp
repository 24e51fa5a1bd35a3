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
  EXPECT_EQ(Default().Transitions().size(), 14u);
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

TEST(Catalogue, PacksAndUnpacksTheSame) {
  const auto packed = PackFolder(std::string(HOSO_SOURCE_DIR) + "/resources/catalog");
  ASSERT_TRUE(packed.has_value()) << packed.error().detail;
  EXPECT_EQ(*packed, *PackDefault());
  EXPECT_EQ(Unpack(*packed)->Version(), Default().Version());
  EXPECT_FALSE(Unpack(packed->substr(1)).has_value());
}

/// Changes one text in one file of a copy and tells what the reader says of it.
std::string Complaint(const std::string& file, const std::string& from, const std::string& to) {
  testing::TempFolder folder;
  std::filesystem::copy(std::string(HOSO_SOURCE_DIR) + "/resources/catalog", folder.path(),
                        std::filesystem::copy_options::recursive);
  std::string text = *base::ReadFile(folder / file, 1u << 24);
  const auto at = text.find(from);
  if (at == std::string::npos) return "no such text";
  text.replace(at, from.size(), to);
  base::WriteFile(folder / file, text).value();
  const auto read = LoadFolder(folder.path());
  return read ? "accepted" : read.error().detail;
}

TEST(Catalogue, RefusesAMalformedSetWithFileLineAndReason) {
  EXPECT_EQ(Complaint("calendar.json", "\"2025-01-27\"", "\"2025-13-27\""),
            "calendar.json:5: a day needs a date and a known kind");
  EXPECT_EQ(Complaint("transitions.json", "\"MC\"", "\"XX\""), "transitions.json:2: unknown role");
  EXPECT_EQ(Complaint("units.json", "\"province\": \"01\"", "\"province\": \"99\""),
            "units.json:2: unknown province 99");
  EXPECT_EQ(Complaint("states.json", "},", "}"), "states.json:3: not well-formed JSON");
  EXPECT_EQ(Complaint("procedures/1.013225.json", "\"unit\": \"wd\"", "\"unit\": \"xx\""),
            "procedures/1.013225.json:1: unit must be wd, d, h or m");
  EXPECT_EQ(Complaint("catalog.json", "units.json", "unit.json"),
            "catalog.json:1: file missing: unit.json");
}

}  // namespace
}  // namespace hoso::catalog
