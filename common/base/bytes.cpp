#include "common/base/bytes.h"

#include <fcntl.h>
#ifndef _WIN32
#include <unistd.h>
#else
#include <io.h>
#include <sys/stat.h>
#endif

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace hoso::base {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Our texts are UTF-8; Windows would read a narrow path in the code page of its language.
std::filesystem::path PathOf(std::string_view utf8) {
  return std::filesystem::path(std::u8string(utf8.begin(), utf8.end()));
}

/// For writing; null if the file is already there.
std::FILE* CreateNew(const std::filesystem::path& path) {
#ifndef _WIN32
  return std::fopen(path.c_str(), "wbx");
#else
  // The old C runtime knows no "x".
  const int file =
      ::_wopen(path.c_str(), _O_WRONLY | _O_CREAT | _O_EXCL | _O_BINARY, _S_IREAD | _S_IWRITE);
  return file < 0 ? nullptr : ::_fdopen(file, "wb");
#endif
}

bool FlushToDisk(std::FILE* file) {
  if (std::fflush(file) != 0) return false;
#ifndef _WIN32
  return ::fsync(::fileno(file)) == 0;
#else
  return ::_commit(::_fileno(file)) == 0;
#endif
}

void FlushFolder(const std::filesystem::path& file) {
#ifndef _WIN32
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (fd < 0) return;
  ::fsync(fd);
  ::close(fd);
#else
  (void)file;
#endif
}

}  // namespace

std::string ToHex(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto b = static_cast<unsigned char>(c);
    out += kHex[b >> 4];
    out += kHex[b & 15];
  }
  return out;
}

Result<Bytes> FromHex(std::string_view hex) {
  if (hex.size() % 2 != 0) return Fail(ErrorKind::kDamaged, "hex");
  Bytes out;
  out.reserve(hex.size() / 2);
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int high = HexDigit(hex[i]), low = HexDigit(hex[i + 1]);
    if (high < 0 || low < 0) return Fail(ErrorKind::kDamaged, "hex");
    out += static_cast<char>(high * 16 + low);
  }
  return out;
}

std::string ToBase64(std::string_view bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < have ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      out += k <= have ? kBase64[group >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

Result<Bytes> FromBase64(std::string_view text) {
  const auto bad = Fail(ErrorKind::kDamaged, "base64");
  if (text.size() % 4 != 0) return bad;
  Bytes out;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::uint32_t group = 0;
    std::size_t pad = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const char c = text[i + k];
      if (c == '=') {
        if (i + 4 != text.size() || k < 2) return bad;
        ++pad;
        group <<= 6;
        continue;
      }
      const auto at = kBase64.find(c);
      if (at == std::string_view::npos || pad > 0) return bad;
      group = group << 6 | static_cast<std::uint32_t>(at);
    }
    // One text for one value: bits that no octet takes are zero.
    if (pad > 0 && (group & ((1u << (8 * pad)) - 1)) != 0) return bad;
    for (std::size_t k = 0; k + pad < 3; ++k) out += static_cast<char>(group >> (16 - 8 * k) & 255);
  }
  return out;
}

bool IsUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xc2 ? 0
                               : lead < 0xe0 ? 2
                               : lead < 0xf0 ? 3
                               : lead < 0xf5 ? 4
                                             : 0;
    if (length == 0 || i + length > text.size()) return false;
    std::uint32_t point = length == 1 ? lead : lead & (0x7fu >> length);
    for (std::size_t k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0) != 0x80) return false;
      point = point << 6 | (next & 0x3fu);
    }
    constexpr std::array<std::uint32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
    if (point < kLeast[length] || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
      return false;
    i += length;
  }
  return true;
}

Result<Bytes> ReadFile(const std::string& path, std::size_t limit) {
  std::ifstream in(PathOf(path), std::ios::binary);
  if (!in) return Fail(ErrorKind::kNotFound, "file.missing", path);
  Bytes out, piece(1u << 16, '\0');  // Not the limit at once: it is far above most files.
  while (in && out.size() <= limit) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    out.append(piece, 0, static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return Fail(ErrorKind::kDisk, "file.read", path);
  if (out.size() > limit) return Fail(ErrorKind::kUsage, "file.too_big", path);
  return out;
}

Status WriteFile(const std::string& path, std::string_view bytes, bool secret) {
  const std::filesystem::path target = PathOf(path);
  std::filesystem::path beside = target;
  beside += ".new";
  std::error_code error;
  std::filesystem::remove(beside, error);
  std::FILE* file = CreateNew(beside);
  if (file == nullptr) return Fail(ErrorKind::kDisk, "file.write", path);
  if (secret)
    std::filesystem::permissions(
        beside, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
  const bool written =
      std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && FlushToDisk(file);
  if (std::fclose(file) != 0 || !written) return Fail(ErrorKind::kDisk, "file.write", path);
  std::filesystem::rename(beside, target, error);
  if (error) return Fail(ErrorKind::kDisk, "file.write", path);
  FlushFolder(target);
  return {};
}

}  // namespace hoso::base
