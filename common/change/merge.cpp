#include "common/change/merge.h"

#include <algorithm>

namespace hoso::change {
namespace {

bool Contains(const std::vector<ChangeId>& ids, const ChangeId& id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void CloseIfAgreed(Register& place) {
  std::erase_if(place.rivals, [&](const Value& rival) {
    if (rival.value != place.held.value) return false;
    place.same.insert(rival.id);
    return true;
  });
  if (place.rivals.empty()) place.began = 0;
}

}  // namespace

void WriteTo(Register& place, const std::optional<ChangeId>& seen, const Value& value) {
  if (seen && place.HeldBy(*seen)) {
    place.held = value;
    place.same.clear();
    CloseIfAgreed(place);
    return;
  }
  if (seen) std::erase_if(place.rivals, [&](const Value& rival) { return rival.id == *seen; });
  if (value.value == place.held.value) {
    place.same.insert(value.id);
  } else {
    if (place.began == 0 && place.rivals.empty()) place.began = value.position;
    place.rivals.push_back(value);
  }
  CloseIfAgreed(place);
}

std::string ChosenBy(const Resolve& resolve, const Register& place) {
  if (!resolve.keep) return resolve.value.value_or("");
  for (const Value& rival : place.rivals)
    if (rival.id == *resolve.keep) return rival.value;
  return place.held.value;
}

void ResolveIn(Register& place, const Resolve& resolve, const Value& chosen) {
  std::erase_if(place.rivals, [&](const Value& r) { return Contains(resolve.seen, r.id); });
  const bool saw_held = std::any_of(resolve.seen.begin(), resolve.seen.end(),
                                    [&](const ChangeId& id) { return place.HeldBy(id); });
  if (saw_held) {
    place.held = chosen;
    place.same.clear();
  } else {
    place.rivals.push_back(chosen);
  }
  CloseIfAgreed(place);
}

}  // namespace hoso::change
