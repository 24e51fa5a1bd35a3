#pragma once

#include <string>

#include "common/change/state.h"

namespace hoso::store {

/// What a dossier is found by: its words without and with their marks, with spaces between.
struct SearchText {
  std::string folded, exact;
};

/// Codes, every field and the notes.
SearchText SearchTextOf(const change::DossierState& state);

}  // namespace hoso::store
