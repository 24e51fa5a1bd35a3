#include "common/store/desk_store.h"
#include "common/store/guard.h"
#include "common/store/soci.h"

namespace hoso::store {

using soci::into;
using soci::use;

base::Status DeskStore::SaveDraft(const DraftRow& draft) {
  const long long at = draft.at_ms;
  return Guarded([&] {
    database_.sql() << "INSERT INTO draft (key, officer, content, at_ms) "
                       "VALUES (:key, :officer, :content, :at) ON CONFLICT (key) DO UPDATE SET "
                       "officer = excluded.officer, content = excluded.content, "
                       "at_ms = excluded.at_ms",
        use(draft.key, "key"), use(draft.officer, "officer"), use(draft.content, "content"),
        use(at, "at");
  });
}

base::Status DeskStore::RemoveDraft(const std::string& key) {
  return Guarded([&] { database_.sql() << "DELETE FROM draft WHERE key = :key", use(key, "key"); });
}

base::Result<std::vector<DraftRow>> DeskStore::Drafts(const std::string& officer) {
  return Ask([&] {
    std::vector<DraftRow> drafts;
    DraftRow row;
    long long at = 0;
    soci::statement query =
        (database_.sql().prepare << "SELECT key, officer, content, at_ms FROM draft "
                                    "WHERE officer = :officer ORDER BY at_ms DESC, key",
         use(officer, "officer"), into(row.key), into(row.officer), into(row.content), into(at));
    query.execute();
    while (query.fetch()) {
      row.at_ms = at;
      drafts.push_back(row);
    }
    return drafts;
  });
}

}  // namespace hoso::store
