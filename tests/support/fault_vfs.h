#pragma once

#include <map>
#include <memory>
#include <string>

#include "tests/support/fault_disk.h"

namespace hoso::testing {

/// While it lives, SQLite keeps its files on FaultDisks: the one whose folder a path begins with.
/// The default file system of the whole program, so that what opens databases needs no word of it.
/// One at a time, one thread.
class FaultVfs {
 public:
  FaultVfs();
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  /// A path below `folder` is on this disk from now on.
  void Mount(const std::string& folder, FaultDisk& disk) { disks_[folder + "/"] = &disk; }
  void Unmount() { disks_.clear(); }
  FaultDisk* DiskOf(const std::string& path) const;

 private:
  struct Registered;
  std::unique_ptr<Registered> registered_;
  std::map<std::string, FaultDisk*> disks_;
};

/// SQLite's memory, of which the n-th piece from now on is refused. Only before SQLite is used.
class FaultMemory {
 public:
  static bool Install();
  /// 0: none fails. Counts down with every piece asked for; from that piece on so many fail.
  static void FailAt(std::uint64_t piece, std::uint64_t count = 1);
  static std::uint64_t Asked();
  static std::uint64_t Refused();

  /// While one of these lives nothing is refused or counted down.
  class Spared {
   public:
    Spared();
    ~Spared();
    Spared(const Spared&) = delete;
    Spared& operator=(const Spared&) = delete;

   private:
    const std::uint64_t fail_at_;
  };
};

}  // namespace hoso::testing
