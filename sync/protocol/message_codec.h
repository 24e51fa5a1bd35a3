#pragma once

#include <nlohmann/json.hpp>

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

}  // namespace hoso::protocol
