#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "common/store/desk_store.h"
#include "tests/support/fakes.h"

namespace hoso::bench {

inline constexpr const char* kFamily[] = {"Nguyễn", "Trần", "Lê", "Phạm",
                                          "Đặng",   "Bùi",  "Vũ", "Hoàng"};
inline constexpr const char* kMiddle[] = {"Văn", "Thị", "Đức", "Ngọc", "Minh", "Quốc"};
inline constexpr const char* kGiven[] = {"An",   "Bình", "Ánh", "Hữu", "Nhi",
                                         "Ưởng", "Đức",  "Sơn", "Thảo"};

/// The n-th of a unit's dossiers: a person, a place and a parcel, all invented, the same for the
/// same seed.
inline store::StoredDossier MakeDossier(std::int64_t n, testing::SeededRandom& random) {
  change::DossierState state;
  state.id = base::MakeUuid7(1'795'397'400'000 + n, random);
  state.unit = "06994";
  state.procedure = "1.013225";
  state.procedure_version = "2026-07-01";
  state.received_at = "2026-11-23T08:30";
  state.state = 2 + static_cast<int>(random.Below(3)) * 2;
  state.code = "H49.06.994-261123-" + std::to_string(10000 + n);
  const auto put = [&](const std::string& key, const std::string& value) {
    state.registers["field." + key].held = {{state.id, 1}, value, "u-1", 1'795'397'400'000, n + 1};
  };
  put("applicant.name", std::string(kFamily[random.Below(8)]) + " " + kMiddle[random.Below(6)] +
                            " " + kGiven[random.Below(9)]);
  put("applicant.id_number", "0220900" + std::to_string(10000 + random.Below(89999)));
  put("applicant.phone", "09" + std::to_string(10000000 + random.Below(89999999)));
  put("applicant.address", "Thôn " + std::to_string(random.Below(20)) + ", đặc khu Vân Đồn");
  put("parcel.number", std::to_string(random.Below(900)));
  put("parcel.sheet", std::to_string(random.Below(90)));
  put("summary", "Cấp giấy phép xây dựng nhà ở riêng lẻ hai tầng tại thửa đất ven biển");
  return {state, state};
}

/// `share` from 0 to 1; of at least one time.
inline double Percentile(std::vector<double> times, double share) {
  std::sort(times.begin(), times.end());
  return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

}  // namespace hoso::bench
