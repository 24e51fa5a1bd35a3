#include <windows.h>
// After it: they use its types.
#include <aclapi.h>
#include <fcntl.h>
#include <io.h>
#include <sddl.h>
#include <shlobj.h>
#include <sys/stat.h>

#include "common/base/disk.h"

namespace hoso::base {
namespace {

/// Full rights for the owner, the system and administrators, handed down, and none from above.
constexpr const wchar_t* kOwnerAlone = L"D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

std::FILE* Open(const std::string& path, const wchar_t* mode) {
  return ::_wfopen(PathOf(path).c_str(), mode);
}

bool Flush(const std::string& path) {
  const std::filesystem::path file = PathOf(path);
  std::error_code error;
  // A folder has nothing to flush here: the file system keeps a journal of names.
  if (std::filesystem::is_directory(file, error)) return true;
  const HANDLE handle =
      CreateFileW(file.c_str(), GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_DELETE,
                  nullptr, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (handle == INVALID_HANDLE_VALUE) return false;
  const bool flushed = FlushFileBuffers(handle) != 0;
  CloseHandle(handle);
  return flushed;
}

/// What a scanner or another reader has open for a moment can't be renamed or replaced: it is tried
/// again while that may be the reason.
bool Rename(const std::filesystem::path& from, const std::filesystem::path& to) {
  constexpr int kTries = 50;
  constexpr DWORD kPauseMs = 20;
  for (int i = 0; i < kTries; ++i) {
    if (MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) !=
        0)
      return true;
    const DWORD error = GetLastError();
    if (error != ERROR_SHARING_VIOLATION && error != ERROR_ACCESS_DENIED) return false;
    Sleep(kPauseMs);
  }
  return false;
}

}  // namespace

Status CheckLocal(const std::string& path) {
  std::error_code error;
  // The standard library here knows no root of the form \\server\share.
  const std::wstring given = PathOf(path).make_preferred().native();
  const bool of_drive = given.starts_with(L"\\\\?\\") && given.find(L':') == 5;
  const std::filesystem::path whole = std::filesystem::absolute(PathOf(path), error);
  if ((given.starts_with(L"\\\\") && !of_drive) ||
      GetDriveTypeW(whole.root_path().c_str()) == DRIVE_REMOTE)
    return Fail(ErrorKind::kRefused, "folder.network", path);
  wchar_t* roaming = nullptr;
  const bool found = SHGetKnownFolderPath(FOLDERID_RoamingAppData, 0, nullptr, &roaming) == S_OK;
  const std::filesystem::path profile = found ? roaming : L"";
  CoTaskMemFree(roaming);
  if (!found) return {};
  const std::filesystem::path within = whole.lexically_normal().lexically_relative(profile);
  if (!within.empty() && *within.begin() != L"..")
    return Fail(ErrorKind::kRefused, "folder.roaming", path);
  return {};
}

std::FILE* OpenToRead(const std::string& path) {
  return Open(path, L"rb");
}

std::FILE* OpenToWrite(const std::string& path) {
  return Open(path, L"wb");
}

std::FILE* CreateNew(const std::string& path, bool) {
  // The old C runtime knows no "x".
  const int file =
      ::_wopen(PathOf(path).c_str(), _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY | _O_NOINHERIT,
               _S_IREAD | _S_IWRITE);
  return file < 0 ? nullptr : ::_fdopen(file, "wb");
}

Status OwnFolder(const std::string& path) {
  PSECURITY_DESCRIPTOR rights = nullptr;
  PACL list = nullptr;
  BOOL present = FALSE, by_default = FALSE;
  const bool done =
      ConvertStringSecurityDescriptorToSecurityDescriptorW(kOwnerAlone, SDDL_REVISION_1, &rights,
                                                           nullptr) != 0 &&
      GetSecurityDescriptorDacl(rights, &present, &list, &by_default) != 0 &&
      SetNamedSecurityInfoW(PathOf(path).wstring().data(), SE_FILE_OBJECT,
                            DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                            nullptr, nullptr, list, nullptr) == ERROR_SUCCESS;
  LocalFree(rights);
  if (!done) return Fail(ErrorKind::kDisk, "folder.create", path);
  return {};
}

Status MakePrivateFile(const std::string& path) {
  const HANDLE handle =
      CreateFileW(PathOf(path).c_str(), GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr,
                  CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (handle == INVALID_HANDLE_VALUE)
    return GetLastError() == ERROR_FILE_EXISTS ? Status()
                                               : Fail(ErrorKind::kDisk, "file.write", path);
  CloseHandle(handle);
  return {};
}

// The standard library's copy_file here refuses what is there, whatever it is told (GCC 12).
Status Append(const std::string& path, std::string_view octets) {
  // With this right alone the system itself looks for the end, at the write.
  const HANDLE file = CreateFileW(PathOf(path).c_str(), FILE_APPEND_DATA,
                                  FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                  OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr);
  if (file == INVALID_HANDLE_VALUE) return Fail(ErrorKind::kDisk, "file.write", path);
  DWORD written = 0;
  const bool done =
      ::WriteFile(file, octets.data(), static_cast<DWORD>(octets.size()), &written, nullptr) != 0;
  CloseHandle(file);
  if (!done || written != octets.size()) return Fail(ErrorKind::kDisk, "file.write", path);
  return {};
}

Status CopyInto(const std::string& from, const std::string& to) {
  if (CopyFileW(PathOf(from).c_str(), PathOf(to).c_str(), FALSE) == 0)
    return Fail(ErrorKind::kDisk, "file.write", to);
  return {};
}

Status MoveIntoPlace(const std::string& beside, const std::string& path) {
  if (!Flush(beside) || !Rename(PathOf(beside), PathOf(path)))
    return Fail(ErrorKind::kDisk, "file.write", path);
  return {};
}

}  // namespace hoso::base
