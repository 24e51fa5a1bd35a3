#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>

#include "common/base/disk.h"

namespace hoso::base {
namespace {

constexpr mode_t kOwner = 0600;
constexpr mode_t kEverybody = 0666;  // Less what the umask takes.

bool Flush(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool flushed = ::fsync(file) == 0;
  ::close(file);
  return flushed;
}

}  // namespace

std::FILE* OpenToRead(const std::string& path) {
  return std::fopen(path.c_str(), "rbe");
}

std::FILE* OpenToWrite(const std::string& path) {
  return std::fopen(path.c_str(), "wbe");
}

std::FILE* CreateNew(const std::string& path, bool secret) {
  const int file =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret ? kOwner : kEverybody);
  return file < 0 ? nullptr : ::fdopen(file, "wb");
}

Status CheckLocal(const std::string& path) {
  constexpr std::uint32_t kCifs = 0xFF534D42;  // Older kernels' name of SMB; not in the header.
  struct statfs found = {};
  std::filesystem::path there = std::filesystem::path(path).lexically_normal();
  while (::statfs(there.empty() ? "." : there.c_str(), &found) != 0) {
    if (errno != ENOENT || there == there.parent_path()) return {};
    there = there.parent_path();
  }
  switch (static_cast<std::uint32_t>(found.f_type)) {
    case NFS_SUPER_MAGIC:
    case SMB_SUPER_MAGIC:
    case SMB2_SUPER_MAGIC:
    case AFS_SUPER_MAGIC:
    case kCifs:
      return Fail(ErrorKind::kRefused, "folder.network", path);
    default:
      return {};
  }
}

Status OwnFolder(const std::string& path) {
  if (::chmod(path.c_str(), S_IRWXU) != 0) return Fail(ErrorKind::kDisk, "folder.create", path);
  return {};
}

Status MakePrivateFile(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kOwner);
  if (file < 0) return errno == EEXIST ? Status() : Fail(ErrorKind::kDisk, "file.write", path);
  ::close(file);
  return {};
}

Status Append(const std::string& path, std::string_view octets) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kOwner);
  if (file < 0) return Fail(ErrorKind::kDisk, "file.write", path);
  const ssize_t written = ::write(file, octets.data(), octets.size());
  ::close(file);
  if (written != static_cast<ssize_t>(octets.size()))
    return Fail(ErrorKind::kDisk, "file.write", path);
  return {};
}

Status CopyInto(const std::string& from, const std::string& to) {
  std::error_code error;
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, error);
  if (error) return Fail(ErrorKind::kDisk, "file.write", to);
  return {};
}

Status MoveIntoPlace(const std::string& beside, const std::string& path) {
  const std::string folder = Utf8Of(PathOf(path).parent_path());
  if (!Flush(beside) || std::rename(beside.c_str(), path.c_str()) != 0 ||
      !Flush(folder.empty() ? "." : folder))
    return Fail(ErrorKind::kDisk, "file.write", path);
  return {};
}

}  // namespace hoso::base
