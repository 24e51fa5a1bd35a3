#pragma once

struct ssl_ctx_st;

namespace hoso::server {

/// A line may be slow, but not for ever: whoever sends or takes less than some octets a second for
/// longer than some patience is cut off, in the handshake too, even if something trickles in before
/// every time-out. A new measure begins when the other side has its answer and starts to speak.
struct Pace {
  int patience_s = 60;
  int octets_per_s = 128;  // A tenth of the worst line that an exchange still makes sense on.
};
void KeepPace(ssl_ctx_st* tls, const Pace& pace);

}  // namespace hoso::server
