#pragma once

#include <string>
#include <vector>

#include "common/change/state.h"
#include "common/domain/workflow.h"
#include "common/store/desk_store.h"

namespace hoso::engine {

/// A dossier folded from the log alone; what can't be read is passed over. Its shown state is
/// empty.
base::Result<store::StoredDossier> FoldAgain(store::DeskStore& store, const std::string& id,
                                             const std::vector<domain::Transition>& transitions);

/// A dossier as DeskStore::Load gives it; where its stored state can't be read any more, its
/// confirmed state is folded again from the log, so that one bad row stops nothing.
base::Result<store::StoredDossier> LoadOrRefold(store::DeskStore& store, const std::string& id,
                                                const std::vector<domain::Transition>& transitions);

}  // namespace hoso::engine
