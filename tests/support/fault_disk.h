#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hoso::testing {

/// Files of one machine in memory, on a disk that behaves as badly as disks may: what was written
/// and not yet made durable is kept, lost or torn when the power goes. Every call that would change
/// the disk is a numbered point at which it can be told to fail or the machine to stop.
class FaultDisk {
 public:
  enum class Trouble {
    kNone,
    kCrash,       // The machine stops here: this call and all that follow fail.
    kIoError,     // This one call fails and has done nothing.
    kShortWrite,  // This write gets half way, and fails.
    kSyncFails,   // The next sync fails, and what it should have kept may never reach the disk.
  };
  enum class Loss { kKill, kPower };  // kKill: the program only; what it wrote is written.
  /// A number below the bound, from the seed.
  using Draw = std::function<std::uint64_t(std::uint64_t bound)>;

  /// Trouble at the point with this number, counted from the disk's beginning.
  void Plan(std::uint64_t point, Trouble trouble) { trouble_at_[point] = trouble; }
  void Forget() {
    trouble_at_.clear();
    sync_failing_ = false;
  }
  /// Writes that would make a file longer fail, while set.
  void SetFull(bool full) { full_ = full; }
  std::uint64_t points() const { return points_; }
  std::uint64_t reads() const { return reads_; }
  /// Reads fail from now on, so many of them.
  void FailReads(int count) { failing_reads_ = count; }

  /// While one of these lives the disk reads well: whoever checks must not meet what he looks for.
  class Spared {
   public:
    explicit Spared(FaultDisk& disk) : disk_(disk), failing_(disk.failing_reads_) {
      disk_.failing_reads_ = 0;
    }
    ~Spared() { disk_.failing_reads_ = failing_; }
    Spared(const Spared&) = delete;
    Spared& operator=(const Spared&) = delete;

   private:
    FaultDisk& disk_;
    const int failing_;
  };

  bool stopped() const { return stopped_; }
  bool sync_failed() const { return sync_failed_; }  // Since the last Restart.
  /// How often it has refused what it was asked, for whatever reason.
  std::uint64_t troubles() const { return troubles_; }
  void Stop() { stopped_ = true; }
  /// After a stop: what the disk holds when the machine comes up again. Files that were open stay
  /// dead.
  void Restart(Loss loss, const Draw& draw);

  /// Byte for byte what the files hold now, and back; as if copied by hand.
  using Image = std::map<std::string, std::string>;
  Image Copy() const;
  void PutBack(const Image& image);

  // What the file system asks. Names are whole; false or an empty answer: it failed.
  class File;
  std::shared_ptr<File> Open(const std::string& name, bool create);
  bool Exists(const std::string& name);
  bool Remove(const std::string& name);

 private:
  friend class File;
  Trouble NextPoint();
  bool Reads();

  std::map<std::string, std::shared_ptr<File>> files_;
  std::map<std::uint64_t, Trouble> trouble_at_;
  std::uint64_t points_ = 0, reads_ = 0, troubles_ = 0;
  int failing_reads_ = 0;
  bool full_ = false, stopped_ = false, sync_failing_ = false, sync_failed_ = false;
};

/// One file: its octets as programs see them, and which of them a loss of power may still undo.
class FaultDisk::File {
 public:
  explicit File(FaultDisk* disk) : disk_(disk) {}

  enum class Done { kYes, kFailed, kFull };
  bool Read(char* into, std::size_t size, std::size_t at, std::size_t* got);
  Done Write(const char* from, std::size_t size, std::size_t at);
  Done Truncate(std::size_t size);
  Done Sync();
  std::size_t size() const { return octets_.size(); }

  // The shared memory beside it, and the locks of those who have it open. Gone with the machine.
  static constexpr std::size_t kRegion = 32768;
  std::vector<std::unique_ptr<char[]>> regions;
  int shared[8] = {}, exclusive[8] = {};
  int readers = 0, reserved = 0, pending = 0, writers = 0;

 private:
  friend class FaultDisk;
  struct Unsynced {
    std::size_t at;
    std::string before, after;  // A shorter `before`: the file grew. A shorter `after`: it shrank.
    bool doomed = false;        // A sync that should have kept it has failed.
  };
  void Put(std::size_t at, const char* from, std::size_t size);
  void Lose(const Draw& draw);

  FaultDisk* disk_;  // Null once the machine has stopped.
  std::string octets_;
  std::vector<Unsynced> unsynced_;
};

}  // namespace hoso::testing
