#include "tests/support/fault_disk.h"

#include <algorithm>
#include <cstring>

namespace hoso::testing {
namespace {

constexpr std::size_t kSector = 512;

}  // namespace

FaultDisk::Trouble FaultDisk::NextPoint() {
  if (stopped_) {
    ++troubles_;
    return Trouble::kCrash;
  }
  const auto planned = trouble_at_.find(++points_);
  if (planned == trouble_at_.end()) return Trouble::kNone;
  const Trouble trouble = planned->second;
  trouble_at_.erase(planned);
  ++troubles_;
  if (trouble == Trouble::kCrash) stopped_ = true;
  if (trouble != Trouble::kSyncFails) return trouble;
  sync_failing_ = true;
  return Trouble::kNone;
}

bool FaultDisk::Reads() {
  if (!stopped_) {
    ++reads_;
    if (failing_reads_ == 0) return true;
  }
  ++troubles_;
  if (stopped_) return false;
  --failing_reads_;
  return false;
}

std::shared_ptr<FaultDisk::File> FaultDisk::Open(const std::string& name, bool create) {
  if (stopped_) return nullptr;
  const auto known = files_.find(name);
  if (known != files_.end()) return known->second;
  if (!create || NextPoint() != Trouble::kNone) return nullptr;
  return files_[name] = std::make_shared<File>(this);
}

bool FaultDisk::Exists(const std::string& name) {
  return !stopped_ && files_.contains(name);
}

bool FaultDisk::Remove(const std::string& name) {
  if (NextPoint() != Trouble::kNone) return false;
  files_.erase(name);
  return true;
}

void FaultDisk::Restart(Loss loss, const Draw& draw) {
  Image left;
  for (auto& [name, file] : files_) {
    if (loss == Loss::kPower) file->Lose(draw);
    file->disk_ = nullptr;
    left[name] = file->octets_;
  }
  files_.clear();
  Forget();
  full_ = stopped_ = sync_failed_ = false;
  failing_reads_ = 0;
  PutBack(left);
}

FaultDisk::Image FaultDisk::Copy() const {
  Image image;
  for (const auto& [name, file] : files_) image[name] = file->octets_;
  return image;
}

void FaultDisk::PutBack(const Image& image) {
  for (auto& [name, file] : files_) file->disk_ = nullptr;
  files_.clear();
  for (const auto& [name, octets] : image) {
    files_[name] = std::make_shared<File>(this);
    files_[name]->octets_ = octets;
  }
}

bool FaultDisk::File::Read(char* into, std::size_t size, std::size_t at, std::size_t* got) {
  if (disk_ == nullptr || !disk_->Reads()) return false;
  *got = at >= octets_.size() ? 0 : std::min(size, octets_.size() - at);
  std::memcpy(into, octets_.data() + std::min(at, octets_.size()), *got);
  std::memset(into + *got, 0, size - *got);
  return true;
}

void FaultDisk::File::Put(std::size_t at, const char* from, std::size_t size) {
  Unsynced write{at, {}, std::string(from, size)};
  if (at < octets_.size()) write.before = octets_.substr(at, size);
  if (octets_.size() < at + size) octets_.resize(at + size);
  std::memcpy(octets_.data() + at, from, size);
  // What a failed sync left behind is settled where something new is written over it.
  std::erase_if(unsynced_, [&](const Unsynced& old) {
    return old.doomed && old.at < at + size && at < old.at + old.after.size();
  });
  unsynced_.push_back(std::move(write));
}

FaultDisk::File::Done FaultDisk::File::Write(const char* from, std::size_t size, std::size_t at) {
  if (disk_ == nullptr) return Done::kFailed;
  const Trouble trouble = disk_->NextPoint();
  if (trouble == Trouble::kShortWrite || trouble == Trouble::kCrash) Put(at, from, size / 2);
  if (trouble != Trouble::kNone) return Done::kFailed;
  if (disk_->full_ && at + size > octets_.size()) {
    ++disk_->troubles_;
    return Done::kFull;
  }
  Put(at, from, size);
  return Done::kYes;
}

FaultDisk::File::Done FaultDisk::File::Truncate(std::size_t size) {
  if (disk_ == nullptr || disk_->NextPoint() != Trouble::kNone) return Done::kFailed;
  if (size < octets_.size()) unsynced_.push_back({size, octets_.substr(size), {}});
  octets_.resize(size);
  return Done::kYes;
}

FaultDisk::File::Done FaultDisk::File::Sync() {
  if (disk_ == nullptr || disk_->NextPoint() != Trouble::kNone) return Done::kFailed;
  if (disk_->sync_failing_) {
    ++disk_->troubles_;
    disk_->sync_failing_ = false;
    disk_->sync_failed_ = true;
    for (Unsynced& write : unsynced_) write.doomed = true;
    return Done::kFailed;
  }
  std::erase_if(unsynced_, [](const Unsynced& write) { return !write.doomed; });
  return Done::kYes;
}

void FaultDisk::File::Lose(const Draw& draw) {
  for (auto write = unsynced_.rbegin(); write != unsynced_.rend(); ++write) {
    octets_.resize(std::max(octets_.size(), write->at + write->before.size()));
    std::memcpy(octets_.data() + write->at, write->before.data(), write->before.size());
    // It grew by this write, which was the last to make it so long.
    if (write->before.size() < write->after.size() &&
        octets_.size() == write->at + write->after.size())
      octets_.resize(write->at + write->before.size());
  }
  // All kept, all lost and anything between are equally likely, since each finds other mistakes.
  const std::uint64_t kept = draw(5) * 25;
  for (const Unsynced& write : unsynced_) {
    if (write.after.empty()) {
      if (draw(100) < kept) octets_.resize(std::min(octets_.size(), write.at));
      continue;
    }
    for (std::size_t at = 0; at < write.after.size(); at += kSector) {
      if (draw(100) >= kept) continue;
      const std::size_t size = std::min(kSector, write.after.size() - at);
      octets_.resize(std::max(octets_.size(), write.at + at + size));
      std::memcpy(octets_.data() + write.at + at, write.after.data() + at, size);
    }
  }
  unsynced_.clear();
}

}  // namespace hoso::testing
