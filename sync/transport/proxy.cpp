#include "sync/transport/proxy.h"

#include <algorithm>
#include <cctype>

#include "common/base/number.h"

namespace hoso::transport {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::uint16_t kHttpPort = 80;

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::vector<std::string> Words(std::string_view text, std::string_view between) {
  std::vector<std::string> words;
  for (;;) {
    const auto begin = text.find_first_not_of(between);
    if (begin == text.npos) return words;
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(between), text.size());
    words.push_back(Lower(text.substr(0, end)));
    text.remove_prefix(end);
  }
}

/// `*` is any number of letters. Short texts: the plain way is quick enough.
bool Matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] != '*')
    return !text.empty() && pattern[0] == text[0] && Matches(pattern.substr(1), text.substr(1));
  while (pattern.starts_with('*')) pattern.remove_prefix(1);
  if (pattern.empty()) return true;
  for (; !text.empty(); text.remove_prefix(1))
    if (Matches(pattern, text)) return true;
  return false;
}

bool IsThisMachine(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

}  // namespace

std::string Place::Text() const {
  const bool bare = host.find(':') == std::string::npos;
  return (bare ? host : "[" + host + "]") + ":" + std::to_string(port);
}

Place PlaceOf(std::string_view text, std::uint16_t port) {
  const auto bracket = text.rfind(']');
  const auto colon = text.rfind(':');
  const bool named = colon != text.npos && (bracket == text.npos || bracket < colon);
  if (named) {
    const std::int64_t number = base::ToNumber(text.substr(colon + 1)).value_or(0);
    if (number < 1 || number > UINT16_MAX) return {};
    port = static_cast<std::uint16_t>(number);
    text = text.substr(0, colon);
  }
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  constexpr std::string_view kNever = " /\\@\r\n\t";
  if (port == 0 || text.empty() || text.find_first_of(kNever) != text.npos) return {};
  return {std::string(text), port};
}

std::vector<Way> ReadWays(std::string_view text) {
  std::vector<Way> ways;
  for (std::string word : Words(text, "; \t\r\n")) {
    if (ways.size() == kMaxWays) break;
    if (word == "direct" || word == "direct://") {
      ways.push_back({});
      continue;
    }
    if (const auto sort = word.find('='); sort != word.npos) {
      if (word.substr(0, sort) != "https") continue;
      word.erase(0, sort + 1);
    }
    if (const auto scheme = word.find("://"); scheme != word.npos) {
      if (word.substr(0, scheme) != "http") continue;  // SOCKS, or TLS to the proxy itself.
      word.erase(0, scheme + 3);
    }
    if (const auto user = word.rfind('@'); user != word.npos) word.erase(0, user + 1);
    while (word.ends_with('/')) word.pop_back();
    if (word == "proxy" || word == "http") continue;  // A PAC file's words before an address.
    if (Place place = PlaceOf(word, kHttpPort); !place.host.empty())
      ways.push_back({std::move(place)});
  }
  if (ways.empty()) ways.push_back({});
  return ways;
}

bool Bypasses(std::string_view list, std::string_view host) {
  const std::string name = Lower(host);
  for (std::string word : Words(list, ",; \t\r\n")) {
    if (const auto scheme = word.find("://"); scheme != word.npos) word.erase(0, scheme + 3);
    if (word == "<local>" && name.find('.') == name.npos) return true;
    if (word.starts_with('.')) word.insert(word.begin(), '*');
    if (Matches(word, name)) return true;
  }
  return false;
}

base::Result<std::vector<Way>> WaysTo(const Place& server, const ProxyChoice& choice,
                                      const Patience& patience) {
  const std::vector<Way> direct(1);
  switch (choice.mode) {
    case ProxyChoice::Mode::kDirect:
      return direct;
    case ProxyChoice::Mode::kManual: {
      Place proxy = PlaceOf(choice.address);
      if (proxy.host.empty())
        return Fail(ErrorKind::kUnreachable, "net.proxy_unreachable", choice.address);
      return std::vector<Way>{{std::move(proxy)}};
    }
    case ProxyChoice::Mode::kPac:
      if (choice.pac_url.empty()) return Fail(ErrorKind::kUnreachable, "net.proxy_pac");
      break;
    case ProxyChoice::Mode::kSystem:
      if (IsThisMachine(server.host)) return direct;
  }
  const std::string pac_url = choice.mode == ProxyChoice::Mode::kPac ? choice.pac_url : "";
  const auto told = AskSystem("https://" + server.Text(), pac_url, patience);
  if (told) return ReadWays(*told);
  // A network that never says whether it has a proxy mostly has none.
  if (told.error().reason == "net.timeout" && !patience.stop.stop_requested()) return direct;
  return told.error();
}

}  // namespace hoso::transport
