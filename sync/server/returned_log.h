#pragma once

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
  std::int64_t after = 0;
  base::Bytes hash;  // Of the log at `after`; empty at 0.
  std::vector<base::Bytes> entries;
  protocol::Receipt proof;
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

  /// kRefused "return.unproven" when the receipt is not this province's for this unit, or the
  /// entries don't lead to it: then nothing was taken. `epoch` begins if anything was missing.
  base::Status Take(const ReturnedEntries& returned, const crypto::Secret& receipt_seed,
                    const std::string& epoch);
  base::Status Finish();
  int mended() const { return log_.mended(); }  // See LogWriter.
  /// How far the desk's log and this one are the same.
  std::int64_t common() const { return common_; }

 private:
  base::Result<std::vector<base::Bytes>> Proven(const ReturnedEntries& returned,
                                                const crypto::Secret& receipt_seed);
  base::Status FindCommon(const ReturnedEntries& returned, const std::vector<base::Bytes>& hashes);
  base::Status ReadNewer();
  base::Status KeepCodes(const std::vector<base::Bytes>& entries);
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
  std::int64_t common_ = 0;
  std::map<std::string, std::optional<store::Device>> devices_;
  std::vector<base::Bytes> nameless_;  // Octets that are no change, until their desk is known.
  std::set<change::ChangeId> newer_;   // What stands in this log and not in the desk's: numbers,
  std::set<base::Bytes> acts_;         // acts whatever their number,
  std::set<base::Bytes> powerless_;    // and those without effect because it was taken.
  std::set<std::string> parted_;       // Replicas that gave a number to two changes.
  std::set<std::string> codes_;        // Official codes that new dossiers got since.
};

}  // namespace hoso::server
