// What is inside a frame: the first octet is the kind, the rest the unpacked body.
#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

void Read(std::size_t kind, std::string_view body) {
  const auto value = change::FromCbor(body, protocol::kMaxFrameUnpacked);
  if (!value) return;
  HOSO_CHECK(change::ToCbor(*value) == body);
  const auto message = protocol::FromJson(kind, *value);
  if (!message) return;
  HOSO_CHECK(message->index() == kind);
  const base::Bytes again = change::ToCbor(protocol::ToJson(*message));
  const auto same = protocol::FromJson(kind, *change::FromCbor(again, again.size()));
  HOSO_CHECK(same && *same == *message);
  const auto* hello = std::get_if<protocol::Hello>(&*message);
  if (hello == nullptr || hello->version > 0) HOSO_CHECK(ReadAsGiven(body, again));
}

}  // namespace

void Try(std::string_view octets) {
  if (octets.empty()) return;
  const std::size_t kind =
      static_cast<unsigned char>(octets[0]) % std::variant_size_v<protocol::Message>;
  Read(kind, octets.substr(1));
  if (const auto canonical = Canonical(octets.substr(1))) Read(kind, *canonical);
  if (const auto receipt = protocol::DecodeReceipt(octets.substr(1)))
    HOSO_CHECK(*protocol::DecodeReceipt(protocol::EncodeReceipt(*receipt)) == *receipt);
}

}  // namespace hoso::fuzz
