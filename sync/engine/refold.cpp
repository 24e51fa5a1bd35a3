#include "sync/engine/refold.h"

#include "common/change/entry.h"

namespace hoso::engine {

base::Result<store::StoredDossier> FoldAgain(store::DeskStore& store, const std::string& id,
                                             const std::vector<domain::Transition>& transitions) {
  store::StoredDossier dossier;
  HOSO_TRY_ASSIGN(const auto entries, store.EntriesOf(id));
  for (const base::Bytes& encoded : entries) {
    const auto logged = change::DecodeLogged(encoded);
    if (!logged) continue;
    if (!dossier.confirmed) dossier.confirmed.emplace();
    change::ApplyEntry(*dossier.confirmed, logged->change, logged->entry, transitions);
  }
  return dossier;
}

base::Result<store::StoredDossier> LoadOrRefold(
    store::DeskStore& store, const std::string& id,
    const std::vector<domain::Transition>& transitions) {
  auto stored = store.Load(id);
  if (stored) return std::move(*stored).value_or(store::StoredDossier{});
  if (stored.error().reason != "state.malformed") return stored.error();
  return FoldAgain(store, id, transitions);
}

}  // namespace hoso::engine
