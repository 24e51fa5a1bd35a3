#pragma once

#include <cstdint>
#include <string>

namespace hoso::bench {

inline constexpr const char* kPin = "482913";

/// Makes an enrolled desk in `folder` with so many invented dossiers of its one officer, due from
/// some days ago on, and one received last, with 300 notes. Leaves alone a desk that is there.
/// False if it can't.
bool MakeDesk(const std::string& folder, std::int64_t dossiers);

}  // namespace hoso::bench
