#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>

#include "common/base/clock.h"
#include "common/base/ids.h"

#ifdef _WIN32
/// As POSIX has it: `name` ends in XXXXXX. Making the folder is what tells whether a name was free.
inline char* mkdtemp(char* name) {
  const std::string start(name, std::char_traits<char>::length(name) - 6);
  std::random_device seed;
  for (;;) {
    const std::string tried = start + std::to_string(100'000 + seed() % 900'000);
    std::error_code error;
    if (std::filesystem::create_directory(tried, error)) {
      tried.copy(name, tried.size());
      return name;
    }
    if (error) return nullptr;
  }
}
#endif

namespace hoso::testing {

/// A clock that moves only when told.
class FakeClock : public base::Clock {
 public:
  std::int64_t NowMs() const override { return now_ms_; }
  std::int64_t MonotonicMs() const override { return monotonic_ms_; }
  void Advance(std::int64_t ms) {
    now_ms_ += ms;
    monotonic_ms_ += ms;
  }
  void SetWall(std::int64_t ms) { now_ms_ = ms; }

 private:
  std::int64_t now_ms_ = 1'795'397'400'000;  // 2026-11-23 08:30 in Việt Nam.
  std::int64_t monotonic_ms_ = 1'000'000;
};

/// Octets that a seed decides.
class SeededRandom : public base::Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void Fill(std::span<std::uint8_t> out) override {
    for (auto& octet : out) octet = static_cast<std::uint8_t>(engine_());
  }
  std::uint64_t Below(std::uint64_t bound) { return engine_() % bound; }
  bool Chance(int percent) { return Below(100) < static_cast<std::uint64_t>(percent); }

 private:
  std::mt19937_64 engine_;
};

/// A folder of its own, gone with the object.
class TempFolder {
 public:
  TempFolder() {
    // Memory where there is some: these tests are about what a program does, not about a disk.
    const std::filesystem::path memory("/dev/shm");
    const bool quick = std::filesystem::is_directory(memory);
    std::string name =
        ((quick ? memory : std::filesystem::temp_directory_path()) / "hosoxa-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// Whether the file's own rights keep everybody but its owner out. On Windows there are none of its
/// own: it has those of its folder, which only the system's words tell.
inline bool OthersAreKeptOut([[maybe_unused]] const std::filesystem::path& file) {
#ifdef _WIN32
  return true;
#else
  constexpr auto kOthers = std::filesystem::perms::others_all;
  return (std::filesystem::status(file).permissions() & kOthers) == std::filesystem::perms::none;
#endif
}

}  // namespace hoso::testing
