#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "sync/protocol/move.h"
#include "sync/protocol/registration.h"

namespace hoso::protocol {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxMove = 64 * 1024;

}  // namespace

base::Bytes EncodeMoveRequest(const MoveRequest& request) {
  return change::ToCbor(json{
      {"replica", request.replica}, {"csr", request.csr}, {"device", Octets(request.device_key)}});
}

base::Result<MoveRequest> DecodeMoveRequest(std::string_view bytes) {
  return Parse<MoveRequest>(bytes, kMaxMove, [](const json& j) {
    return MoveRequest{j.at("replica").get<std::string>(), j.at("csr").get<std::string>(),
                       ToBytes(j.at("device"))};
  });
}

base::Bytes EncodeMoveAnswer(const MoveAnswer& answer) {
  return change::ToCbor(
      json{{"cert", answer.certificate}, {"registrations", Octets(answer.registrations)}});
}

base::Result<MoveAnswer> DecodeMoveAnswer(std::string_view bytes) {
  return Parse<MoveAnswer>(bytes, kMaxMove + kMaxRegistrationBytes, [](const json& j) {
    return MoveAnswer{j.at("cert").get<std::string>(), ToBytes(j.at("registrations"))};
  });
}

}  // namespace hoso::protocol
