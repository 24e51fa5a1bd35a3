#include <windows.h>
// After it: they use its types.
#include <fcntl.h>
#include <io.h>
#include <shellapi.h>

#include <array>
#include <filesystem>
#include <memory>

#include "common/base/disk.h"
#include "common/base/program.h"

namespace hoso::base {
namespace {

constexpr std::size_t kLongestLine = 4097;

}  // namespace

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

std::string ReadUnseen() {
  const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  DWORD before = 0, count = 0;
  std::string text;
  if (GetConsoleMode(input, &before)) {
    // Letters as they are: the console's octets have only those of its code page.
    std::array<wchar_t, kLongestLine> line{};
    SetConsoleMode(input, (before | ENABLE_LINE_INPUT) & ~static_cast<DWORD>(ENABLE_ECHO_INPUT));
    ReadConsoleW(input, line.data(), static_cast<DWORD>(line.size() - 1), &count, nullptr);
    SetConsoleMode(input, before);
    text = Utf8Of(std::wstring(line.data(), count));
  } else {
    std::array<char, kLongestLine> line{};
    if (std::fgets(line.data(), static_cast<int>(line.size()), stdin) != nullptr)
      text = line.data();
  }
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

void Print(std::FILE* where, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), where);
  std::fflush(where);
}

}  // namespace hoso::base
