#include "client/app/program_folder.h"

#include <filesystem>

#ifdef _WIN32
#include <windows.h>
#endif

namespace hoso::app {
namespace {

std::filesystem::path ProgramFile() {
#ifdef _WIN32
  std::wstring name(32768, L'\0');  // The longest path Windows has.
  name.resize(GetModuleFileNameW(nullptr, name.data(), static_cast<DWORD>(name.size())));
  return name;
#else
  std::error_code error;
  const std::filesystem::path file = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::filesystem::path() : file;
#endif
}

std::string Shared(const char* name) {
  const std::filesystem::path file = ProgramFile();
  if (file.empty()) return "";
  return (file.parent_path().parent_path() / "share" / "hosoxa" / name).string();
}

}  // namespace

std::string FontFolder() {
  return Shared("fonts");
}

std::string LocaleFolder() {
  return Shared("locale");
}

}  // namespace hoso::app
