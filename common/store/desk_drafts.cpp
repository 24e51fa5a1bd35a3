#include "common/store/desk_store.h"
#include "common/store/guard.h"
#include "common/store/soci.h"

namespace hoso::store {

using soci::into;
using soci::use;

namespace {

template <class Bind>
std::vector<DraftRow> ReadDrafts(soci::session& sql, const std::string& which, const Bind& bind) {
  DraftRow row;
  long long at = 0;
  soci::statement query(sql);
  query.exchange(into(row.key));
  query.exchange(into(row.officer));
  query.exchange(into(row.content));
  query.exchange(into(at));
  bind(query);
  query.alloc();
  query.prepare("SELECT key, officer, content, at_ms FROM draft " + which +
                " ORDER BY at_ms DESC, key");
  query.define_and_bind();
  query.execute();
  std::vector<DraftRow> drafts;
  while (query.fetch()) {
    row.at_ms = at;
    drafts.push_back(row);
  }
  return drafts;
}

}  // namespace

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
    return ReadDrafts(database_.sql(), "WHERE officer = :officer",
                      [&](soci::statement& query) { query.exchange(use(officer, "officer")); });
  });
}

base::Result<std::vector<DraftRow>> DeskStore::AllDrafts() {
  return Ask([&] { return ReadDrafts(database_.sql(), "", [](soci::statement&) {}); });
}

}  // namespace hoso::store
