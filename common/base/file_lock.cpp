#include "common/base/file_lock.h"

#include <filesystem>
#include <utility>

#ifdef _WIN32
#include <windows.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace hoso::base {

#ifdef _WIN32
struct FileLock::Handle {
  HANDLE file = INVALID_HANDLE_VALUE;
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
  }
};

Result<FileLock> FileLock::Take(const std::string& path, Mode mode, bool wait) {
  auto handle = std::make_unique<Handle>();
  handle->file = CreateFileW(std::filesystem::u8path(path).c_str(), GENERIC_READ | GENERIC_WRITE,
                             FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                             OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (handle->file == INVALID_HANDLE_VALUE) return Fail(ErrorKind::kDisk, "lock.failed");
  OVERLAPPED whole{};
  const DWORD flags = (mode == Mode::kExclusive ? LOCKFILE_EXCLUSIVE_LOCK : 0u) |
                      (wait ? 0u : LOCKFILE_FAIL_IMMEDIATELY);
  if (LockFileEx(handle->file, flags, 0, 1, 0, &whole) == 0)
    return Fail(GetLastError() == ERROR_LOCK_VIOLATION ? ErrorKind::kBusy : ErrorKind::kDisk,
                GetLastError() == ERROR_LOCK_VIOLATION ? "lock.held" : "lock.failed");
  return FileLock(std::move(handle));
}
#else
struct FileLock::Handle {
  int file = -1;
  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (file >= 0) ::close(file);
  }
};

Result<FileLock> FileLock::Take(const std::string& path, Mode mode, bool wait) {
  auto handle = std::make_unique<Handle>();
  handle->file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (handle->file < 0) return Fail(ErrorKind::kDisk, "lock.failed");
  const int operation = (mode == Mode::kExclusive ? LOCK_EX : LOCK_SH) | (wait ? 0 : LOCK_NB);
  int result = 0;
  do {
    result = ::flock(handle->file, operation);
  } while (result != 0 && errno == EINTR);
  if (result != 0)
    return errno == EWOULDBLOCK ? Fail(ErrorKind::kBusy, "lock.held")
                                : Fail(ErrorKind::kDisk, "lock.failed");
  return FileLock(std::move(handle));
}
#endif

FileLock::FileLock(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
FileLock::FileLock(FileLock&&) noexcept = default;
FileLock& FileLock::operator=(FileLock&&) noexcept = default;
FileLock::~FileLock() = default;

Result<FileLock> FileLock::Try(const std::string& path, Mode mode) {
  return Take(path, mode, false);
}
Result<FileLock> FileLock::Wait(const std::string& path, Mode mode) {
  return Take(path, mode, true);
}

}  // namespace hoso::base
