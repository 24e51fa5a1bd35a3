#include "common/base/bytes.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "common/base/disk.h"

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
  const std::unique_ptr<std::FILE, decltype(&std::fclose)> file(OpenToRead(path), std::fclose);
  if (file == nullptr) return Fail(ErrorKind::kNotFound, "file.missing", path);
  Bytes out, piece(1u << 16, '\0');  // Not the limit at once: it is far above most files.
  while (out.size() <= limit) {
    const std::size_t got = std::fread(piece.data(), 1, piece.size(), file.get());
    out.append(piece, 0, got);
    if (got == 0) break;
  }
  if (std::ferror(file.get()) != 0) return Fail(ErrorKind::kDisk, "file.read", path);
  if (out.size() > limit) return Fail(ErrorKind::kUsage, "file.too_big", path);
  return out;
}

Status WriteFile(const std::string& path, std::string_view bytes, bool secret) {
  const std::string beside = path + ".new";
  std::error_code ignored;
  std::filesystem::remove(PathOf(beside), ignored);  // Of a writing that was cut.
  std::FILE* file = CreateNew(beside, secret);
  if (file == nullptr) return Fail(ErrorKind::kDisk, "file.write", path);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  if (std::fclose(file) != 0 || !written) return Fail(ErrorKind::kDisk, "file.write", path);
  return MoveIntoPlace(beside, path);
}

}  // namespace hoso::base
