#include <utility>

#include "common/crypto/machine_seal.h"

namespace hoso::crypto {

base::Result<base::Bytes> SealToMachine(const Secret& secret) {
  return base::Bytes(secret.view());
}

base::Result<Secret> OpenFromMachine(base::Bytes sealed) {
  return Secret(std::move(sealed));
}

}  // namespace hoso::crypto
