#include "client/flows/change_standing.h"

#include <algorithm>

namespace hoso::flows {
namespace {

bool InOpenConflict(const change::DossierState& state, const change::ChangeId& id) {
  return std::any_of(state.registers.begin(), state.registers.end(), [&](const auto& named) {
    const change::Register& place = named.second;
    if (place.rivals.empty()) return false;
    return place.HeldBy(id) || std::any_of(place.rivals.begin(), place.rivals.end(),
                                           [&](const change::Value& v) { return v.id == id; });
  });
}

bool IsSettled(const change::DossierState& state, const change::ChangeId& id) {
  return std::any_of(
      state.set_aside.begin(), state.set_aside.end(),
      [&](const change::SetAside& aside) { return aside.id == id && !aside.settled.empty(); });
}

Standing InLog(const Happened& act, const change::DossierState& state) {
  switch (act.verdict.outcome) {
    case change::Outcome::kAccepted:
      return {ChangeStatus::kAccepted, act.position, {}, false};
    case change::Outcome::kAcceptedWithConflicts:
      return {ChangeStatus::kConflict, act.position, {}, !InOpenConflict(state, act.change.id)};
    case change::Outcome::kSetAside:
      break;
  }
  return {ChangeStatus::kSetAside, act.position, act.verdict.reason,
          IsSettled(state, act.change.id)};
}

std::string AtPosition(const char* words, const Standing& standing) {
  return std::string(words) + " " + std::to_string(standing.position);
}

}  // namespace

std::string ToText(ChangeStatus status) {
  constexpr const char* kWords[] = {"here",     "sent",     "received",
                                    "accepted", "conflict", "set_aside"};
  return kWords[static_cast<int>(status)];
}

Standing StandingOf(const Happened& act, const change::DossierState& state) {
  if (act.position > 0) return InLog(act, state);
  if (act.received) return {ChangeStatus::kReceived, 0, {}, false};
  return {act.handed ? ChangeStatus::kSent : ChangeStatus::kHere, 0, {}, false};
}

std::string StandingText(const Standing& standing) {
  switch (standing.status) {
    case ChangeStatus::kHere:
      return "ở máy này, chưa gửi";
    case ChangeStatus::kSent:
      return "đã gửi, tỉnh chưa ký nhận";
    case ChangeStatus::kReceived:
      return "tỉnh đã ký nhận, chờ xếp thứ tự";
    case ChangeStatus::kAccepted:
      return AtPosition("đã áp dụng ở vị trí", standing);
    case ChangeStatus::kConflict:
      return AtPosition(
          standing.closed ? "xung đột đã giải quyết, ở vị trí" : "có xung đột, ở vị trí", standing);
    case ChangeStatus::kSetAside:
      break;
  }
  return AtPosition(standing.closed ? "để riêng đã xử lý, ở vị trí" : "để riêng, ở vị trí",
                    standing);
}

}  // namespace hoso::flows
