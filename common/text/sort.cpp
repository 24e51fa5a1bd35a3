#include "common/text/sort.h"

#include <utf8proc.h>

#include <array>

#include "common/text/fold.h"

namespace hoso::text {
namespace {

// Base letters in the order of the alphabet; f, j, w, z stand where Latin order has them.
constexpr std::array<char32_t, 33> kAlphabet = {
    U'a', U'ă', U'â', U'b', U'c', U'd', U'đ', U'e', U'ê', U'f', U'g',
    U'h', U'i', U'j', U'k', U'l', U'm', U'n', U'o', U'ô', U'ơ', U'p',
    U'q', U'r', U's', U't', U'u', U'ư', U'v', U'w', U'x', U'y', U'z'};

int ToneRank(utf8proc_int32_t mark) {
  switch (mark) {
    case 0x0300:
      return 1;  // huyền
    case 0x0309:
      return 2;  // hỏi
    case 0x0303:
      return 3;  // ngã
    case 0x0301:
      return 4;  // sắc
    case 0x0323:
      return 5;  // nặng
    default:
      return 0;
  }
}

/// The letter after its quality mark (breve, circumflex, horn) is joined to it.
char32_t Joined(char32_t letter, utf8proc_int32_t mark) {
  if (mark == 0x0306 && letter == U'a') return U'ă';
  if (mark == 0x0302)
    return letter == U'a' ? U'â' : letter == U'e' ? U'ê' : letter == U'o' ? U'ô' : letter;
  if (mark == 0x031b) return letter == U'o' ? U'ơ' : letter == U'u' ? U'ư' : letter;
  return letter;
}

void PutLetter(std::string& key, char32_t letter) {
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    if (kAlphabet[i] == letter) {
      key += static_cast<char>(0x60 + i);
      return;
    }
  if (letter < 0x60) {  // Blanks, digits and signs before letters, as in ASCII.
    key += static_cast<char>(letter);
    return;
  }
  key += '\xf0';  // Other scripts after the alphabet.
  for (int shift = 16; shift >= 0; shift -= 8) key += static_cast<char>(letter >> shift & 255);
}

/// Letters, then tones.
std::string AlphabetKey(std::string_view text) {
  const std::string lower = Lower(text);
  std::array<utf8proc_int32_t, 8> parts{};
  std::string letters, tones;
  for (std::size_t at = 0; at < lower.size();) {
    utf8proc_int32_t point = 0;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(lower.data() + at),
                                       static_cast<utf8proc_ssize_t>(lower.size() - at), &point);
    if (size <= 0) break;
    at += static_cast<std::size_t>(size);
    int last = 0;
    const auto count =
        utf8proc_decompose_char(point, parts.data(), parts.size(), UTF8PROC_DECOMPOSE, &last);
    char32_t letter = static_cast<char32_t>(parts[0]);
    int tone = 0;
    for (utf8proc_ssize_t i = 1; i < count && i < 8; ++i) {
      const auto mark = parts[static_cast<std::size_t>(i)];
      letter = Joined(letter, mark);
      if (ToneRank(mark) > 0) tone = ToneRank(mark);
    }
    PutLetter(letters, letter);
    tones += static_cast<char>('0' + tone);
  }
  return letters + '\x01' + tones;
}

}  // namespace

std::string SortKey(std::string_view text) {
  return AlphabetKey(text) + '\x01' + std::string(text);
}

std::string NameSortKey(std::string_view full_name) {
  const std::string name = Nfc(full_name);
  const auto end = name.find_last_not_of(' ');
  if (end == std::string::npos) return {};
  const auto blank = name.find_last_of(' ', end);
  if (blank == std::string::npos) return SortKey(name.substr(0, end + 1));
  return AlphabetKey(name.substr(blank + 1, end - blank)) + '\x01' +
         AlphabetKey(name.substr(0, blank)) + '\x01' + name;
}

}  // namespace hoso::text
