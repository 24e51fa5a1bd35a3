#include "common/store/files.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#ifndef _WIN32
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace hoso::store {
namespace {

using base::ErrorKind;
using base::Fail;

#ifndef _WIN32
bool Flush(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (file < 0) return false;
  const bool flushed = ::fsync(file) == 0;
  ::close(file);
  return flushed;
}
#endif

}  // namespace

base::Status MakePrivate(const std::string& path) {
#ifndef _WIN32
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return errno == EEXIST ? base::Status() : Fail(ErrorKind::kDisk, "store.failed");
  ::close(file);
#else
  std::ofstream file(std::filesystem::u8path(path), std::ios::binary | std::ios::app);
  if (!file) return Fail(ErrorKind::kDisk, "store.failed");
#endif
  return {};
}

base::Status MoveIntoPlace(const std::string& beside, const std::string& path) {
#ifndef _WIN32
  if (!Flush(beside, 0)) return Fail(ErrorKind::kDisk, "store.failed");
#endif
  std::error_code error;
  std::filesystem::rename(beside, path, error);
  if (error) return Fail(ErrorKind::kDisk, "store.failed");
#ifndef _WIN32
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (!Flush(folder.empty() ? "." : folder, O_DIRECTORY))
    return Fail(ErrorKind::kDisk, "store.failed");
#endif
  return {};
}

}  // namespace hoso::store
