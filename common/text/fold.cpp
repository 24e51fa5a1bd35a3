#include "common/text/fold.h"

#include <utf8proc.h>

#include <array>
#include <cstdlib>

namespace hoso::text {
namespace {

std::string Map(std::string_view text, int options) {
  utf8proc_uint8_t* out = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &out,
                                             static_cast<utf8proc_option_t>(options));
  if (size < 0) return std::string(text);
  std::string result(reinterpret_cast<char*>(out), static_cast<std::size_t>(size));
  std::free(out);
  return result;
}

constexpr std::string_view kSmallD = "\xc4\x91";  // đ: a letter of its own, so no mark to strip.

}  // namespace

std::string Nfc(std::string_view text) {
  return Map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string Lower(std::string_view text) {
  return Map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

std::string Upper(std::string_view text) {
  const std::string normal = Nfc(text);
  std::string out;
  for (std::size_t at = 0; at < normal.size();) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(normal.data() + at),
                         static_cast<utf8proc_ssize_t>(normal.size() - at), &point);
    if (size <= 0) return normal;
    std::array<utf8proc_uint8_t, 4> octets{};
    const utf8proc_ssize_t written = utf8proc_encode_char(utf8proc_toupper(point), octets.data());
    out.append(reinterpret_cast<const char*>(octets.data()), static_cast<std::size_t>(written));
    at += static_cast<std::size_t>(size);
  }
  return out;
}

std::string Fold(std::string_view text) {
  const std::string bare =
      Map(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
  std::string out;
  out.reserve(bare.size());
  for (std::size_t i = 0; i < bare.size(); ++i) {
    if (std::string_view(bare).substr(i, 2) == kSmallD) {
      out += 'd';
      ++i;
    } else {
      out += bare[i];
    }
  }
  return out;
}

std::vector<std::string> Words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    utf8proc_int32_t point = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                         static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (size <= 0) {
      finish();
      ++at;
      continue;
    }
    const utf8proc_category_t kind = utf8proc_category(point);
    const bool letter = (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO);
    if (letter) {
      word += text.substr(at, static_cast<std::size_t>(size));
    } else {
      finish();
    }
    at += static_cast<std::size_t>(size);
  }
  finish();
  return words;
}

}  // namespace hoso::text
