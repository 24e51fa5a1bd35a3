#include "tests/support/sim_liar.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hoso::testing {
namespace {

using namespace protocol;

constexpr std::size_t kKept = 40;

}  // namespace

void SimLiar::AlterRequest(Messages& request) {
  const bool returns = std::any_of(request.begin(), request.end(), [](const Message& message) {
    return std::holds_alternative<Returned>(message);
  });
  random_.Chance(returns ? 75 : 30) ? Swallow(request) : Alter(request, requests_);
}

/// The greatest theft: what a desk brings is kept from the province, and the desk is told that it
/// has come.
void SimLiar::Swallow(Messages& request) {
  for (const Message& message : request)
    if (const auto* batch = std::get_if<Batch>(&message))
      swallowed_ = {batch->first + static_cast<std::int64_t>(batch->changes.size()) - 1,
                    batch->chain};
  std::erase_if(request, [](const Message& message) {
    return !std::holds_alternative<Hello>(message) && !std::holds_alternative<Over>(message);
  });
}

void SimLiar::AlterAnswer(Messages& answer) {
  if (const auto swallowed = std::exchange(swallowed_, std::nullopt)) {
    for (Message& message : answer)
      if (auto* receipt = std::get_if<Receipt>(&message))
        std::tie(receipt->accepted_through, receipt->chain) = *swallowed;
    return;
  }
  const bool other = random_.Chance(8);
  Alter(answer, answers_);
  if (other) answer = {Refusal()};
}

void SimLiar::Alter(Messages& messages, Messages& earlier) {
  const Messages honest = messages;
  if (!messages.empty()) {
    std::size_t at = Below(messages.size());
    // Of a catalogue's many parts any is as good as another.
    if (std::holds_alternative<Part>(messages[at])) at = Below(messages.size());
    const auto here = messages.begin() + static_cast<long>(at);
    switch (Below(10)) {
      case 0:
        messages.erase(here);
        break;
      case 1:
        messages.insert(here, messages[Below(messages.size())]);
        break;
      case 2:
        std::swap(messages[at], messages[Below(messages.size())]);
        break;
      case 3:
        messages.resize(at);
        break;
      case 4:
      case 5:
        if (!earlier.empty()) messages[at] = earlier[Below(earlier.size())];
        break;
      default:
        Alter(messages[at]);
    }
  }
  earlier.insert(earlier.end(), honest.begin(), honest.end());
  if (earlier.size() > kKept) earlier.erase(earlier.begin(), earlier.end() - kKept);
}

void SimLiar::Alter(std::string& text) {
  if (text.empty() || random_.Chance(10)) {
    text.clear();
    if (random_.Chance(50)) text.push_back('x');
  } else if (random_.Chance(20)) {
    text.pop_back();
  } else {
    text[Below(text.size())] ^= static_cast<char>(1u << Below(7));
  }
}

void SimLiar::Alter(std::int64_t& number) {
  switch (Below(4)) {
    case 0:
      ++number;
      break;
    case 1:
      --number;
      break;
    case 2:
      number = static_cast<std::int64_t>(Below(20));
      break;
    default:
      number = static_cast<std::int64_t>(random_.Below(~std::uint64_t{0}));
  }
}

void SimLiar::Alter(std::vector<base::Bytes>& octets) {
  if (octets.empty()) return octets.push_back({'x'});
  const std::size_t at = Below(octets.size());
  switch (Below(4)) {
    case 0:
      octets.erase(octets.begin() + static_cast<long>(at));
      break;
    case 1:
      octets.push_back(octets[at]);
      break;
    case 2:
      std::swap(octets[at], octets[Below(octets.size())]);
      break;
    default:
      Alter(octets[at]);
  }
}

void SimLiar::Alter(Message& message) {
  if (auto* hello = std::get_if<Hello>(&message)) {
    std::string* texts[] = {&hello->replica,  &hello->unit,      &hello->epoch,
                            &hello->log_hash, &hello->catalogue, &hello->directory};
    Below(4) == 0 ? Alter(hello->position) : Alter(*texts[Below(std::size(texts))]);
  } else if (auto* batch = std::get_if<Batch>(&message)) {
    switch (Below(4)) {
      case 0:
        return Alter(batch->first);
      case 1:
        return Alter(batch->changes);
      case 2:
        return Alter(batch->chain);
      default:
        return Alter(batch->signature);
    }
  } else if (auto* welcome = std::get_if<Welcome>(&message)) {
    switch (Below(3)) {
      case 0:
        return Alter(welcome->epoch);
      case 1:
        return Alter(welcome->accepted_through);
      default:
        return Alter(welcome->province_ms);
    }
  } else if (auto* receipt = std::get_if<Receipt>(&message)) {
    std::string* texts[] = {&receipt->unit,  &receipt->replica,  &receipt->epoch,
                            &receipt->chain, &receipt->log_hash, &receipt->signature};
    std::int64_t* numbers[] = {&receipt->accepted_through, &receipt->position,
                               &receipt->province_ms};
    Below(2) == 0 ? Alter(*numbers[Below(3)]) : Alter(*texts[Below(std::size(texts))]);
  } else if (auto* entries = std::get_if<Entries>(&message)) {
    Below(4) == 0 ? Alter(entries->first) : Alter(entries->entries);
  } else if (auto* part = std::get_if<Part>(&message)) {
    std::string* texts[] = {&part->name, &part->id, &part->bytes};
    Below(2) == 0 ? Alter(Below(2) == 0 ? part->offset : part->total) : Alter(*texts[Below(3)]);
  } else if (auto* done = std::get_if<Done>(&message)) {
    switch (Below(3)) {
      case 0:
        return Alter(done->position);
      case 1:
        return Alter(done->log_hash);
      default:
        done->more = !done->more;
    }
  } else if (auto* behind = std::get_if<Behind>(&message)) {
    if (behind->points.empty() || Below(4) == 0) return Alter(behind->epoch);
    auto& point = behind->points[Below(behind->points.size())];
    Below(2) == 0 ? Alter(point.position) : Alter(point.log_hash);
  } else if (auto* returned = std::get_if<Returned>(&message)) {
    Below(4) == 0 ? Alter(returned->first) : Alter(returned->entries);
  } else {
    message = Refusal();
  }
}

Message SimLiar::Refusal() {
  static constexpr const char* kReasons[] = {"replica.forked", "sequence.gap",     "log.mismatch",
                                             "device.revoked", "device.unknown",   "device.other",
                                             "replica.chain",  "protocol.version", "return.lost"};
  return Refused{kReasons[Below(std::size(kReasons))], ""};
}

}  // namespace hoso::testing
