#pragma once

#include <string>

#include "common/change/state.h"

namespace hoso::store {

/// What a dossier is found by: the words of its codes, fields and notes, folded; words with marks
/// also as written; numbers also without the blanks and dots between their digits.
std::string SearchTextOf(const change::DossierState& state);

}  // namespace hoso::store
