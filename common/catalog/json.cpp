#include "common/catalog/json.h"

#include <set>

namespace hoso::catalog {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxDepth = 32;  // Places are looked for by recursion.

/// Gives a parser its text and knows the line the parser is on.
struct LineCounter {
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  const char* at;
  std::size_t* line;

  reference operator*() const { return *at; }
  LineCounter& operator++() {
    if (*at == '\n') ++*line;
    ++at;
    return *this;
  }
  friend bool operator==(const LineCounter& a, const LineCounter& b) { return a.at == b.at; }
  friend bool operator!=(const LineCounter& a, const LineCounter& b) { return a.at != b.at; }
};

struct WrongAt {
  std::size_t line;
  std::string why;
};

/// Parses and tells `seen` of every value's place ("/days/3/date") and line, in the order of the
/// text. A key that is there twice would silently lose its first value: WrongAt.
template <class Seen>
json Parse(const std::string& text, const Seen& seen) {
  struct Open {
    bool list;
    std::string place;
    std::size_t next = 0;
    std::set<std::string> keys;
  };
  std::vector<Open> open;
  std::string place;
  std::size_t line = 1;
  const auto enter = [&] {
    if (open.empty()) return;
    if (open.back().list) place = open.back().place + "/" + std::to_string(open.back().next++);
    if (open.back().list) seen(place, line);
  };
  const json::parser_callback_t follow = [&](int, json::parse_event_t event, json& parsed) {
    switch (event) {
      case json::parse_event_t::key: {
        const auto key = parsed.get<std::string>();
        if (!open.back().keys.insert(key).second)
          throw WrongAt{line, "'" + key + "' is there twice"};
        place = open.back().place + "/" + key;
        seen(place, line);
        break;
      }
      case json::parse_event_t::object_start:
      case json::parse_event_t::array_start:
        enter();
        if (open.size() == kMaxDepth) throw WrongAt{line, "nested too deep"};
        open.push_back({event == json::parse_event_t::array_start, place, 0, {}});
        break;
      case json::parse_event_t::object_end:
      case json::parse_event_t::array_end:
        open.pop_back();
        break;
      case json::parse_event_t::value:
        enter();
        break;
    }
    return true;
  };
  const char* end = text.data() + text.size();
  try {
    return json::parse(LineCounter{text.data(), &line}, LineCounter{end, &line}, follow);
  } catch (const json::exception&) {  // A number beyond all numbers is not a parse_error.
    throw WrongAt{line, "not well-formed JSON"};
  }
}

/// The place of a piece within its document.
bool FindPlace(const json& from, const json* piece, std::string& place) {
  if (&from == piece) return true;
  if (!from.is_structured()) return false;
  const std::size_t length = place.size();
  std::size_t index = 0;
  for (auto it = from.begin(); it != from.end(); ++it, ++index) {
    place += "/" + (from.is_object() ? it.key() : std::to_string(index));
    if (FindPlace(*it, piece, place)) return true;
    place.resize(length);
  }
  return false;
}

}  // namespace

Reader::Json::Json(const Files& files, const std::string& file) : file_(file) {
  const auto it = files.find(file);
  if (it == files.end()) throw Wrong{file + ":1", "file missing"};
  text_ = &it->second;
  try {
    owned_ = std::make_shared<json>(Parse(*text_, [](const std::string&, std::size_t) {}));
  } catch (const WrongAt& wrong) {
    throw Wrong{file + ":" + std::to_string(wrong.line), wrong.why};
  }
  value_ = owned_.get();
  if (!value_->is_object()) Fail("an object is expected");
}

// Lines are looked for only now: what is right is never asked where it stands.
void Reader::Json::Fail(const std::string& why) const {
  std::string wanted;
  FindPlace(*owned_, value_, wanted);
  std::size_t found = 1;
  Parse(*text_, [&](const std::string& place, std::size_t line) {
    if (place == wanted) found = line;
  });
  throw Wrong{file_ + ":" + std::to_string(found), why};
}

const nlohmann::json& Reader::Json::Member(const char* key) const {
  if (!value_->is_object()) Fail("an object is expected");
  const auto it = value_->find(key);
  if (it == value_->end()) Fail(std::string("'") + key + "' is missing");
  return *it;
}

bool Reader::Json::Has(const char* key) const {
  return value_->contains(key) && !(*value_)[key].is_null();
}

std::string Reader::Json::Text(const char* key, bool may_be_null) const {
  const nlohmann::json& member = Member(key);
  if (may_be_null && member.is_null()) return {};
  if (!member.is_string()) At(key).Fail(std::string("'") + key + "' must be text");
  return member.get<std::string>();
}

std::string Reader::Json::Name(const char* key) const {
  std::string text = Text(key);
  if (text.empty()) At(key).Fail(std::string("'") + key + "' is empty");
  return text;
}

std::int64_t Reader::Json::Number(const char* key) const {
  const nlohmann::json& member = Member(key);
  if (!member.is_number_integer())
    At(key).Fail(std::string("'") + key + "' must be a whole number");
  return member.get<std::int64_t>();
}

int Reader::Json::Count(const char* key, int least, int most) const {
  const std::int64_t number = Number(key);
  if (number < least || number > most) At(key).Fail(std::string("'") + key + "' is out of range");
  return static_cast<int>(number);
}

bool Reader::Json::Flag(const char* key) const {
  const nlohmann::json& member = Member(key);
  if (!member.is_boolean()) At(key).Fail(std::string("'") + key + "' must be true or false");
  return member.get<bool>();
}

Reader::Json Reader::Json::At(const char* key) const {
  return Json(*this, Member(key));
}

std::vector<Reader::Json> Reader::Json::List(const char* key, std::size_t most) const {
  const nlohmann::json& member = Member(key);
  if (!member.is_array()) At(key).Fail(std::string("'") + key + "' must be a list");
  if (member.size() > most) At(key).Fail(std::string("'") + key + "' is too long");
  std::vector<Json> out;
  for (const nlohmann::json& item : member) out.emplace_back(*this, item);
  return out;
}

std::vector<std::string> Reader::Json::Texts(const char* key) const {
  std::vector<std::string> out;
  for (const Json& item : List(key, 1000)) {
    if (!item.value().is_string()) At(key).Fail(std::string("'") + key + "' must hold texts");
    out.push_back(item.value().get<std::string>());
  }
  return out;
}

}  // namespace hoso::catalog
