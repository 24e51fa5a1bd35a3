#pragma once

#include <string>

namespace hoso::server {

/// Lines for whoever runs the province, where no terminal and no system journal takes them: in a
/// file, and in "<file>.old" those before. Both together stay under 2 * kMostBytes. A line that
/// can't be written is dropped: nobody is left to be told. One thread at a time.
class JournalFile {
 public:
  static constexpr std::size_t kMostBytes = 8 << 20;

  explicit JournalFile(std::string path, std::size_t most_bytes = kMostBytes)
      : path_(std::move(path)), most_bytes_(most_bytes) {}

  void Add(const std::string& line) const;

 private:
  const std::string path_;
  const std::size_t most_bytes_;
};

}  // namespace hoso::server
