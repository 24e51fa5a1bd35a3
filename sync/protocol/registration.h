#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sync/protocol/messages.h"

namespace hoso::protocol {

inline constexpr std::size_t kMaxRegistrations = 512;
inline constexpr std::size_t kMaxRegistrationBytes = 256u << 10;  // Of all of a desk.

/// The province's signed statement that an officer works at a desk. The desk keeps it and gives it
/// back to a province that was put back from before it, as it gives back the log (/v1/register).
struct Registration {
  std::string province, replica, unit;
  base::Bytes device_key;   // Ed25519 public key of the desk.
  base::Bytes share;        // Half of what opens its database; sealed, for the province alone.
  Person person;            // As the province knew him then.
  base::Bytes officer_key;  // His Ed25519 public key at this desk.
  base::Bytes signature;    // Ed25519 by the province over RegistrationSigned.
  friend bool operator==(const Registration&, const Registration&) = default;
};

base::Bytes RegistrationSigned(const Registration& registration);
/// What a desk holds, or a province says, about one desk: one CBOR document.
base::Bytes EncodeRegistrations(const std::vector<Registration>& all);
/// kDamaged "message.malformed", also beyond the limits above.
base::Result<std::vector<Registration>> DecodeRegistrations(std::string_view bytes);

}  // namespace hoso::protocol
