#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "common/crypto/secret.h"
#include "sync/protocol/messages.h"
#include "sync/server/log_writer.h"

namespace hoso::server {

/// What a desk gives back of the log: entries after a position, and the receipt that proves them.
struct ReturnedEntries {
  protocol::Behind::Point common;          // Where both logs were the same, as the desk knows.
  std::optional<protocol::Receipt> taken;  // Signed when an earlier piece had been taken.
  std::optional<protocol::Receipt> start;  // Where that piece ended, if not at `common`.
  std::vector<base::Bytes> entries;
  protocol::Receipt proof;

  std::int64_t after() const { return start ? start->position : common.position; }
  const base::Bytes& hash() const { return start ? start->log_hash : common.log_hash; }
};

/// Takes entries back that a province lost, because an older backup took its place. They are its
/// own: it signed the hash that they lead to, so it believes them as they are, whoever brings them.
/// Runs inside the transaction that holds the unit's row.
///
/// As long as the log goes on where they do, they are put back at their old positions, octet for
/// octet. Where new entries have taken those, the changes that the log lacks follow after them.
class ReturnedLog {
 public:
  /// `head` is moved along; Finish writes all.
  ReturnedLog(store::ProvinceStore& store, const Published& published, std::int64_t now_ms,
              const std::string& unit, store::UnitHead& head);

  /// kRefused "return.unproven" when a receipt is not this province's for this unit, or the
  /// entries don't lead to it; "return.lost" when the piece before never came or is not in
  /// this log any more: then nothing was taken. `epoch` begins if anything was missing.
  base::Status Take(const ReturnedEntries& returned, const crypto::Secret& receipt_seed,
                    const std::string& epoch);
  base::Status Finish();
  int mended() const { return log_.mended(); }  // See LogWriter.
  /// After which position the desk has not got this log yet.
  std::int64_t answer_from() const { return std::max(common_, taken_); }

 private:
  base::Result<std::vector<base::Bytes>> Proven(const ReturnedEntries& returned,
                                                const crypto::Secret& receipt_seed);
  bool IsOurs(const protocol::Receipt& receipt, const crypto::Secret& receipt_seed) const;
  /// The ledger's line for a piece that ended there.
  store::LedgerRow EndOf(const protocol::Receipt& receipt) const;
  base::Result<bool> Has(std::int64_t position, const base::Bytes& hash);
  base::Status FindCommon(const ReturnedEntries& returned, const std::vector<base::Bytes>& hashes);
  base::Status TakeMissing(const ReturnedEntries& returned, const std::string& epoch);
  base::Status TakeAll(const ReturnedEntries& returned, std::size_t known);
  base::Status ReadNewer();
  base::Status Offer(change::Entry entry, const std::optional<change::Change>& change);
  change::Verdict JudgeAgain(const change::Entry& entry, const change::Change& change,
                             const change::DossierState& state) const;
  base::Status Move(const change::Entry& entry, const std::optional<change::Change>& change);
  base::Result<store::Device*> DeviceOf(const std::string& replica);

  store::ProvinceStore& store_;
  const Published& published_;
  const std::int64_t now_ms_;
  const std::string unit_;
  store::UnitHead& head_;
  LogWriter log_;
  std::int64_t common_ = 0, taken_ = 0;
  bool follows_ = true;  // The entries come after what both logs have.
  std::map<std::string, std::optional<store::Device>> devices_;
  std::vector<base::Bytes> nameless_;  // Octets that are no change, until their desk is known.
  std::set<change::ChangeId> newer_;   // What stands in this log and not in the desk's: numbers,
  std::set<base::Bytes> acts_;         // acts whatever their number,
  std::set<base::Bytes> powerless_;    // and those without effect because it was taken.
  std::set<std::string> parted_;       // Replicas that gave a number to two changes.
  std::set<std::string> codes_;        // Official codes that new dossiers got since.
};

}  // namespace hoso::server
