#include "client/flows/desk_folder.h"

#include <filesystem>
#include <system_error>

#include "common/base/disk.h"
#include "common/crypto/machine_seal.h"
#include "common/crypto/random.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;
using base::FileLock;

constexpr std::size_t kMaxKeyFile = 1u << 20;
constexpr std::size_t kMaxPassword = 256;

bool IsFile(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(base::PathOf(path), ignored);
}

}  // namespace

bool DeskFolder::IsEnrolled() const {
  return IsFile(Keys());
}

base::Status DeskFolder::Create() const {
  HOSO_TRY(base::CheckLocal(path_));
  return base::MakePrivateFolder(path_);
}

base::Result<crypto::KeySlots> DeskFolder::ReadKeys() const {
  if (!IsEnrolled()) return Fail(ErrorKind::kNotFound, "desk.not_enrolled", path_);
  HOSO_TRY_ASSIGN(const base::Bytes file, base::ReadFile(Keys(), kMaxKeyFile));
  return crypto::KeySlots::Decode(file);
}

base::Status DeskFolder::WriteKeys(const crypto::KeySlots& slots) const {
  return base::WriteFile(Keys(), slots.Encode(), true);
}

base::Result<crypto::Secret> DeskFolder::DeviceSecret() const {
  const std::string path = path_ + "/device.key";
  if (!IsFile(path)) return Fail(ErrorKind::kDamaged, "device_secret.missing");
  HOSO_TRY_ASSIGN(base::Bytes sealed, base::ReadFile(path, kMaxKeyFile));
  HOSO_TRY_ASSIGN(crypto::Secret secret, crypto::OpenFromMachine(std::move(sealed)));
  if (secret.size() != crypto::kDeviceSecretSize)
    return Fail(ErrorKind::kDamaged, "device_secret.missing");
  return secret;
}

base::Result<crypto::Secret> DeskFolder::MakeDeviceSecret(base::Random& random) const {
  const std::string path = path_ + "/device.key";
  if (IsFile(path)) return DeviceSecret();
  crypto::Secret fresh = crypto::RandomSecret(random, crypto::kDeviceSecretSize);
  HOSO_TRY_ASSIGN(const base::Bytes sealed, crypto::SealToMachine(fresh));
  HOSO_TRY(base::WriteFile(path, sealed, true));
  return fresh;
}

crypto::Secret DeskFolder::ProxyPassword() const {
  auto sealed = base::ReadFile(path_ + "/proxy.key", kMaxKeyFile);
  if (!sealed) return {};
  auto opened = crypto::OpenFromMachine(*std::move(sealed));
  return opened ? *std::move(opened) : crypto::Secret();
}

base::Status DeskFolder::KeepProxyPassword(const crypto::Secret& password) const {
  const std::string path = path_ + "/proxy.key";
  if (password.empty()) {
    std::error_code error;
    std::filesystem::remove(base::PathOf(path), error);
    return error ? base::Status(Fail(ErrorKind::kDisk, "file.write", path)) : base::Status();
  }
  constexpr std::string_view kNever("\0\r\n", 3);
  if (password.size() > kMaxPassword || password.view().find_first_of(kNever) != kNever.npos)
    return Fail(ErrorKind::kUsage, "proxy.password");
  HOSO_TRY(Create());
  HOSO_TRY_ASSIGN(const base::Bytes sealed, crypto::SealToMachine(password));
  return base::WriteFile(path, sealed, true);
}

base::Result<FileLock> DeskFolder::LockKeys() const {
  return FileLock::Wait(path_ + "/keys.lock", FileLock::Mode::kExclusive);
}

base::Result<FileLock> DeskFolder::LockDatabase(FileLock::Mode mode) const {
  auto lock = FileLock::Try(path_ + "/desk.lock", mode);
  if (!lock && lock.error().kind == ErrorKind::kBusy) return Fail(ErrorKind::kBusy, "desk.in_use");
  return lock;
}

base::Result<FileLock> DeskFolder::LockSync() const {
  auto lock = FileLock::Try(path_ + "/sync.lock", FileLock::Mode::kExclusive);
  if (!lock && lock.error().kind == ErrorKind::kBusy) return Fail(ErrorKind::kBusy, "sync.running");
  return lock;
}

}  // namespace hoso::flows
