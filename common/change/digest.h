#pragma once

#include <string_view>

#include "common/base/bytes.h"
#include "common/crypto/hash.h"

namespace hoso::change {

/// SHA-256 over id ‖ digest of one dossier after another: what two replicas of a list compare.
/// Add them in the order of the octets of their ids.
class ListDigest {
 public:
  void Add(std::string_view id, std::string_view digest);
  base::Bytes Finish();

 private:
  crypto::Sha256Stream stream_;
};

}  // namespace hoso::change
