#pragma once

#include <memory>
#include <string>

#include "common/base/result.h"

namespace hoso::base {

/// A lock between programs of this machine, held on a small file until the object is gone; the
/// system lets go of it when a program dies. The file stays; its content means nothing.
class FileLock {
 public:
  enum class Mode { kShared, kExclusive };
  /// kBusy "lock.held" at once when another program holds it; kDisk "lock.failed".
  static Result<FileLock> Try(const std::string& path, Mode mode);
  /// The same, but waits for its turn. Only for locks that are held for moments.
  static Result<FileLock> Wait(const std::string& path, Mode mode);

  FileLock(FileLock&&) noexcept;
  FileLock& operator=(FileLock&&) noexcept;
  ~FileLock();

 private:
  struct Handle;
  explicit FileLock(std::unique_ptr<Handle> handle);
  static Result<FileLock> Take(const std::string& path, Mode mode, bool wait);
  std::unique_ptr<Handle> handle_;
};

}  // namespace hoso::base
