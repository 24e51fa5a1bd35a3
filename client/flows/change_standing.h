#pragma once

#include <cstdint>
#include <string>

#include "client/flows/history.h"

namespace hoso::flows {

/// How far a change has come, as far as this desk can prove it.
enum class ChangeStatus {
  kHere,      ///< Durable on this desk.
  kSent,      ///< All of it was handed to a connection at least once; nobody has signed for it.
  kReceived,  ///< A signed receipt of the province covers it; its entry has not come back yet.
  kAccepted,  ///< In the log, applied at its position.
  kConflict,  ///< In the log, beside other values.
  kSetAside   ///< In the log, without effect, with the reason.
};
std::string ToText(ChangeStatus status);  // here, sent, received, accepted, conflict, set_aside

struct Standing {
  ChangeStatus status = ChangeStatus::kHere;
  std::int64_t position = 0;  // Where the log has it; 0: nowhere yet.
  std::string reason;         // Of what was set aside.
  bool closed = false;        // A conflict that is over, or a set-aside change that was settled.
  friend bool operator==(const Standing&, const Standing&) = default;
};

/// Where an act of a dossier stands, `state` being what the dossier is now. Pure.
Standing StandingOf(const Happened& act, const change::DossierState& state);

/// One phrase: "ở máy này, chưa gửi", "đã áp dụng ở vị trí 12", "để riêng ở vị trí 12". The reason
/// is apart: ReasonText.
std::string StandingText(const Standing& standing);

}  // namespace hoso::flows
