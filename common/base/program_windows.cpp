#include <windows.h>
// After it: they use its types.
#include <fcntl.h>
#include <io.h>
#include <shellapi.h>

#include <filesystem>
#include <memory>

#include "common/base/disk.h"
#include "common/base/program.h"

namespace hoso::base {

void BeginProgram() {
  // A library planted beside the program or in the current folder is not taken.
  SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32);
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);  // No box that nobody can answer.
  SetConsoleOutputCP(CP_UTF8);
  for (std::FILE* stream : {stdout, stderr})
    if (::_fileno(stream) >= 0) ::_setmode(::_fileno(stream), _O_BINARY);  // A window has none.
}

std::vector<std::string> Arguments(int, char**) {
  // The narrow ones have lost every letter that the system's code page does not have.
  int count = 0;
  const std::unique_ptr<wchar_t*, decltype(&LocalFree)> words(
      CommandLineToArgvW(GetCommandLineW(), &count), LocalFree);
  std::vector<std::string> out;
  for (int i = 1; i < count; ++i) out.push_back(Utf8Of(words.get()[i]));
  return out;
}

std::string PcName() {
  std::wstring name(MAX_COMPUTERNAME_LENGTH + 1, L'\0');
  DWORD length = static_cast<DWORD>(name.size());
  if (GetComputerNameW(name.data(), &length) == 0) return "";
  return Utf8Of(name.substr(0, length));
}

void Print(std::FILE* where, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), where);
  std::fflush(where);
}

}  // namespace hoso::base
