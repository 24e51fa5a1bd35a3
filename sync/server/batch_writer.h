#pragma once

#include <cstdint>
#include <string>

#include "sync/server/log_writer.h"

namespace hoso::server {

/// Judges and appends the changes of one batch inside the transaction that holds the unit's row.
class BatchWriter {
 public:
  /// `device` and `head` are moved along; Finish writes them.
  BatchWriter(store::ProvinceStore& store, const Published& published, std::int64_t now_ms,
              store::Device& device, store::UnitHead& head);

  /// Octets that are no change take their place in the log and stop nothing; a change that names
  /// another replica or number than its place is refused: kRefused "change.not_yours".
  base::Status Take(const base::Bytes& octets, std::int64_t sequence);
  base::Status Finish();
  int mended() const { return log_.mended(); }  // See LogWriter.

 private:
  base::Result<change::Context> ContextFor(const change::Change& change, const base::Bytes& octets);

  store::ProvinceStore& store_;
  const Published& published_;
  const std::int64_t now_ms_;
  store::Device& device_;
  LogWriter log_;
};

}  // namespace hoso::server
