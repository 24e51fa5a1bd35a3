#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/result.h"
#include "common/change/state.h"
#include "common/store/database.h"

namespace hoso::store {

/// What a list shows of a dossier.
struct DossierRow {
  std::string id, code, provisional_code, applicant, procedure, assignee, receiver, received_at;
  int state = 0;
  std::string stage;
  std::string due;  // Local ISO date for sorting and views, "" if none; a view, never state.
  std::string sheet, parcel;  // Of the land: number of the map sheet and of the parcel in it.
  int unsent = 0, conflicts = 0, set_aside = 0;
};

struct DossierList {
  std::int64_t total = 0;  // All that match, also those beyond the limit.
  std::vector<DossierRow> rows;
};

enum class View { kAll, kMine, kOverdue, kToday, kSoon, kApproval, kDrafts, kConflicts, kSetAside };

/// What a list is sorted by. kApplicant: as Vietnamese lists of people are, by given name; kSigns:
/// conflicts first, then what was set aside, then what is unsent. Equals in the order of arrival.
enum class Order {
  kDue,  // Then by when they were received; those without a date come last.
  kCode,
  kApplicant,
  kStep,
  kSigns,
  kProcedure,
  kAssignee,
  kReceived,
  kParcel
};

/// Rows by the number each has in this replica: all of a list, without reading the rows.
using RowNumbers = std::vector<std::int64_t>;

struct ListQuery {
  View view = View::kAll;
  std::string officer;      // For kMine: assignee or receiver.
  std::string today, soon;  // Local ISO dates for kOverdue, kToday, kSoon.
  std::int64_t limit = 50, offset = 0;
  Order order = Order::kDue;
  bool descending = false;  // The same list from its end.
  // For kProcedure and kAssignee, which are sorted by names that are not in the replica: the ids in
  // the order of their names. What is not among them comes after.
  std::vector<std::string> ids = {};
};

/// What a search found; each ascending. Of very many (10,000) none is told from the others.
struct Matches {
  RowNumbers as_written, others;  // Accents as typed, and otherwise.
};

/// Which dossiers, by their row's number, have the words typed so far; many of them only.
using MatchMemory = std::map<std::string, std::vector<bool>>;

enum class OutboxStatus { kHere, kSent };  // kSent: a signed receipt covers it.

struct OutboxRow {
  std::int64_t sequence = 0;
  std::string dossier;
  base::Bytes change;  // Canonical octets.
  base::Bytes chain;   // ChainHash after this change.
  std::int64_t at_ms = 0;
  OutboxStatus status = OutboxStatus::kHere;
  base::Bytes made{};  // As its author made it, while it waits under another number; else empty.
};

/// What an officer has typed and not yet made a change of; `content` is the flow's own encoding.
struct DraftRow {
  std::string key, officer;
  base::Bytes content;
  std::int64_t at_ms = 0;
};

/// What an officer last saw of a dossier: the state as EncodeState wrote it.
struct LookedRow {
  std::string officer, dossier;
  base::Bytes shown;
  std::int64_t steps = 0;  // Steps and decisions that had taken effect then.
  std::int64_t at_ms = 0;
};

struct StoredDossier {
  std::optional<change::DossierState> confirmed;  // None: only known from the outbox so far.
  change::DossierState shown;
};

struct LogHead {
  std::int64_t position = 0;
  base::Bytes hash;  // Empty at position 0.
};

/// The desk's replica. Data and outbox move in one transaction: callers wrap writes in
/// database().Atomically. Thread: the database's.
class DeskStore {
 public:
  explicit DeskStore(Database database);

  Database& database() { return database_; }

  // Small named values: replica id, epoch, directory, catalogue, trusted time...
  base::Result<std::optional<base::Bytes>> Meta(const std::string& key);
  base::Status SetMeta(const std::string& key, std::string_view value);

  base::Result<LogHead> Head();
  base::Result<std::optional<base::Bytes>> HashAt(std::int64_t position);
  base::Status AppendEntry(std::int64_t position, const std::string& dossier,
                           std::string_view entry, std::string_view hash);
  base::Result<std::vector<base::Bytes>> Entries(std::int64_t after, std::int64_t limit);
  base::Result<std::vector<base::Bytes>> EntriesOf(const std::string& dossier);
  /// Entries whose change could not be read when they came, with their positions: of no dossier.
  base::Result<std::vector<std::pair<std::int64_t, base::Bytes>>> Unreadable();
  base::Status RemoveEntriesAfter(std::int64_t position);  // The province's log went another way.

  // The province's log where it went another way, kept aside until all of it has come.
  base::Result<LogHead> OtherHead();
  base::Result<std::optional<base::Bytes>> OtherHashAt(std::int64_t position);
  base::Status AppendOther(std::int64_t position, std::string_view entry, std::string_view hash);
  base::Result<std::vector<std::pair<std::int64_t, base::Bytes>>> OtherEntries(std::int64_t after,
                                                                               std::int64_t limit);
  base::Status RemoveOtherAfter(std::int64_t position);

