#include "common/base/disk.h"

namespace hoso::base {

std::filesystem::path PathOf(std::string_view utf8) {
  return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}

std::string Utf8Of(const std::filesystem::path& path) {
  const std::u8string text = path.u8string();
  return {text.begin(), text.end()};
}

std::string In(std::string_view folder, std::string_view name) {
  return Utf8Of(PathOf(folder) / PathOf(name));
}

Status MakePrivateFolder(const std::string& path) {
  std::error_code error;
  const bool made = std::filesystem::create_directories(PathOf(path), error);
  if (error) return Fail(ErrorKind::kDisk, "folder.create", path);
  return made ? OwnFolder(path) : Status();
}

}  // namespace hoso::base
