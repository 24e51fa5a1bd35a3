#include "common/change/change.h"
#include "common/store/desk_store.h"
#include "common/store/guard.h"
#include "common/store/soci.h"

namespace hoso::store {
namespace {

using soci::into;
using soci::use;

/// The rows of a query over outbox, with what `bind` gives to it.
template <class Bind>
std::vector<OutboxRow> ReadOutbox(soci::session& sql, const std::string& rest, const Bind& bind) {
  OutboxRow row;
  long long sequence = 0, at_ms = 0, sent = 0;
  soci::statement query(sql);
  query.exchange(into(sequence));
  query.exchange(into(row.dossier));
  query.exchange(into(row.change));
  query.exchange(into(row.chain));
  query.exchange(into(at_ms));
  query.exchange(into(sent));
  query.exchange(into(row.made));
  bind(query);
  query.alloc();
  query.prepare("SELECT sequence, dossier, change, chain, at_ms, sent, made FROM outbox " + rest);
  query.define_and_bind();
  query.execute();
  std::vector<OutboxRow> rows;
  while (query.fetch()) {
    row.sequence = sequence;
    row.at_ms = at_ms;
    row.status = sent != 0 ? OutboxStatus::kSent : OutboxStatus::kHere;
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

base::Result<OutboxRow> DeskStore::LastOwn() {
  return Ask([&] {
    OutboxRow row;
    long long sequence = 0, at_ms = 0;
    soci::session& sql = database_.sql();
    sql << "SELECT sequence, dossier, chain, at_ms FROM outbox_last", into(sequence),
        into(row.dossier), into(row.chain), into(at_ms);
    if (!sql.got_data()) row.chain = change::ChainStart();
    row.sequence = sequence;
    row.at_ms = at_ms;
    return row;
  });
}

base::Status DeskStore::SetLastOwn(const OutboxRow& row) {
  const long long sequence = row.sequence, at_ms = row.at_ms;
  return Guarded([&] {
    database_.sql()
        << "INSERT INTO outbox_last (one, sequence, dossier, chain, at_ms) "
           "VALUES (1, :sequence, :dossier, :chain, :at) ON CONFLICT (one) DO UPDATE SET "
           "sequence = excluded.sequence, dossier = excluded.dossier, chain = excluded.chain, "
           "at_ms = excluded.at_ms",
        use(sequence, "sequence"), use(row.dossier, "dossier"), use(row.chain, "chain"),
        use(at_ms, "at");
  });
}

base::Status DeskStore::AppendOutbox(const OutboxRow& row) {
  HOSO_TRY(ReturnToOutbox(row));
  return SetLastOwn(row);
}

base::Status DeskStore::ReturnToOutbox(const OutboxRow& row) {
  const long long sequence = row.sequence, at_ms = row.at_ms;
  const long long sent = row.status == OutboxStatus::kSent ? 1 : 0;
  return Guarded([&] {
    database_.sql() << "INSERT INTO outbox (sequence, dossier, change, chain, at_ms, sent, made) "
                       "VALUES (:sequence, :dossier, :change, :chain, :at, :sent, :made)",
        use(sequence, "sequence"), use(row.dossier, "dossier"), use(row.change, "change"),
        use(row.chain, "chain"), use(at_ms, "at"), use(sent, "sent"), use(row.made, "made");
  });
}

base::Result<std::vector<OutboxRow>> DeskStore::Outbox(std::int64_t after, std::int64_t limit) {
  const long long from = after, most = limit;
  return Ask([&] {
    return ReadOutbox(database_.sql(), "WHERE sequence > :after ORDER BY sequence LIMIT :limit",
                      [&](soci::statement& query) {
                        query.exchange(use(from, "after"));
                        query.exchange(use(most, "limit"));
                      });
  });
}

base::Status DeskStore::ForEachWaiting(std::int64_t after,
                                       const std::function<base::Status(OutboxRow)>& work) {
  constexpr std::int64_t kPage = 256;
  HOSO_TRY_ASSIGN(const auto last, LastOwn());
  while (after < last.sequence) {
    HOSO_TRY_ASSIGN(auto rows, Outbox(after, kPage));
    if (rows.empty()) return {};
    for (OutboxRow& row : rows) {
      if (row.sequence > last.sequence) return {};
      after = row.sequence;
      HOSO_TRY(work(std::move(row)));
    }
  }
  return {};
}

base::Result<std::vector<OutboxRow>> DeskStore::OutboxOf(const std::string& dossier) {
  return Ask([&] {
    return ReadOutbox(database_.sql(), "WHERE dossier = :dossier ORDER BY sequence",
                      [&](soci::statement& query) { query.exchange(use(dossier, "dossier")); });
  });
}

base::Result<std::int64_t> DeskStore::OutboxCount() {
  return Ask([&] {
    long long count = 0;
    database_.sql() << "SELECT count(*) FROM outbox", into(count);
    return static_cast<std::int64_t>(count);
  });
}

base::Result<std::int64_t> DeskStore::OutboxCountOf(const std::string& dossier) {
  return Ask([&] {
    long long count = 0;
    database_.sql() << "SELECT count(*) FROM outbox WHERE dossier = :dossier",
        use(dossier, "dossier"), into(count);
    return static_cast<std::int64_t>(count);
  });
}

base::Result<std::int64_t> DeskStore::UnsentThrough(std::int64_t sequence) {
  const long long last = sequence;
  return Ask([&] {
    long long count = 0;
    database_.sql() << "SELECT count(*) FROM outbox WHERE sequence <= :last AND sent = 0",
        use(last, "last"), into(count);
    return static_cast<std::int64_t>(count);
  });
}

base::Result<std::int64_t> DeskStore::SentThrough() {
  return Ask([&] {
    long long last = 0;
    database_.sql() << "SELECT coalesce(max(sequence), 0) FROM outbox WHERE sent = 1", into(last);
    return static_cast<std::int64_t>(last);
  });
}

base::Status DeskStore::MarkSentThrough(std::int64_t sequence) {
  const long long last = sequence;
  return Guarded([&] {
    database_.sql() << "UPDATE outbox SET sent = 1 WHERE sequence <= :last AND sent = 0",
        use(last, "last");
  });
}

base::Status DeskStore::MarkUnsentAfter(std::int64_t sequence) {
  const long long last = sequence;
  return Guarded([&] {
    database_.sql() << "UPDATE outbox SET sent = 0 WHERE sequence > :last AND sent = 1",
        use(last, "last");
  });
}

base::Status DeskStore::RemoveFromOutbox(std::int64_t sequence) {
  const long long which = sequence;
  return Guarded([&] {
    database_.sql() << "DELETE FROM outbox WHERE sequence = :which", use(which, "which");
  });
}

base::Result<std::optional<OutboxRow>> DeskStore::OutboxAt(std::int64_t sequence) {
  const long long which = sequence;
  return Ask([&]() -> std::optional<OutboxRow> {
    const auto rows =
        ReadOutbox(database_.sql(), "WHERE sequence = :which",
                   [&](soci::statement& query) { query.exchange(use(which, "which")); });
    return rows.empty() ? std::nullopt : std::optional(rows.front());
  });
}

base::Result<DeskStore::Waiting> DeskStore::Attention() {
  return Ask([&] {
    long long waiting = 0, conflicts = 0, set_aside = 0, unreadable = 0;
    database_.sql() << "SELECT count(*) FROM outbox WHERE sent = 0", into(waiting);
    // Written so that the partial indexes answer it, however many dossiers there are.
    database_.sql() << "SELECT coalesce(sum(conflicts), 0) + 0 FROM dossier WHERE conflicts > 0",
        into(conflicts);
    database_.sql() << "SELECT coalesce(sum(set_aside), 0) + 0 FROM dossier WHERE set_aside > 0",
        into(set_aside);
    database_.sql() << "SELECT count(*) FROM log_entry WHERE dossier = ''", into(unreadable);
    return Waiting{waiting, conflicts, set_aside, unreadable};
  });
}

base::Status DeskStore::AddReceipt(std::int64_t at_ms, std::string_view receipt) {
  const long long at = at_ms;
  const base::Bytes octets(receipt);
  return Guarded([&] {
    database_.sql() << "INSERT INTO receipt (at_ms, receipt) VALUES (:at, :receipt)", use(at, "at"),
        use(octets, "receipt");
  });
}

namespace {

struct ReceiptRow {
  long long number = 0;
  base::Bytes octets;
};

/// The newest first, only those before `number`.
std::vector<ReceiptRow> ReadReceipts(soci::session& sql, long long number, long long most) {
  std::vector<ReceiptRow> rows;
  ReceiptRow row;
  soci::statement query =
      (sql.prepare << "SELECT number, receipt FROM receipt WHERE number < :number "
                      "ORDER BY number DESC LIMIT :most",
       use(number, "number"), use(most, "most"), into(row.number), into(row.octets));
  query.execute();
  while (query.fetch()) rows.push_back(row);
  return rows;
}

}  // namespace

base::Result<std::vector<base::Bytes>> DeskStore::Receipts(std::int64_t limit) {
  return Ask([&] {
    std::vector<base::Bytes> receipts;
    for (ReceiptRow& row : ReadReceipts(database_.sql(), INT64_MAX, limit))
      receipts.push_back(std::move(row.octets));
    return receipts;
  });
}

base::Status DeskStore::ForEachReceipt(const std::function<void(const base::Bytes&)>& work) {
  constexpr long long kPage = 64;
  for (long long before = INT64_MAX;;) {
    HOSO_TRY_ASSIGN(const auto rows,
                    Ask([&] { return ReadReceipts(database_.sql(), before, kPage); }));
    if (rows.empty()) return {};
    for (const ReceiptRow& row : rows) {
      before = row.number;
      work(row.octets);
    }
  }
}

}  // namespace hoso::store
