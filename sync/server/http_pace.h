#pragma once

#include <cstddef>

#include "sync/server/http_journal.h"

struct ssl_ctx_st;

namespace hoso::server {

/// A line may be slow, but not for ever: whoever sends or takes less than some octets a second for
/// longer than some patience is cut off, in the handshake too, even if something trickles in before
/// every time-out. A new measure begins when the other side has its answer and starts to speak.
struct Pace {
  int patience_s = 60;
  int octets_per_s = 128;  // A tenth of the worst line that an exchange still makes sense on.
};
/// Handshakes that fail are told to `journal`, which outlives the lines.
void KeepPace(ssl_ctx_st* tls, const Pace& pace, Journal& journal);

/// How many connections one address may have.
struct Crowd {
  std::size_t open = 128;  // At one time,
  double burst = 400;      // new ones at once (all desks behind one gateway, after a power cut),
  double per_second = 10;  // and from then on.
};

}  // namespace hoso::server
