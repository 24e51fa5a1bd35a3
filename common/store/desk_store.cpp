#include "common/store/desk_store.h"

#include <utility>

#include "common/change/digest.h"
#include "common/store/desk_text.h"
#include "common/store/guard.h"
#include "common/store/soci.h"
#include "common/text/sort.h"

namespace hoso::store {
namespace {

using soci::into;
using soci::use;

struct StateOctets {
  bool found = false;
  std::optional<base::Bytes> confirmed;
  base::Bytes shown;
};

void SaveStates(soci::session& sql, const StoredDossier& dossier) {
  const base::Bytes shown = change::EncodeState(dossier.shown);
  base::Bytes confirmed, digest;
  soci::indicator known = soci::i_null;
  if (dossier.confirmed) {
    confirmed =
        *dossier.confirmed == dossier.shown ? shown : change::EncodeState(*dossier.confirmed);
    digest = change::StateDigestOf(confirmed);
    known = soci::i_ok;
  }
  sql << "INSERT INTO dossier_state (id, digest, confirmed, shown) "
         "VALUES (:id, :digest, :confirmed, :shown) ON CONFLICT (id) DO UPDATE SET "
         "digest = excluded.digest, confirmed = excluded.confirmed, shown = excluded.shown",
      use(dossier.shown.id, "id"), use(digest, known, "digest"), use(confirmed, known, "confirmed"),
      use(shown, "shown");
}

/// Returns the row's own number.
long long SaveRow(soci::session& sql, const change::DossierState& shown, const DossierRow& row) {
  const std::string applicant = shown.Get("field.applicant.name");
  const std::string assignee = shown.Get("assignee");
  const std::string& owner = assignee.empty() ? shown.receiver : assignee;
  const std::string due_order = row.due.empty() ? "~" : row.due;
  const std::string applicant_key = text::NameSortKey(applicant);
  const std::string sheet = shown.Get("field.parcel.sheet");
  const std::string parcel = shown.Get("field.parcel.number");
  const long long state = shown.state, unsent = row.unsent;
  const long long conflicts = shown.OpenConflicts(), set_aside = shown.OpenSetAside();
  long long number = 0;
  sql << "INSERT INTO dossier (id, code, provisional_code, applicant, procedure, assignee, "
         "receiver, owner, received_at, state, stage, due, due_order, unsent, conflicts, "
         "set_aside, applicant_key, sheet, parcel) VALUES (:id, :code, :provisional, :applicant, "
         ":procedure, :assignee, "
         ":receiver, :owner, :received, :state, :stage, :due, :due_order, :unsent, :conflicts, "
         ":set_aside, :applicant_key, :sheet, :parcel) ON CONFLICT (id) DO UPDATE SET code = "
         "excluded.code, "
         "provisional_code = excluded.provisional_code, applicant = excluded.applicant, "
         "procedure = excluded.procedure, assignee = excluded.assignee, "
         "receiver = excluded.receiver, owner = excluded.owner, "
         "received_at = excluded.received_at, state = excluded.state, stage = excluded.stage, "
         "due = excluded.due, due_order = excluded.due_order, unsent = excluded.unsent, "
         "conflicts = excluded.conflicts, set_aside = excluded.set_aside, "
         "applicant_key = excluded.applicant_key, sheet = excluded.sheet, "
         "parcel = excluded.parcel RETURNING number",
      use(shown.id, "id"), use(shown.code, "code"), use(shown.provisional_code, "provisional"),
      use(applicant, "applicant"), use(shown.procedure, "procedure"), use(assignee, "assignee"),
      use(shown.receiver, "receiver"), use(owner, "owner"), use(shown.received_at, "received"),
      use(state, "state"), use(shown.stage, "stage"), use(row.due, "due"),
      use(due_order, "due_order"), use(unsent, "unsent"), use(conflicts, "conflicts"),
      use(set_aside, "set_aside"), use(applicant_key, "applicant_key"), use(sheet, "sheet"),
      use(parcel, "parcel"), into(number);
  return number;
}

void SaveText(soci::session& sql, long long number, const change::DossierState& shown) {
  sql << "DELETE FROM dossier_text WHERE rowid = :number", use(number, "number");
  if (shown.state == 0) return;  // No dossier came of it: nothing to find.
  const std::string words = SearchTextOf(shown);
  sql << "INSERT INTO dossier_text (rowid, words) VALUES (:number, :words)", use(number, "number"),
      use(words, "words");
}

}  // namespace

DeskStore::DeskStore(Database database) : database_(std::move(database)) {}

base::Result<std::optional<base::Bytes>> DeskStore::Meta(const std::string& key) {
  return Ask([&]() -> std::optional<base::Bytes> {
    base::Bytes value;
    soci::session& sql = database_.sql();
    sql << "SELECT value FROM meta WHERE key = :key", use(key, "key"), into(value);
    return sql.got_data() ? std::optional(value) : std::nullopt;
  });
}

base::Status DeskStore::SetMeta(const std::string& key, std::string_view value) {
  const base::Bytes octets(value);
  return Guarded([&] {
    database_.sql() << "INSERT INTO meta (key, value) VALUES (:key, :value) "
                       "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        use(key, "key"), use(octets, "value");
  });
}

base::Result<LogHead> DeskStore::Head() {
  return Ask([&] {
    LogHead head;
    long long position = 0;
    database_.sql() << "SELECT position, hash FROM log_entry ORDER BY position DESC LIMIT 1",
        into(position), into(head.hash);
    head.position = position;
    return head;
  });
}

base::Result<std::optional<base::Bytes>> DeskStore::HashAt(std::int64_t position) {
  return Ask([&]() -> std::optional<base::Bytes> {
    base::Bytes hash;
    const long long at = position;
    soci::session& sql = database_.sql();
    sql << "SELECT hash FROM log_entry WHERE position = :at", use(at, "at"), into(hash);
    return sql.got_data() ? std::optional(hash) : std::nullopt;
  });
}

base::Status DeskStore::AppendEntry(std::int64_t position, const std::string& dossier,
                                    std::string_view entry, std::string_view hash) {
  const base::Bytes entry_octets(entry), hash_octets(hash);
  const long long at = position;
  return Guarded([&] {
    database_.sql() << "INSERT INTO log_entry (position, dossier, entry, hash) "
                       "VALUES (:at, :dossier, :entry, :hash)",
        use(at, "at"), use(dossier, "dossier"), use(entry_octets, "entry"),
        use(hash_octets, "hash");
  });
}

base::Result<std::vector<base::Bytes>> DeskStore::Entries(std::int64_t after, std::int64_t limit) {
  const long long from = after, most = limit;
  return Ask([&] {
    std::vector<base::Bytes> entries;
    base::Bytes entry;
    soci::statement query =
        (database_.sql().prepare
             << "SELECT entry FROM log_entry WHERE position > :after ORDER BY position LIMIT :most",
         use(from, "after"), use(most, "most"), into(entry));
    query.execute();
    while (query.fetch()) entries.push_back(entry);
    return entries;
  });
}

base::Result<std::vector<std::pair<std::int64_t, base::Bytes>>> DeskStore::Unreadable() {
  return Ask(
      [&] {
        std::vector<std::pair<std::int64_t, base::Bytes>> entries;
        long long position = 0;
        base::Bytes entry;
        soci::statement query =
            (database_.sql().prepare
                 << "SELECT position, entry FROM log_entry WHERE dossier = '' ORDER BY position",
             into(position), into(entry));
        query.execute();
        while (query.fetch()) entries.emplace_back(position, entry);
        return entries;
      });
}

base::Result<std::vector<base::Bytes>> DeskStore::EntriesOf(const std::string& dossier) {
  return Ask(
      [&] {
        std::vector<base::Bytes> entries;
        base::Bytes entry;
        soci::statement query =
            (database_.sql().prepare
                 << "SELECT entry FROM log_entry WHERE dossier = :dossier ORDER BY position",
             use(dossier, "dossier"), into(entry));
        query.execute();
        while (query.fetch()) entries.push_back(entry);
        return entries;
      });
}

base::Status DeskStore::RemoveEntriesAfter(std::int64_t position) {
  const long long last = position;
  return Guarded([&] {
    database_.sql() << "DELETE FROM log_entry WHERE position > :last", use(last, "last");
  });
}

base::Result<std::optional<StoredDossier>> DeskStore::Load(const std::string& id) {
  HOSO_TRY_ASSIGN(const StateOctets octets, Ask([&] {
                    StateOctets read;
                    base::Bytes confirmed;
                    soci::indicator known = soci::i_null;
                    soci::session& sql = database_.sql();
                    sql << "SELECT confirmed, shown FROM dossier_state WHERE id = :id",
                        use(id, "id"), into(confirmed, known), into(read.shown);
                    read.found = sql.got_data();
                    if (read.found && known == soci::i_ok) read.confirmed = confirmed;
                    return read;
                  }));
  if (!octets.found) return std::optional<StoredDossier>();
  StoredDossier dossier;
  HOSO_TRY_ASSIGN(dossier.shown, change::DecodeState(octets.shown));
  if (octets.confirmed) {
    HOSO_TRY_ASSIGN(dossier.confirmed, change::DecodeState(*octets.confirmed));
  }
  return std::optional(std::move(dossier));
}

base::Status DeskStore::Save(const StoredDossier& dossier, const DossierRow& row) {
  return Guarded([&] {
    soci::session& sql = database_.sql();
    SaveStates(sql, dossier);
    SaveText(sql, SaveRow(sql, dossier.shown, row), dossier.shown);
  });
}

base::Status DeskStore::RemoveDossier(const std::string& id) {
  return Guarded([&] {
    soci::session& sql = database_.sql();
    sql << "DELETE FROM dossier_text WHERE rowid = (SELECT number FROM dossier WHERE id = :id)",
        use(id, "id");
    sql << "DELETE FROM dossier WHERE id = :id", use(id, "id");
    sql << "DELETE FROM dossier_state WHERE id = :id", use(id, "id");
  });
}

base::Result<base::Bytes> DeskStore::ConfirmedDigest() {
  return Ask([&] {
    change::ListDigest list;
    std::string id;
    base::Bytes digest;
    soci::statement query = (database_.sql().prepare << "SELECT id, digest FROM dossier_state "
                                                        "WHERE digest IS NOT NULL ORDER BY id",
                             into(id), into(digest));
    query.execute();
    while (query.fetch()) list.Add(id, digest);
    return list.Finish();
  });
}

}  // namespace hoso::store
