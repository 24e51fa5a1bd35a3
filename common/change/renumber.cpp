#include "common/change/renumber.h"

#include "common/change/cbor.h"
#include "common/change/change.h"

namespace hoso::change {
namespace {

using nlohmann::json;

bool IsReference(const json& value, const std::string& replica) {
  return value.is_array() && value.size() == 2 && value[0].is_string() &&
         value[1].is_number_integer() && value[0].get_ref<const std::string&>() == replica;
}

void PutRight(json& value, const std::string& replica, const Renamed& renamed) {
  if (IsReference(value, replica)) {
    const auto it = renamed.find(value[1].get<std::int64_t>());
    if (it != renamed.end()) value[1] = it->second;
  } else if (value.is_structured()) {
    for (json& item : value) PutRight(item, replica, renamed);
  }
}

}  // namespace

base::Bytes Renumber(std::string_view encoded, std::int64_t sequence, const Renamed& renamed) {
  auto value = FromCbor(encoded, kMaxChangeBytes);
  const std::string* replica = value ? Text(*value, "r") : nullptr;
  if (replica == nullptr) return {};
  PutRight(*value, std::string(*replica), renamed);
  (*value)["s"] = sequence;
  base::Bytes out = ToCbor(*value);
  if (out == encoded || value->erase("g") == 0) return out;
  return ToCbor(*value);
}

base::Bytes ActOf(std::string_view encoded) {
  base::Bytes act = Renumber(encoded, 0, {});  // No change has this number: the signature goes too.
  return act.empty() ? base::Bytes(encoded) : act;
}

base::Bytes WithSignature(std::string_view encoded, std::string_view signature) {
  auto value = FromCbor(encoded, kMaxChangeBytes);
  if (!value || !value->is_object()) return {};
  (*value)["g"] = base::ToHex(signature);
  return ToCbor(*value);
}

}  // namespace hoso::change
