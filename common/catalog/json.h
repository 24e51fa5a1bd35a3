#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "common/catalog/files.h"
#include "common/catalog/reader.h"

namespace hoso::catalog {

/// Why a set is refused.
struct Reader::Wrong {
  std::string where, why;
};

/// A piece of a file that can say where it stands when it is wrong.
class Reader::Json {
 public:
  Json(const Files& files, const std::string& file);
  /// A piece of `parent`; keeps the whole document alive.
  Json(const Json& parent, const nlohmann::json& value)
      : file_(parent.file_), text_(parent.text_), owned_(parent.owned_), value_(&value) {}

  std::string Text(const char* key, bool may_be_null = false) const;
  std::string Name(const char* key) const;  // A text that is not empty.
  std::int64_t Number(const char* key) const;
  int Count(const char* key, int least, int most) const;
  bool Flag(const char* key) const;
  Json At(const char* key) const;
  bool Has(const char* key) const;  // There and not null.
  std::vector<Json> List(const char* key, std::size_t most) const;
  std::vector<std::string> Texts(const char* key) const;
  const nlohmann::json& value() const { return *value_; }
  /// With the line on which this piece begins.
  [[noreturn]] void Fail(const std::string& why) const;

 private:
  const nlohmann::json& Member(const char* key) const;
  std::string file_;
  const std::string* text_;
  std::shared_ptr<nlohmann::json> owned_;
  const nlohmann::json* value_;
};

}  // namespace hoso::catalog
