#include "common/store/province_store.h"

#include <algorithm>
#include <utility>

#include "common/base/number.h"
#include "common/change/digest.h"
#include "common/store/guard.h"
#include "common/store/province_ledger.h"
#include "common/store/province_octets.h"
#include "common/store/soci.h"

namespace hoso::store {
namespace {

using soci::into;
using soci::use;

}  // namespace

ProvinceStore::ProvinceStore(Database database) : database_(std::move(database)) {}

base::Result<std::optional<base::Bytes>> ProvinceStore::Meta(const std::string& key) {
  return OctetsOf(Ask([&]() -> std::optional<std::string> {
    std::string value;
    soci::session& sql = database_.sql();
    sql << "SELECT value FROM meta WHERE key = :key", use(key, "key"), into(value);
    return sql.got_data() ? std::optional(value) : std::nullopt;
  }));
}

base::Status ProvinceStore::SetMeta(const std::string& key, std::string_view value) {
  const std::string text = base::ToBase64(value);
  return Guarded([&] {
    database_.sql() << "INSERT INTO meta (key, value) VALUES (:key, :value) "
                       "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        use(key, "key"), use(text, "value");
  });
}

base::Result<std::optional<UnitHead>> ProvinceStore::ReadHead(const std::string& unit, bool lock) {
  // On SQLite BEGIN IMMEDIATE has locked the whole file already.
  const std::string ending = lock && database_.IsPostgres() ? " FOR UPDATE" : "";
  HOSO_TRY_ASSIGN(std::optional<UnitHead> head, Ask([&]() -> std::optional<UnitHead> {
                    UnitHead read;
                    long long position = 0, restored = 0;
                    soci::session& sql = database_.sql();
                    sql << "SELECT epoch, position, hash, restored_ms FROM unit_head "
                           "WHERE unit = :unit" +
                               ending,
                        use(unit, "unit"), into(read.epoch), into(position), into(read.hash),
                        into(restored);
                    if (!sql.got_data()) return std::nullopt;
                    read.position = position;
                    read.restored_ms = restored;
                    return read;
                  }));
  if (head) {
    HOSO_TRY_ASSIGN(head->hash, base::FromBase64(head->hash));
  }
  return head;
}

base::Result<UnitHead> ProvinceStore::LockUnit(const std::string& unit, const std::string& epoch) {
  HOSO_TRY(Guarded([&] {
    database_.sql() << "INSERT INTO unit_head (unit, epoch, position, hash) "
                       "VALUES (:unit, :epoch, 0, '') ON CONFLICT (unit) DO NOTHING",
        use(unit, "unit"), use(epoch, "epoch");
  }));
  HOSO_TRY_ASSIGN(std::optional<UnitHead> head, ReadHead(unit, true));
  if (!head) return base::Fail(base::ErrorKind::kDisk, "store.failed");
  // Nobody else's epoch is this one: the row has just been made.
  if (head->position > 0 || head->epoch != epoch) return *head;
  HOSO_TRY_ASSIGN(const auto restored, Meta(kRestoredMeta));
  if (restored) head->restored_ms = base::ToNumber(*restored).value_or(0);
  // SetHead enters what it changes; a row that stays as it was made is entered here.
  HOSO_TRY(head->restored_ms > 0 ? SetHead(unit, *head) : Enter(LedgerRowOf(unit, *head)));
  return *head;
}

base::Result<std::optional<UnitHead>> ProvinceStore::Unit(const std::string& unit) {
  return ReadHead(unit, false);
}

base::Status ProvinceStore::SetHead(const std::string& unit, const UnitHead& head) {
  HOSO_TRY_ASSIGN(const auto before, ReadHead(unit, false));
  const long long position = head.position, restored = head.restored_ms;
  const std::string hash = base::ToBase64(head.hash);
  HOSO_TRY(Guarded([&] {
    database_.sql() << "INSERT INTO unit_head (unit, epoch, position, hash, restored_ms) "
                       "VALUES (:unit, :epoch, :position, :hash, :restored) "
                       "ON CONFLICT (unit) DO UPDATE SET "
                       "epoch = excluded.epoch, position = excluded.position, "
                       "hash = excluded.hash, restored_ms = excluded.restored_ms",
        use(unit, "unit"), use(head.epoch, "epoch"), use(position, "position"), use(hash, "hash"),
        use(restored, "restored");
  }));
  const bool same =
      before && before->epoch == head.epoch && before->restored_ms == head.restored_ms;
  return same ? base::Status() : Enter(LedgerRowOf(unit, head));
}

base::Result<std::vector<std::string>> ProvinceStore::Units() {
  return Ask([&] {
    std::vector<std::string> units;
    std::string unit;
    soci::statement query =
        (database_.sql().prepare << "SELECT unit FROM unit_head ORDER BY unit", into(unit));
    query.execute();
    while (query.fetch()) units.push_back(unit);
    return units;
  });
}

base::Status ProvinceStore::AppendEntry(const std::string& unit, std::int64_t position,
                                        const std::string& dossier, std::string_view entry,
                                        std::string_view hash) {
  const long long at = position;
  const std::string entry_text = base::ToBase64(entry), hash_text = base::ToBase64(hash);
  return Guarded([&] {
    database_.sql() << "INSERT INTO log_entry (unit, position, dossier, entry, hash) "
                       "VALUES (:unit, :position, :dossier, :entry, :hash)",
        use(unit, "unit"), use(at, "position"), use(dossier, "dossier"), use(entry_text, "entry"),
        use(hash_text, "hash");
  });
}

template <class Prepare>
base::Result<std::vector<base::Bytes>> ProvinceStore::ReadEntries(const Prepare& prepare) {
  HOSO_TRY_ASSIGN(std::vector<base::Bytes> entries, Ask([&] {
                    std::vector<std::string> read;
                    std::string entry;
                    soci::statement query = prepare(database_.sql(), entry);
                    query.execute();
                    while (query.fetch()) read.push_back(entry);
                    return read;
                  }));
  for (base::Bytes& entry : entries) {
    HOSO_TRY_ASSIGN(entry, base::FromBase64(entry));
  }
  return entries;
}

base::Result<std::vector<base::Bytes>> ProvinceStore::Entries(const std::string& unit,
                                                              std::int64_t after,
                                                              std::int64_t limit) {
  const long long from = after, most = limit;
  return ReadEntries([&](soci::session& sql, std::string& entry) {
    return soci::statement((sql.prepare << "SELECT entry FROM log_entry WHERE unit = :unit AND "
                                           "position > :after ORDER BY position LIMIT :most",
                            use(unit, "unit"), use(from, "after"), use(most, "most"), into(entry)));
  });
}

base::Result<std::vector<base::Bytes>> ProvinceStore::EntriesOf(const std::string& unit,
                                                                const std::string& id) {
  return ReadEntries([&](soci::session& sql, std::string& entry) {
    return soci::statement((sql.prepare << "SELECT entry FROM log_entry WHERE unit = :unit AND "
                                           "dossier = :id ORDER BY position",
                            use(unit, "unit"), use(id, "id"), into(entry)));
  });
}

base::Result<std::optional<base::Bytes>> ProvinceStore::HashAt(const std::string& unit,
                                                               std::int64_t position) {
  const long long at = position;
  return OctetsOf(Ask([&]() -> std::optional<std::string> {
    std::string hash;
    soci::session& sql = database_.sql();
    sql << "SELECT hash FROM log_entry WHERE unit = :unit AND position = :at", use(unit, "unit"),
        use(at, "at"), into(hash);
    return sql.got_data() ? std::optional(hash) : std::nullopt;
  }));
}

base::Result<std::optional<ProvinceStore::StoredState>> ProvinceStore::State(
    const std::string& unit, const std::string& id) {
  std::string state, digest;
  HOSO_TRY_ASSIGN(const bool found, Ask([&] {
                    soci::session& sql = database_.sql();
                    sql << "SELECT state, digest FROM dossier_state "
                           "WHERE unit = :unit AND dossier = :id",
                        use(unit, "unit"), use(id, "id"), into(state), into(digest);
                    return sql.got_data();
                  }));
  if (!found) return std::optional<StoredState>();
  StoredState stored;
  HOSO_TRY_ASSIGN(stored.state, base::FromBase64(state));
  HOSO_TRY_ASSIGN(stored.digest, base::FromBase64(digest));
  return std::optional(std::move(stored));
}

base::Status ProvinceStore::SaveState(const std::string& unit, const std::string& id,
                                      std::string_view state, std::string_view digest) {
  const std::string state_text = base::ToBase64(state), digest_text = base::ToBase64(digest);
  return Guarded([&] {
    database_.sql() << "INSERT INTO dossier_state (unit, dossier, digest, state) "
                       "VALUES (:unit, :id, :digest, :state) ON CONFLICT (unit, dossier) "
                       "DO UPDATE SET digest = excluded.digest, state = excluded.state",
        use(unit, "unit"), use(id, "id"), use(digest_text, "digest"), use(state_text, "state");
  });
}

base::Result<base::Bytes> ProvinceStore::Digest(const std::string& unit) {
  using Line = std::pair<std::string, std::string>;
  HOSO_TRY_ASSIGN(std::vector<Line> lines, Ask([&] {
                    std::vector<Line> read;
                    Line line;
                    soci::statement query =
                        (database_.sql().prepare
                             << "SELECT dossier, digest FROM dossier_state WHERE unit = :unit",
                         use(unit, "unit"), into(line.first), into(line.second));
                    query.execute();
                    while (query.fetch()) read.push_back(line);
                    return read;
                  }));
  // Sorted here: a PostgreSQL collation may pass over the hyphens of an id.
  std::sort(lines.begin(), lines.end());
  change::ListDigest list;
  for (const auto& [id, digest] : lines) {
    HOSO_TRY_ASSIGN(const base::Bytes octets, base::FromBase64(digest));
    list.Add(id, octets);
  }
  return list.Finish();
}

base::Result<std::int64_t> ProvinceStore::NextCodeNumber(const std::string& org,
                                                         const std::string& day) {
  return Ask([&] {
    long long number = 0;
    soci::session& sql = database_.sql();
    sql << "INSERT INTO code_number (org, day, number) VALUES (:org, :day, 1) "
           "ON CONFLICT (org, day) DO UPDATE SET number = code_number.number + 1 "
           "RETURNING number",
        use(org, "org"), use(day, "day"), into(number);
    return static_cast<std::int64_t>(number);
  });
}

base::Status ProvinceStore::RaiseCodeNumber(const std::string& org, const std::string& day,
                                            std::int64_t number) {
  const long long least = number;
  return Guarded([&] {
    database_.sql() << "INSERT INTO code_number (org, day, number) VALUES (:org, :day, :least) "
                       "ON CONFLICT (org, day) DO UPDATE SET number = excluded.number "
                       "WHERE code_number.number < excluded.number",
        use(org, "org"), use(day, "day"), use(least, "least");
  });
}

}  // namespace hoso::store