  base::Result<std::optional<StoredDossier>> Load(const std::string& id);
  /// Stores both states and the row and search text derived from `shown`; `row` gives due and
  /// unsent, which are not part of the state.
  base::Status Save(const StoredDossier& dossier, const DossierRow& row);
  base::Status RemoveDossier(const std::string& id);  // Neither log nor outbox has anything of it.
  /// SHA-256 over id ‖ StateDigest of every confirmed dossier in the order of ids.
  base::Result<base::Bytes> ConfirmedDigest();

  base::Result<DossierList> List(const ListQuery& query);
  /// All rows of a list in its order; limit and offset do not count.
  base::Result<RowNumbers> Numbers(const ListQuery& query);
  /// The first `most` of them without reading the others; nothing where no index has that order.
  base::Result<RowNumbers> FirstNumbers(const ListQuery& query, std::size_t most);
  /// The rows of these numbers, in their order; a number that is not there gives none.
  base::Result<std::vector<DossierRow>> Rows(const RowNumbers& numbers);
  base::Result<std::optional<std::int64_t>> NumberOf(const std::string& id);
  /// How many rows each of these views has; order, limit and offset do not count.
  base::Result<std::vector<std::int64_t>> Counts(const std::vector<ListQuery>& queries);
  /// Words may be given with or without accents, in any order; every word must be found as the
  /// start of a word. Rows whose accents match exactly come first, unless very many are found. Any
  /// text is only data.
  base::Result<DossierList> Search(const std::string& text, std::int64_t limit);
  base::Result<Matches> Matching(const std::string& text);  // All that Search finds.
  /// The same for who types: of words that very many have, only the last one is asked for again.
  /// `memory` is good until something is written.
  base::Result<Matches> Matching(const std::string& text, MatchMemory& memory);
  /// Ids that begin with `prefix`, or whose official or provisional code equals it; at most two.
  base::Result<std::vector<std::string>> FindIds(const std::string& prefix);

  /// Last sequence ever used here and the chain after it (survives the outbox being emptied).
  base::Result<OutboxRow> LastOwn();
  base::Status SetLastOwn(const OutboxRow& row);
  base::Status AppendOutbox(const OutboxRow& row);  // It is the last own one from now on.
  base::Result<std::vector<OutboxRow>> Outbox(std::int64_t after, std::int64_t limit);
  /// Gives every waiting change past `after` to `work`, in order, a page at a time. `work` may move
  /// it, but not ahead into the rows that are still to come.
  base::Status ForEachWaiting(std::int64_t after,
                              const std::function<base::Status(OutboxRow)>& work);
  base::Result<std::vector<OutboxRow>> OutboxOf(const std::string& dossier);
  base::Result<std::int64_t> OutboxCount();
  base::Result<std::int64_t> OutboxCountOf(const std::string& dossier);
  base::Result<std::int64_t> UnsentThrough(std::int64_t sequence);  // No receipt covers them yet.
  base::Result<std::int64_t> SentThrough();  // Where what no receipt covers begins, less one.
  base::Status MarkSentThrough(std::int64_t sequence);
  base::Status MarkUnsentAfter(std::int64_t sequence);   // The province no longer has them.
  base::Status ReturnToOutbox(const OutboxRow& row);     // An earlier one than the last own one.
  base::Status RemoveFromOutbox(std::int64_t sequence);  // Its entry is in the log now.
  base::Result<std::optional<OutboxRow>> OutboxAt(std::int64_t sequence);

  struct Waiting {
    std::int64_t waiting = 0;                   // Changes that no receipt covers yet.
    std::int64_t conflicts = 0, set_aside = 0;  // Open ones, over all dossiers.
    std::int64_t unreadable = 0;                // Entries of the log.
  };
  base::Result<Waiting> Attention();

  base::Status SaveDraft(const DraftRow& draft);
  base::Status RemoveDraft(const std::string& key);                        // Fine if there is none.
  base::Result<std::vector<DraftRow>> Drafts(const std::string& officer);  // Newest first.
  base::Result<std::vector<DraftRow>> AllDrafts();                         // Of every officer.

  base::Status SaveLooked(const LookedRow& row);  // The one before goes.
  base::Result<std::optional<LookedRow>> Looked(const std::string& officer,
                                                const std::string& dossier);

  base::Status AddReceipt(std::int64_t at_ms, std::string_view receipt);
  base::Result<std::vector<base::Bytes>> Receipts(std::int64_t limit);
  /// Gives all receipts to `work`, the newest first.
  base::Status ForEachReceipt(const std::function<void(const base::Bytes&)>& work);

 private:
  Database database_;
};

/// Which file takes whose place.
struct PutBackPaths {
  std::string backup, database;
  std::string aside;  // Keeps what was there, with its -wal and -shm if it could not be opened.
};
/// Puts a copy of a backup, after `prepare`, in the place of a database that nobody has open. The
/// errors of OpenEncrypted for the backup; then nothing was changed. A cut leaves either database.
base::Status PutBack(const PutBackPaths& paths, std::string_view key32,
                     const std::function<base::Status(DeskStore&)>& prepare);

/// Writes an encrypted copy (same key) of the whole database; consistent while in use.
base::Status BackUp(Database& database, const std::string& target);

}  // namespace hoso::store
