#include <windows.h>
// After it: it uses its types.
#include <dpapi.h>

#include <string>

#include "common/crypto/machine_seal.h"

namespace hoso::crypto {
namespace {

using base::ErrorKind;
using base::Fail;

/// Not the user's key: an administrator who resets a password takes that away for good.
constexpr DWORD kFlags = CRYPTPROTECT_LOCAL_MACHINE | CRYPTPROTECT_UI_FORBIDDEN;

/// The interface takes everything as if it might write to it, and does not.
DATA_BLOB Blob(std::string_view octets) {
  return {static_cast<DWORD>(octets.size()),
          reinterpret_cast<BYTE*>(const_cast<char*>(octets.data()))};
}

/// Other programs that ask the system to open all it can find do not get this one.
DATA_BLOB Purpose() {
  return Blob("HoSoXa device secret");
}

base::Bytes Taken(const DATA_BLOB& blob) {
  base::Bytes octets(reinterpret_cast<const char*>(blob.pbData), blob.cbData);
  SecureZeroMemory(blob.pbData, blob.cbData);
  LocalFree(blob.pbData);
  return octets;
}

}  // namespace

base::Result<base::Bytes> SealToMachine(const Secret& secret) {
  DATA_BLOB in = Blob(secret.view()), purpose = Purpose(), out{};
  if (CryptProtectData(&in, nullptr, &purpose, nullptr, nullptr, kFlags, &out) == 0)
    return Fail(ErrorKind::kDisk, "machine_seal.failed", std::to_string(GetLastError()));
  return Taken(out);
}

base::Result<Secret> OpenFromMachine(base::Bytes sealed) {
  DATA_BLOB in = Blob(sealed), purpose = Purpose(), out{};
  if (CryptUnprotectData(&in, nullptr, &purpose, nullptr, nullptr, kFlags, &out) == 0)
    return Fail(ErrorKind::kDamaged, "machine_seal.other_machine", std::to_string(GetLastError()));
  return Secret(Taken(out));
}

}  // namespace hoso::crypto
