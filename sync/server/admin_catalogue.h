#pragma once

#include <string>

#include "common/store/province_store.h"

namespace hoso::server {

/// kRefused "unit.unknown" or "unit.other_province" by the catalogue that is published now.
base::Status CheckUnit(store::ProvinceStore& store, const std::string& unit,
                       const std::string& province);

/// Reads, validates and publishes a catalogue folder; gives its version.
base::Result<std::string> ImportCatalogue(store::ProvinceStore& store, const std::string& folder);

}  // namespace hoso::server
