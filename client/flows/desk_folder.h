#pragma once

#include <string>

#include "common/base/file_lock.h"
#include "common/base/ids.h"
#include "common/crypto/key_slots.h"

namespace hoso::flows {

/// Where one desk lives on disk, and the only code that knows its file names:
///   desk.db       the encrypted replica          desk.keys   one key slot per officer
///   device.key    the device secret              desk.share  the key under the province's share
///   backups/      daily encrypted copies         *.lock      who is using what
///   settings.ini  what people chose here         proxy.key   the password of a proxy on the way
///   logs/         what happened, by number
/// Nothing here is dossier data in plain text. Any thread.
class DeskFolder {
 public:
  explicit DeskFolder(std::string path) : path_(std::move(path)) {}

  const std::string& path() const { return path_; }
  std::string Database() const { return path_ + "/desk.db"; }
  std::string Keys() const { return path_ + "/desk.keys"; }
  std::string NewKeys() const { return path_ + "/desk.keys.new"; }  // Of an enrolment under way.
  std::string Share() const { return path_ + "/desk.share"; }
  std::string Backups() const { return path_ + "/backups"; }
  std::string Logs() const { return path_ + "/logs"; }
  std::string Settings() const { return path_ + "/settings.ini"; }

  bool IsEnrolled() const;  // Has a key file.
  /// The folder, its owner's only; base::CheckLocal's errors.
  base::Status Create() const;

  /// kNotFound "desk.not_enrolled" without a key file; KeySlots::Decode's errors.
  base::Result<crypto::KeySlots> ReadKeys() const;
  base::Status WriteKeys(const crypto::KeySlots& slots) const;

  /// kDamaged "device_secret.missing" when the desk is enrolled and the file is gone; the errors of
  /// crypto::OpenFromMachine.
  base::Result<crypto::Secret> DeviceSecret() const;
  base::Result<crypto::Secret> MakeDeviceSecret(base::Random& random) const;  // Or the one there.

  /// For whoever stands on the way to the province, sealed to this machine. Empty if none is kept,
  /// or it was kept by another machine: then the proxy asks, and it is given anew.
  crypto::Secret ProxyPassword() const;
  /// An empty one is forgotten. kUsage "proxy.password" if it is no line of text, "folder.create",
  /// the errors of crypto::SealToMachine and base::WriteFile.
  base::Status KeepProxyPassword(const crypto::Secret& password) const;

  /// Held while keys are read, tried and written back: a wrong try is never lost.
  base::Result<base::FileLock> LockKeys() const;
  /// Shared by every program that has the desk open; exclusive to put another database in place.
  base::Result<base::FileLock> LockDatabase(base::FileLock::Mode mode) const;
  /// kBusy "sync.running" while another exchange of this desk runs.
  base::Result<base::FileLock> LockSync() const;

 private:
  std::string path_;
};

}  // namespace hoso::flows
