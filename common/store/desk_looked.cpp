#include "common/store/desk_store.h"
#include "common/store/guard.h"
#include "common/store/soci.h"

namespace hoso::store {

using soci::into;
using soci::use;

base::Status DeskStore::SaveLooked(const LookedRow& row) {
  const long long steps = row.steps, at = row.at_ms;
  return Guarded([&] {
    database_.sql() << "INSERT INTO looked (officer, dossier, shown, steps, at_ms) "
                       "VALUES (:officer, :dossier, :shown, :steps, :at) "
                       "ON CONFLICT (officer, dossier) DO UPDATE SET shown = excluded.shown, "
                       "steps = excluded.steps, at_ms = excluded.at_ms",
        use(row.officer, "officer"), use(row.dossier, "dossier"), use(row.shown, "shown"),
        use(steps, "steps"), use(at, "at");
  });
}

base::Result<std::optional<LookedRow>> DeskStore::Looked(const std::string& officer,
                                                         const std::string& dossier) {
  return Ask([&]() -> std::optional<LookedRow> {
    LookedRow row{officer, dossier, {}, 0, 0};
    long long steps = 0, at = 0;
    database_.sql() << "SELECT shown, steps, at_ms FROM looked "
                       "WHERE officer = :officer AND dossier = :dossier",
        use(officer, "officer"), use(dossier, "dossier"), into(row.shown), into(steps), into(at);
    if (!database_.sql().got_data()) return std::nullopt;
    row.steps = steps;
    row.at_ms = at;
    return row;
  });
}

}  // namespace hoso::store
