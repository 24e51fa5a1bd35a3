#include "common/catalog/load.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "common/base/disk.h"
#include "common/catalog/files.h"
#include "common/catalog/reader.h"

namespace hoso::catalog {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kMaxFile = 16u << 20, kMaxFiles = 5000, kMaxPacked = 32u << 20;

constexpr EmbeddedFile kEmbedded[] = {
#include "embedded_catalog.inc"
};

/// As the packed set has it on every system: with "/".
std::string NameIn(const std::string& folder, const std::filesystem::path& file) {
  const std::u8string name =
      std::filesystem::relative(file, base::PathOf(folder)).generic_u8string();
  return {name.begin(), name.end()};
}

base::Result<Files> FilesOf(const std::string& folder) {
  std::error_code error;
  std::filesystem::recursive_directory_iterator it(base::PathOf(folder), error), end;
  if (error) return Fail(ErrorKind::kNotFound, "file.missing", folder);
  Files files;
  for (; it != end; it.increment(error)) {
    if (error) return Fail(ErrorKind::kDisk, "file.read", folder);
    if (!it->is_regular_file() || it->path().extension() != ".json") continue;
    if (files.size() == kMaxFiles)
      return Fail(ErrorKind::kDamaged, "catalog.invalid", "too many files");
    HOSO_TRY_ASSIGN(files[NameIn(folder, it->path())],
                    base::ReadFile(base::Utf8Of(it->path()), kMaxFile));
  }
  return files;
}

base::Bytes Pack(const Files& files) {
  nlohmann::json all = nlohmann::json::object();
  for (const auto& [name, text] : files) all[name] = text;
  base::Bytes out;
  nlohmann::json::to_cbor(all, out);
  return out;
}

/// Takes a map of texts and nothing else. The general reader goes as deep as the sender likes, and
/// its stack with it.
class PackReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  Files files;

  bool start_object(std::size_t) override { return !std::exchange(begun_, true); }
  bool key(string_t& name) override {
    name_ = name;
    return !files.contains(name_) && files.size() < kMaxFiles;
  }
  bool string(string_t& text) override {
    if (!begun_) return false;
    files.emplace(name_, std::move(text));
    return true;
  }
  bool end_object() override { return true; }
  bool null() override { return false; }
  bool boolean(bool) override { return false; }
  bool number_integer(number_integer_t) override { return false; }
  bool number_unsigned(number_unsigned_t) override { return false; }
  bool number_float(number_float_t, const string_t&) override { return false; }
  bool binary(binary_t&) override { return false; }
  bool start_array(std::size_t) override { return false; }
  bool end_array() override { return false; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  bool begun_ = false;
  std::string name_;
};

Files DefaultFiles() {
  Files files;
  for (const EmbeddedFile& file : kEmbedded) files.emplace(file.name, file.text);
  return files;
}

}  // namespace

base::Result<Catalog> LoadFolder(const std::string& folder) {
  HOSO_TRY_ASSIGN(const Files files, FilesOf(folder));
  return Reader(files).Read();
}

base::Result<base::Bytes> PackFolder(const std::string& folder) {
  HOSO_TRY_ASSIGN(const Files files, FilesOf(folder));
  if (const auto read = Reader(files).Read(); !read) return read.error();
  return Pack(files);
}

base::Result<Catalog> Unpack(std::string_view packed) {
  const auto bad = Fail(ErrorKind::kDamaged, "catalog.invalid", "packed set is malformed");
  if (packed.size() > kMaxPacked) return bad;
  PackReader reader;
  if (!nlohmann::json::sax_parse(packed, &reader, nlohmann::json::input_format_t::cbor)) return bad;
  const Files& files = reader.files;
  return Reader(files).Read();
}

base::Result<Catalog> LoadDefault() {
  const Files files = DefaultFiles();
  return Reader(files).Read();
}

base::Result<base::Bytes> PackDefault() {
  return Pack(DefaultFiles());
}

}  // namespace hoso::catalog
