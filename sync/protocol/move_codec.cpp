#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "sync/protocol/move.h"

namespace hoso::protocol {

using nlohmann::json;

base::Bytes EncodeMoveRequest(const MoveRequest& request) {
  return change::ToCbor(json{
      {"replica", request.replica}, {"csr", request.csr}, {"device", Octets(request.device_key)}});
}

base::Result<MoveRequest> DecodeMoveRequest(std::string_view bytes) {
  constexpr std::size_t kMost = 64 * 1024;
  const auto bad = base::Fail(base::ErrorKind::kDamaged, "message.malformed");
  const auto value = change::FromCbor(bytes, kMost);
  if (!value) return bad;
  try {
    return MoveRequest{value->at("replica").get<std::string>(), value->at("csr").get<std::string>(),
                       ToBytes(value->at("device"))};
  } catch (const json::exception&) {
    return bad;
  }
}

}  // namespace hoso::protocol
