#include "common/store/desk_store.h"
#include "common/store/guard.h"
#include "common/store/soci.h"

namespace hoso::store {

using soci::into;
using soci::use;

base::Result<LogHead> DeskStore::OtherHead() {
  return Ask([&] {
    LogHead head;
    long long position = 0;
    database_.sql() << "SELECT position, hash FROM other_log ORDER BY position DESC LIMIT 1",
        into(position), into(head.hash);
    head.position = position;
    return head;
  });
}

base::Result<std::optional<base::Bytes>> DeskStore::OtherHashAt(std::int64_t position) {
  return Ask([&]() -> std::optional<base::Bytes> {
    base::Bytes hash;
    const long long at = position;
    soci::session& sql = database_.sql();
    sql << "SELECT hash FROM other_log WHERE position = :at", use(at, "at"), into(hash);
    return sql.got_data() ? std::optional(hash) : std::nullopt;
  });
}

base::Result<std::vector<std::pair<std::int64_t, base::Bytes>>> DeskStore::OtherEntries(
    std::int64_t after, std::int64_t limit) {
  const long long from = after, most = limit;
  return Ask([&] {
    std::vector<std::pair<std::int64_t, base::Bytes>> entries;
    long long position = 0;
    base::Bytes entry;
    soci::statement query =
        (database_.sql().prepare << "SELECT position, entry FROM other_log "
                                    "WHERE position > :after ORDER BY position LIMIT :most",
         use(from, "after"), use(most, "most"), into(position), into(entry));
    query.execute();
    while (query.fetch()) entries.emplace_back(position, entry);
    return entries;
  });
}

base::Status DeskStore::AppendOther(std::int64_t position, std::string_view entry,
                                    std::string_view hash) {
  const base::Bytes entry_octets(entry), hash_octets(hash);
  const long long at = position;
  return Guarded([&] {
    database_.sql() << "INSERT INTO other_log (position, entry, hash) VALUES (:at, :entry, :hash)",
        use(at, "at"), use(entry_octets, "entry"), use(hash_octets, "hash");
  });
}

base::Status DeskStore::RemoveOtherAfter(std::int64_t position) {
  const long long last = position;
  return Guarded([&] {
    database_.sql() << "DELETE FROM other_log WHERE position > :last", use(last, "last");
  });
}

}  // namespace hoso::store
