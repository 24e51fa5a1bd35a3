#include "client/app/program_folder.h"

#include <filesystem>

#include "common/base/disk.h"

#ifdef _WIN32
#include <windows.h>
// After it: it uses its types.
#include <shlobj.h>
#else
#include <cstdlib>
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
  return base::Utf8Of(file.parent_path().parent_path() / "share" / "hosoxa" / name);
}

std::string UsualDataFolder() {
#ifdef _WIN32
  wchar_t* common = nullptr;
  const bool found = SHGetKnownFolderPath(FOLDERID_ProgramData, 0, nullptr, &common) == S_OK;
  const std::filesystem::path folder = found ? common : L"";
  CoTaskMemFree(common);
  return found ? base::Utf8Of(folder / "HoSoXa") : "";
#else
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && *data == '/')
    return base::In(data, "hosoxa");
  const char* home = std::getenv("HOME");
  return home == nullptr ? "" : base::In(home, ".local/share/hosoxa");
#endif
}

}  // namespace

std::string FontFolder() {
  return Shared("fonts");
}

std::string LocaleFolder() {
  return Shared("locale");
}

std::string DataFolder(const config::Layers& keeper) {
  const std::string named = config::Config(keeper).Text(config::Key::kProgramDataFolder);
  return named.empty() ? UsualDataFolder() : named;
}

}  // namespace hoso::app
