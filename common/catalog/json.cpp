#include "common/catalog/json.h"

#include <algorithm>

namespace hoso::catalog {
namespace {

std::size_t LineOf(const std::string& text, std::size_t at) {
  return 1 + static_cast<std::size_t>(std::count(
                 text.begin(), text.begin() + static_cast<long>(std::min(at, text.size())), '\n'));
}

}  // namespace

Reader::Json::Json(const Files& files, const std::string& file) : file_(file) {
  const auto it = files.find(file);
  if (it == files.end()) throw Wrong{file + ":1", "file missing"};
  text_ = &it->second;
  try {
    owned_ = std::make_shared<nlohmann::json>(nlohmann::json::parse(*text_));
  } catch (const nlohmann::json::parse_error& error) {
    throw Wrong{file + ":" + std::to_string(LineOf(*text_, error.byte)), "not well-formed JSON"};
  }
  value_ = owned_.get();
  if (!value_->is_object()) Fail("an object is expected");
}

void Reader::Json::Fail(const std::string& why) const {
  std::size_t at = 0;
  if (value_->is_object())
    for (const char* key : {"code", "key", "date", "name"}) {
      const auto it = value_->find(key);
      if (it == value_->end() || !it->is_string()) continue;
      const auto found = text_->find("\"" + it->get<std::string>() + "\"");
      if (found == std::string::npos) continue;
      at = found;
      break;
    }
  throw Wrong{file_ + ":" + std::to_string(LineOf(*text_, at)), why};
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
  if (!member.is_string()) Fail(std::string("'") + key + "' must be text");
  return member.get<std::string>();
}

std::int64_t Reader::Json::Number(const char* key) const {
  const nlohmann::json& member = Member(key);
  if (!member.is_number_integer()) Fail(std::string("'") + key + "' must be a whole number");
  return member.get<std::int64_t>();
}

bool Reader::Json::Flag(const char* key) const {
  const nlohmann::json& member = Member(key);
  if (!member.is_boolean()) Fail(std::string("'") + key + "' must be true or false");
  return member.get<bool>();
}

Reader::Json Reader::Json::At(const char* key) const {
  return Json(*this, Member(key));
}

std::vector<Reader::Json> Reader::Json::List(const char* key, std::size_t most) const {
  const nlohmann::json& member = Member(key);
  if (!member.is_array()) Fail(std::string("'") + key + "' must be a list");
  if (member.size() > most) Fail(std::string("'") + key + "' is too long");
  std::vector<Json> out;
  for (const nlohmann::json& item : member) out.emplace_back(*this, item);
  return out;
}

std::vector<std::string> Reader::Json::Texts(const char* key) const {
  std::vector<std::string> out;
  for (const Json& item : List(key, 1000)) {
    if (!item.value().is_string()) Fail(std::string("'") + key + "' must hold texts");
    out.push_back(item.value().get<std::string>());
  }
  return out;
}

}  // namespace hoso::catalog
