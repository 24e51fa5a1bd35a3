#include "sync/server/backup.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "common/base/disk.h"
#include "common/base/number.h"
#include "common/store/province_dump.h"

namespace hoso::server {
namespace {

namespace fs = std::filesystem;
using base::ErrorKind;
using base::Fail;

constexpr std::string_view kFormat = "HoSoXa province backup ";
constexpr std::string_view kMagic = "HoSoXa province backup 1\n";
constexpr std::size_t kMaxRecord = 96u << 20;  // A catalogue of 32 MiB, as base64, and more.
constexpr std::size_t kMaxTexts = 64;
constexpr std::size_t kSmallFile = 64u << 10;

std::string Number(std::size_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 255);
  return out;
}

std::size_t ToSize(std::string_view four) {
  std::size_t value = 0;
  for (const char c : four) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

std::optional<std::vector<std::string>> Unpacked(std::string_view body) {
  std::vector<std::string> texts;
  while (!body.empty()) {
    if (body.size() < 4 || texts.size() == kMaxTexts) return std::nullopt;
    const std::size_t size = ToSize(body.substr(0, 4));
    body.remove_prefix(4);
    if (size > body.size()) return std::nullopt;
    texts.emplace_back(body.substr(0, size));
    body.remove_prefix(size);
  }
  return texts;
}

/// The file as it grows, beside its place; gone again unless it was finished.
class BackupWriter {
 public:
  explicit BackupWriter(std::string path) : path_(std::move(path)), beside_(path_ + ".new") {}
  ~BackupWriter() {
    if (file_ != nullptr) std::fclose(file_);
    std::error_code ignored;
    fs::remove(base::PathOf(beside_), ignored);
  }
  BackupWriter(const BackupWriter&) = delete;
  BackupWriter& operator=(const BackupWriter&) = delete;

  base::Status Begin() {
    std::error_code ignored;
    fs::remove(base::PathOf(beside_), ignored);  // Of a backup that was cut.
    HOSO_TRY(base::MakePrivateFile(beside_));
    file_ = base::OpenToWrite(beside_);
    if (file_ == nullptr) return Fail(ErrorKind::kDisk, "file.write", path_);
    return Put(kMagic);
  }
  base::Status Add(char kind, const std::vector<std::string>& texts) {
    std::string body;
    for (const std::string& text : texts) body += Number(text.size()) + text;
    if (body.size() > kMaxRecord) return Fail(ErrorKind::kDamaged, "backup.too_big");
    return Put(kind + Number(body.size()) + body);
  }
  base::Status End() {
    HOSO_TRY(Add('E', {digest_.Finish()}));
    const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
    if (!closed) return Fail(ErrorKind::kDisk, "file.write", path_);
    return base::MoveIntoPlace(beside_, path_);
  }

 private:
  base::Status Put(std::string_view octets) {
    digest_.Update(octets);
    if (std::fwrite(octets.data(), 1, octets.size(), file_) != octets.size())
      return Fail(ErrorKind::kDisk, "file.write", path_);
    return {};
  }

  const std::string path_, beside_;
  std::FILE* file_ = nullptr;
  crypto::Sha256Stream digest_;
};

base::Status AddFiles(BackupWriter& writer, const std::string& folder) {
  for (const std::string& name : BackedUpFiles()) {
    const auto octets = base::ReadFile(base::In(folder, name), kSmallFile);
    // The key for recovery may be kept elsewhere, off line.
    if (!octets && octets.error().kind == ErrorKind::kNotFound && name == "recovery.key") continue;
    if (!octets) return octets.error();
    HOSO_TRY(writer.Add('F', {name, *octets}));
  }
  return {};
}

}  // namespace

const std::vector<std::string>& BackedUpFiles() {
  static const std::vector<std::string> names = {"ca.key", "ca.pem", "receipt.seed", "recovery.key",
                                                 "recovery.pub"};
  return names;
}

base::Result<FileSource> FileSource::Open(const std::string& path) {
  std::FILE* file = base::OpenToRead(path);
  if (file == nullptr) return Fail(ErrorKind::kNotFound, "file.missing", path);
  return FileSource(file);
}

base::Result<std::size_t> FileSource::Read(char* into, std::size_t size) {
  const std::size_t got = std::fread(into, 1, size, file_.get());
  if (got == 0 && std::ferror(file_.get()) != 0) return Fail(ErrorKind::kDisk, "file.read");
  return got;
}

base::Result<std::string> BackupReader::ReadExactly(std::size_t size) {
  constexpr std::size_t kPiece = 1u << 16;  // Memory is taken as octets come, not as they claim.
  std::string octets;
  while (octets.size() < size) {
    const std::size_t had = octets.size();
    octets.resize(std::min(size, had + kPiece));
    HOSO_TRY_ASSIGN(const std::size_t got, source_.Read(octets.data() + had, octets.size() - had));
    octets.resize(had + got);
    if (got == 0) return Fail(ErrorKind::kDamaged, "backup.truncated");
  }
  return octets;
}

base::Status BackupReader::Begin() {
  const auto magic = ReadExactly(kMagic.size());
  const bool cut = !magic && magic.error().reason == "backup.truncated";
  if (cut || (magic && !magic->starts_with(kFormat)))
    return Fail(ErrorKind::kDamaged, "backup.other_file");
  if (!magic) return magic.error();
  if (*magic != kMagic) return Fail(ErrorKind::kNewer, "backup.newer");
  digest_.Update(*magic);
  begun_ = true;
  return {};
}

base::Result<BackupRecord> BackupReader::Next() {
  if (!begun_) HOSO_TRY(Begin());
  HOSO_TRY_ASSIGN(const std::string head, ReadExactly(5));
  const std::size_t size = ToSize(std::string_view(head).substr(1));
  if (size > kMaxRecord || std::string_view("HFTRE").find(head[0]) == std::string_view::npos)
    return Fail(ErrorKind::kDamaged, "backup.malformed");
  HOSO_TRY_ASSIGN(const std::string body, ReadExactly(size));
  auto texts = Unpacked(body);
  if (!texts) return Fail(ErrorKind::kDamaged, "backup.malformed");
  BackupRecord record{head[0], *std::move(texts)};
  if (record.kind == 'E') {
    HOSO_TRY(End(record));
  } else {
    digest_.Update(head);
    digest_.Update(body);
  }
  return record;
}

base::Status BackupReader::End(const BackupRecord& record) {
  if (record.texts.size() != 1 || record.texts[0] != digest_.Finish())
    return Fail(ErrorKind::kDamaged, "backup.checksum");
  char more = 0;
  HOSO_TRY_ASSIGN(const std::size_t got, source_.Read(&more, 1));
  if (got != 0) return Fail(ErrorKind::kDamaged, "backup.malformed");
  return {};
}

base::Result<BackupHead> HeadOf(const BackupRecord& record) {
  const auto number = [](const std::string& text) { return base::ToNumber(text).value_or(-1); };
  if (record.kind != 'H' || record.texts.size() != 4)
    return Fail(ErrorKind::kDamaged, "backup.malformed");
  const BackupHead head{record.texts[1], record.texts[2], number(record.texts[3])};
  const std::int64_t schema = number(record.texts[0]);
  if (schema < 1 || head.made_ms < 0) return Fail(ErrorKind::kDamaged, "backup.malformed");
  if (schema > static_cast<std::int64_t>(store::ProvinceSchemaVersion()))
    return Fail(ErrorKind::kNewer, "backup.newer");
  return head;
}

base::Status WriteBackup(const std::string& folder, const Authority& authority,
                         store::ProvinceStore& store, const base::Clock& clock,
                         const std::string& path) {
  BackupWriter writer(path);
  HOSO_TRY(writer.Begin());
  const bool sqlite = authority.address.starts_with("sqlite:");
  HOSO_TRY(writer.Add('H', {std::to_string(store::ProvinceSchemaVersion()), authority.province,
                            sqlite ? "sqlite" : authority.address, std::to_string(clock.NowMs())}));
  HOSO_TRY(AddFiles(writer, folder));
  std::string table;
  HOSO_TRY(store::DumpProvince(store.database(), [&](const store::DumpedRow& row) -> base::Status {
    if (row.table != table) {
      table = row.table;
      std::vector<std::string> texts = {table};
      texts.insert(texts.end(), row.columns.begin(), row.columns.end());
      HOSO_TRY(writer.Add('T', texts));
    }
    return writer.Add('R', row.values);
  }));
  return writer.End();
}

}  // namespace hoso::server
