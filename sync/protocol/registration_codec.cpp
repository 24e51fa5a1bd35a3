#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "sync/protocol/registration.h"

namespace hoso::protocol {
namespace {

using nlohmann::json;

std::string Text(const json& value, const char* key) {
  return value.at(key).get<std::string>();
}

}  // namespace

base::Bytes RegistrationSigned(const Registration& r) {
  return change::ToCbor(
      json::array({"hosoxa registration 1", r.province, r.replica, r.unit, Octets(r.device_key),
                   Octets(r.share), PersonOf(r.person), Octets(r.officer_key)}));
}

base::Bytes EncodeRegistrations(const std::vector<Registration>& all) {
  json out = json::array();
  for (const Registration& r : all)
    out.push_back(json{{"province", r.province},
                       {"replica", r.replica},
                       {"unit", r.unit},
                       {"device", Octets(r.device_key)},
                       {"share", Octets(r.share)},
                       {"person", PersonOf(r.person)},
                       {"officer", Octets(r.officer_key)},
                       {"signature", Octets(r.signature)}});
  return change::ToCbor(out);
}

base::Result<std::vector<Registration>> DecodeRegistrations(std::string_view bytes) {
  const auto bad = base::Fail(base::ErrorKind::kDamaged, "message.malformed");
  const auto value = change::FromCbor(bytes, kMaxRegistrationBytes);
  if (!value || !value->is_array() || value->size() > kMaxRegistrations) return bad;
  try {
    std::vector<Registration> all;
    for (const json& r : *value)
      all.push_back({Text(r, "province"), Text(r, "replica"), Text(r, "unit"),
                     ToBytes(r.at("device")), ToBytes(r.at("share")), PersonIn(r.at("person")),
                     ToBytes(r.at("officer")), ToBytes(r.at("signature"))});
    return all;
  } catch (const json::exception&) {
    return bad;
  }
}

}  // namespace hoso::protocol
