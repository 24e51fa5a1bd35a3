#include "client/config/lines.h"

#include <algorithm>

#include "common/base/bytes.h"

namespace hoso::config {
namespace {

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

void ReadLine(std::string_view line, Source source, Layer& layer) {
  line = Trim(line);
  if (line.empty() || line.front() == '#') return;
  const std::size_t equals = std::min(line.find('='), line.size());
  const std::string_view name = Trim(line.substr(0, equals));
  const std::string_view value =
      equals == line.size() ? std::string_view() : Trim(line.substr(equals + 1));
  const Entry* entry = FindByName(name);
  if (entry == nullptr)
    layer.ignored.push_back({source, Beginning(name), Beginning(value), "config.unknown"});
  else
    layer.values[entry->key] = value;
}

}  // namespace

Layer ReadLines(std::string_view text, Source source) {
  Layer layer;
  for (std::size_t at = 0; at < text.size();) {
    if (layer.ignored.size() >= kMaxValues) {
      layer.ignored.push_back({source, "", "", "config.too_many"});
      break;
    }
    const std::size_t end = std::min(text.find('\n', at), text.size());
    ReadLine(text.substr(at, end - at), source, layer);
    at = end + 1;
  }
  return layer;
}

std::string Beginning(std::string_view value, std::size_t longest) {
  std::string text(value.substr(0, longest));
  // A cut may have gone through a letter.
  while (value.size() > longest && !text.empty() && !base::IsUtf8(text)) text.pop_back();
  if (!base::IsUtf8(text)) return "?";
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; }, ' ');
  return value.size() > longest ? text + "…" : text;
}

}  // namespace hoso::config
