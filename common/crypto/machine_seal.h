#pragma once

#include <string_view>

#include "common/base/bytes.h"
#include "common/crypto/secret.h"

namespace hoso::crypto {

/// A secret as this machine keeps it in a file. On Windows the system seals it to the machine
/// (DPAPI): the file alone, in a backup, on a stick or on another PC, opens nothing, while every
/// officer's account here can open it, also after an administrator has given that account a new
/// password. Elsewhere the file's rights are what guards it, and it is kept as it is. Any thread.
/// kDisk "machine_seal.failed".
base::Result<base::Bytes> SealToMachine(const Secret& secret);
/// kDamaged "machine_seal.other_machine": sealed elsewhere, or by a Windows that was since
/// installed anew.
base::Result<Secret> OpenFromMachine(base::Bytes sealed);

}  // namespace hoso::crypto
