#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/crypto/hash.h"
#include "sync/protocol/stream.h"
#include "sync/server/enrolment.h"

namespace hoso::server {

// A backup of a province is one file: a line of text that names the format and its version, then
// records. Each is a kind (1 octet), a length (4, big-endian) and a list of texts, each with its
// length (4). Kinds: 'H' what it is of, 'F' a file of the data folder, 'T' a table's name and
// columns, 'R' a row of the table before it, 'E' the SHA-256 of all octets before. After that comes
// nothing.

struct BackupRecord {
  char kind = 0;
  std::vector<std::string> texts;
};

/// What a backup says of itself.
struct BackupHead {
  std::string province;
  std::string database;  // "sqlite", or the address of a PostgreSQL.
  std::int64_t made_ms = 0;
};

/// Reads a backup, whatever is in it. Every limit is checked before memory is taken.
class BackupReader {
 public:
  explicit BackupReader(protocol::ByteSource& source) : source_(source) {}
  /// The next record; 'E' once all of it was as it was written. kDamaged "backup.other_file",
  /// "backup.truncated", "backup.malformed" or "backup.checksum"; kNewer "backup.newer".
  base::Result<BackupRecord> Next();

 private:
  base::Status Begin();
  base::Status End(const BackupRecord& record);
  base::Result<std::string> ReadExactly(std::size_t size);

  protocol::ByteSource& source_;
  bool begun_ = false;
  crypto::Sha256Stream digest_;
};
base::Result<BackupHead> HeadOf(const BackupRecord& record);

/// A file as a source. kNotFound "file.missing".
class FileSource : public protocol::ByteSource {
 public:
  static base::Result<FileSource> Open(const std::string& path);
  base::Result<std::size_t> Read(char* into, std::size_t size) override;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit FileSource(std::FILE* file) : file_(file) {}
  std::unique_ptr<std::FILE, Close> file_;
};

/// The files of a data folder that a backup holds. Without them a dead server can't be replaced:
/// desks trust the authority whose keys these are, and no other.
const std::vector<std::string>& BackedUpFiles();

/// Writes the whole province, keys included, to `path`: readable by its owner only, complete or not
/// there at all. The server may be at work.
base::Status WriteBackup(const std::string& folder, const Authority& authority,
                         store::ProvinceStore& store, const base::Clock& clock,
                         const std::string& path);

}  // namespace hoso::server
