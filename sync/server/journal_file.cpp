#include "sync/server/journal_file.h"

#include <filesystem>
#include <system_error>

#include "common/base/disk.h"

namespace hoso::server {

namespace fs = std::filesystem;

void JournalFile::Add(const std::string& line) const {
  std::error_code error;
  const auto size = fs::file_size(base::PathOf(path_), error);
  if (!error && size + line.size() + 1 > most_bytes_)
    fs::rename(base::PathOf(path_), base::PathOf(path_ + ".old"), error);
  (void)base::Append(path_, line + "\n").has_value();
}

}  // namespace hoso::server
