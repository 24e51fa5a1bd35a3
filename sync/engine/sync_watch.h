#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>

namespace hoso::engine {

/// How far an exchange has come.
struct SyncProgress {
  std::int64_t sent = 0, to_send = 0;   ///< Own changes given to the line, of those that waited.
  std::int64_t received = 0;            ///< Log entries that this exchange has added.
  std::int64_t position = 0, head = 0;  ///< Of the log: here, and there; 0: not told yet.
  std::int64_t bytes_up = 0, bytes_down = 0;
};

/// Who looks on and may end it.
struct SyncWatch {
  /// After every frame, on the exchange's own thread.
  std::function<void(const SyncProgress&)> progress = {};
  /// Asked: the exchange ends between two frames, or at once where the line waits, with
  /// kUnreachable "sync.stopped". What was committed stays.
  std::stop_token stop = {};
  /// A desk that turns out to be a copy ends level with SyncReport::forked, to be moved to an
  /// identity of its own; else it goes on under the one it has.
  bool moves = false;
};

}  // namespace hoso::engine
