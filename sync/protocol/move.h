#pragma once

#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/result.h"

namespace hoso::protocol {

/// What a desk sends to /v1/renew in place of a bare request for a certificate, when it turned out
/// to be a copy of another that goes on: it asks to become a replica of its own.
struct MoveRequest {
  std::string replica;     // Chosen by the desk, new.
  std::string csr;         // PEM
  base::Bytes device_key;  // Ed25519 public key of the desk to be.
};
base::Bytes EncodeMoveRequest(const MoveRequest& request);
base::Result<MoveRequest> DecodeMoveRequest(std::string_view bytes);

/// What it is told: from the first moment on it can tell a province that loses it again who it is.
struct MoveAnswer {
  std::string certificate;    // PEM
  base::Bytes registrations;  // EncodeRegistrations: all that is said of the new replica.
};
base::Bytes EncodeMoveAnswer(const MoveAnswer& answer);
base::Result<MoveAnswer> DecodeMoveAnswer(std::string_view bytes);

}  // namespace hoso::protocol
