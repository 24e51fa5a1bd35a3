#pragma once

#include <optional>

#include "common/catalog/catalog.h"
#include "common/change/state.h"
#include "common/domain/deadline.h"

namespace hoso::engine {

/// When a dossier's result is due: a view over its state and the catalogue, never stored as state.
/// Uses the procedure version the dossier was accepted under. Nothing when the procedure or case
/// is not in the catalogue. Pure.
std::optional<domain::Due> DossierDue(const catalog::Catalog& catalogue,
                                      const change::DossierState& state);

}  // namespace hoso::engine
