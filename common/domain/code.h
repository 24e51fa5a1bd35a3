#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hoso::domain {

/// An official dossier code: organisation, day, number (Circular 03/2025, tolerant of older forms).
struct DossierCode {
  std::string org, day, number;
  /// The number as one; 0 if it is none that a counter ever reaches.
  std::int64_t Count() const;
};

/// Reads "H49.6-261123-0007", "000.17.22.H56-210531-0001", "G09.20-20260609-0092637".
std::optional<DossierCode> ParseCode(std::string_view text);

/// `day`: "261123". Numbers have at least four digits.
std::string FormatCode(std::string_view org, std::string_view day, std::int64_t number);

/// A unit's organisation code from its province's H-code: ("H49", "06994") to "H49.06.994".
std::string OrgCode(std::string_view province_h_code, std::string_view unit);

/// What is printed while offline: "TẠM-06994.03-261123-0007". ParseCode never accepts it.
std::string ProvisionalCode(std::string_view unit, std::string_view point, std::string_view day,
                            std::int64_t number);

}  // namespace hoso::domain
