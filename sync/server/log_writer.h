#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "common/change/entry.h"
#include "common/change/judge.h"
#include "sync/server/lender.h"

namespace hoso::server {

/// Appends to a unit's log, inside the transaction that holds the unit's row, and keeps the states
/// that judging needs level with it.
class LogWriter {
 public:
  /// `head` is moved along; Finish writes it and the states.
  LogWriter(store::ProvinceStore& store, const Published& published, std::string unit,
            store::UnitHead& head);

  base::Result<change::DossierState*> StateOf(const std::string& dossier);
  /// How many states were damaged on the disk and have been folded anew from the log.
  int mended() const { return mended_; }
  /// At the next position. `change` is what the entry's octets are, if they are one.
  base::Status Append(change::Entry entry, const std::optional<change::Change>& change);
  /// An entry that was written before, octet for octet; it must continue the log.
  base::Status PutBack(const base::Bytes& encoded, const change::Entry& entry,
                       const std::optional<change::Change>& change);
  /// The official code that an accepted change gives to its dossier; empty when it gives none.
  base::Result<std::string> NewCode(const change::Change& change,
                                    const change::DossierState& state);
  /// A code that was given before: no dossier to come gets it.
  base::Status KeepCode(const std::string& given);
  base::Status Finish();

 private:
  base::Result<change::DossierState> Stored(const std::string& id);
  base::Result<change::DossierState> Folded(const std::string& id);
  base::Status Write(const base::Bytes& encoded, const change::Entry& entry,
                     const std::optional<change::Change>& change);

  store::ProvinceStore& store_;
  const Published& published_;
  const std::string unit_;
  store::UnitHead& head_;
  std::map<std::string, change::DossierState> states_;
  int mended_ = 0;
};

/// The number after which codes of a day go on where entries were lost: beyond any that may have
/// been given before the loss and is not known again yet. 0 for days after it.
std::int64_t CodeFloor(const std::string& received_at, std::int64_t restored_ms);

}  // namespace hoso::server
