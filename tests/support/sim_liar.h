#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "sync/protocol/messages.h"
#include "tests/support/fakes.h"

namespace hoso::testing {

/// Somebody between a desk and the province who was let in by both and holds no key that either
/// signs with. Of what passes he alters, leaves out, repeats or exchanges a piece; now and then he
/// says something else altogether.
class SimLiar {
 public:
  using Messages = std::vector<protocol::Message>;
  /// Draws from `random`, which outlives it.
  explicit SimLiar(SeededRandom& random) : random_(random) {}

  void AlterRequest(Messages& request);
  void AlterAnswer(Messages& answer);

 private:
  void Swallow(Messages& request);
  void Alter(Messages& messages, Messages& earlier);
  void Alter(protocol::Message& message);
  void Alter(std::string& text);
  void Alter(std::int64_t& number);
  void Alter(std::vector<base::Bytes>& octets);
  protocol::Message Refusal();
  std::size_t Below(std::size_t bound) { return random_.Below(bound); }

  SeededRandom& random_;
  Messages requests_, answers_;                                    // What passed before.
  std::optional<std::pair<std::int64_t, base::Bytes>> swallowed_;  // Through it, and its chain.
};

}  // namespace hoso::testing
