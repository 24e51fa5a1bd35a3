#include "common/catalog/load.h"

#include <filesystem>
#include <nlohmann/json.hpp>

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

base::Result<Files> FilesOf(const std::string& folder) {
  std::error_code error;
  std::filesystem::recursive_directory_iterator it(folder, error), end;
  if (error) return Fail(ErrorKind::kNotFound, "file.missing", folder);
  Files files;
  for (; it != end; it.increment(error)) {
    if (error) return Fail(ErrorKind::kDisk, "file.read", folder);
    if (!it->is_regular_file() || it->path().extension() != ".json") continue;
    if (files.size() == kMaxFiles)
      return Fail(ErrorKind::kDamaged, "catalog.invalid", "too many files");
    HOSO_TRY_ASSIGN(files[std::filesystem::relative(it->path(), folder).generic_string()],
                    base::ReadFile(it->path().string(), kMaxFile));
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
  const auto all = nlohmann::json::from_cbor(packed, true, false);
  if (!all.is_object()) return bad;
  Files files;
  for (const auto& [name, text] : all.items()) {
    if (!text.is_string()) return bad;
    files[name] = text.get<std::string>();
  }
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
