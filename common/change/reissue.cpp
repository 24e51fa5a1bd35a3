#include "common/change/reissue.h"

#include <string>

#include "common/change/cbor.h"

namespace hoso::change {
namespace {

using nlohmann::json;

void PutRight(json& value, const std::string& replica,
              const std::map<std::int64_t, ChangeId>& now) {
  const bool reference = value.is_array() && value.size() == 2 && value[0].is_string() &&
                         value[1].is_number_integer() &&
                         value[0].get_ref<const std::string&>() == replica;
  if (reference) {
    const auto found = now.find(value[1].get<std::int64_t>());
    if (found != now.end()) value = json::array({found->second.replica, found->second.sequence});
  } else if (value.is_structured()) {
    for (json& item : value) PutRight(item, replica, now);
  }
}

}  // namespace

base::Bytes Reissue(std::string_view encoded, const ChangeId& id,
                    const std::map<std::int64_t, ChangeId>& now) {
  auto value = FromCbor(encoded, kMaxChangeBytes);
  const std::string* replica = value ? Text(*value, "r") : nullptr;
  if (replica == nullptr) return {};
  PutRight(*value, std::string(*replica), now);
  (*value)["r"] = id.replica;
  (*value)["s"] = id.sequence;
  value->erase("g");
  return ToCbor(*value);
}

}  // namespace hoso::change
