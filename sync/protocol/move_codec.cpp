#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "sync/protocol/move.h"
#include "sync/protocol/registration.h"

namespace hoso::protocol {

using nlohmann::json;

namespace {

constexpr std::size_t kMostCertificate = 64 * 1024;

}  // namespace

base::Bytes EncodeMoveRequest(const MoveRequest& request) {
  return change::ToCbor(json{
      {"replica", request.replica}, {"csr", request.csr}, {"device", Octets(request.device_key)}});
}

base::Result<MoveRequest> DecodeMoveRequest(std::string_view bytes) {
  const auto bad = base::Fail(base::ErrorKind::kDamaged, "message.malformed");
  const auto value = change::FromCbor(bytes, kMostCertificate);
  if (!value) return bad;
  try {
    return MoveRequest{value->at("replica").get<std::string>(), value->at("csr").get<std::string>(),
                       ToBytes(value->at("device"))};
  } catch (const json::exception&) {
    return bad;
  }
}

base::Bytes EncodeMoveAnswer(const MoveAnswer& answer) {
  return change::ToCbor(
      json{{"cert", answer.certificate}, {"registrations", Octets(answer.registrations)}});
}

base::Result<MoveAnswer> DecodeMoveAnswer(std::string_view bytes) {
  const auto bad = base::Fail(base::ErrorKind::kDamaged, "message.malformed");
  const auto value = change::FromCbor(bytes, kMostCertificate + kMaxRegistrationBytes);
  if (!value) return bad;
  try {
    return MoveAnswer{value->at("cert").get<std::string>(), ToBytes(value->at("registrations"))};
  } catch (const json::exception&) {
    return bad;
  }
}

}  // namespace hoso::protocol
