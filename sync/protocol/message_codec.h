#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "common/change/cbor.h"
#include "sync/protocol/messages.h"

namespace hoso::protocol {

/// The members of each message as JSON values, and back with every type checked. Version 1.
/// For this module's own sources. FromJson: kDamaged "message.malformed".
nlohmann::json ToJson(const Message& message);
base::Result<Message> FromJson(std::size_t kind, const nlohmann::json& value);

nlohmann::json Octets(const base::Bytes& bytes);
base::Bytes ToBytes(const nlohmann::json& value);  // Throws json::exception if not octets.

nlohmann::json PersonOf(const Person& person);
Person PersonIn(const nlohmann::json& value);  // Throws json::exception if none.

/// What `read` makes of one CBOR document; kDamaged "message.malformed" where it throws a
/// json::exception.
template <class T, class Read>
base::Result<T> Parse(std::string_view bytes, std::size_t limit, Read read) {
  const auto bad = base::Fail(base::ErrorKind::kDamaged, "message.malformed");
  const auto value = change::FromCbor(bytes, limit);
  if (!value) return bad;
  try {
    return read(*value);
  } catch (const nlohmann::json::exception&) {
    return bad;
  }
}

}  // namespace hoso::protocol
