// A packed catalogue as it comes with an exchange, and one file of a set to import: the first octet
// says which file of the built-in set the rest replaces.
#include "common/catalog/load.h"
#include "tests/fuzz/fuzz.h"

namespace hoso::fuzz {
namespace {

using nlohmann::json;

base::Bytes Packed(const json& set) {
  base::Bytes out;
  json::to_cbor(set, out);
  return out;
}

void KeepFirst(json& set, const char* file, const char* list, std::ptrdiff_t count) {
  json content = json::parse(set[file].get<std::string>());
  content[list].erase(content[list].begin() + count, content[list].end());
  set[file] = content.dump();
}

/// The built-in set with one procedure and the first of each long list only: the rest is more of
/// the same, and slow.
const json& Small() {
  static const json small = [] {
    json all = json::from_cbor(catalog::PackDefault().value()), out = json::object();
    int procedures = 0;
    for (const auto& [name, text] : all.items())
      if (!name.starts_with("procedures/") || ++procedures == 1) out[name] = text;
    KeepFirst(out, "units.json", "units", 3);
    KeepFirst(out, "provinces.json", "provinces", 1);
    KeepFirst(out, "other_procedures.json", "procedures", 2);
    KeepFirst(out, "calendar.json", "days", 3);
    json manifest = json::parse(out["catalog.json"].get<std::string>());
    manifest["files"] = json::array();
    for (const auto& [name, text] : out.items())
      if (name != "catalog.json") manifest["files"].push_back(name);
    out["catalog.json"] = manifest.dump();
    HOSO_CHECK(catalog::Unpack(Packed(out)).has_value());  // Else nothing would be met.
    return out;
  }();
  return small;
}

}  // namespace

void Try(std::string_view octets) {
  (void)catalog::Unpack(octets).has_value();
  if (octets.empty()) return;
  json set = Small();
  auto file = set.begin();
  std::advance(file, static_cast<unsigned char>(octets[0]) % set.size());
  *file = std::string(octets.substr(1));
  (void)catalog::Unpack(Packed(set)).has_value();
}

}  // namespace hoso::fuzz
