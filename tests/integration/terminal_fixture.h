#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "tests/support/office.h"

namespace hoso::testing {

/// Offices driven by the terminal client's command lines.
class Terminal : public ::testing::Test {
 protected:
  /// Received by MC, transferred, on every desk.
  std::string InProcess() {
    const std::string id = office.Receive("mc");
    office.Do("mc", {"dossier", "step", id, "transfer"});
    office.SyncAll({"mc", "cv", "tp"});
    return id;
  }
  void EnrolThree() {
    for (const auto& [desk, role] :
         {std::pair("mc", "MC"), std::pair("cv", "CV"), std::pair("tp", "TP")})
      users[desk] = office.Enrol(desk, role);
  }
  /// So much, packed as it may be, that an answer with it can be cut behind the receipt.
  static std::string Long() {
    SeededRandom random(1);
    std::array<std::uint8_t, 2000> octets{};
    random.Fill(octets);
    return base::ToHex({reinterpret_cast<const char*>(octets.data()), octets.size()});
  }
  void ExpectEqualDigests(const std::vector<std::string>& desks) {
    for (const std::string& desk : desks)
      EXPECT_EQ(office.Do(desk, {"digest"}), office.ProvinceDigest()) << desk;
  }

  Office office;
  std::map<std::string, std::string> users;
};

}  // namespace hoso::testing
