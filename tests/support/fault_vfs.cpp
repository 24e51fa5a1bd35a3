#include "tests/support/fault_vfs.h"

#include <sqlite3.h>

#include <cstring>

#include "common/base/check.h"

namespace hoso::testing {
namespace {

using Disk = FaultDisk;
using Done = FaultDisk::File::Done;

/// What SQLite holds of an open file. Its locks are let go with it.
struct Open {
  std::shared_ptr<Disk::File> file;
  int lock = SQLITE_LOCK_NONE;
  int shared = 0, exclusive = 0;  // Bits of the shared memory's locks that are mine.
  bool database = false;          // Neither a WAL nor a journal.

  /// Whoever moves the WAL into the database must keep others from committing meanwhile: SQLite's
  /// own does not, and the version we have may then lose what they commit.
  bool MayWrite() const {
    constexpr int kWriter = 1;
    return !database || lock == SQLITE_LOCK_EXCLUSIVE || (exclusive & kWriter) != 0;
  }
};

struct Handle {
  sqlite3_file base;  // First: SQLite knows only this.
  Open* open;
};

Open& Of(sqlite3_file* file) {
  return *reinterpret_cast<Handle*>(file)->open;
}

int Unlock(sqlite3_file* handle, int level) {
  Open& open = Of(handle);
  Disk::File& file = *open.file;
  if (open.lock <= level) return SQLITE_OK;
  if (open.lock >= SQLITE_LOCK_RESERVED) file.reserved = 0;
  if (open.lock >= SQLITE_LOCK_PENDING) file.pending = 0;
  if (open.lock >= SQLITE_LOCK_EXCLUSIVE) file.writers = 0;
  if (level == SQLITE_LOCK_NONE) --file.readers;
  open.lock = level;
  return SQLITE_OK;
}

int Lock(sqlite3_file* handle, int level) {
  Open& open = Of(handle);
  Disk::File& file = *open.file;
  if (open.lock >= level) return SQLITE_OK;
  if (open.lock == SQLITE_LOCK_NONE) {
    if (file.pending || file.writers) return SQLITE_BUSY;
    ++file.readers;
    open.lock = SQLITE_LOCK_SHARED;
  }
  if (level == SQLITE_LOCK_SHARED) return SQLITE_OK;
  if (open.lock < SQLITE_LOCK_RESERVED) {
    if (file.reserved) return SQLITE_BUSY;
    file.reserved = 1;
    open.lock = SQLITE_LOCK_RESERVED;
  }
  if (level == SQLITE_LOCK_RESERVED) return SQLITE_OK;
  file.pending = 1;
  open.lock = SQLITE_LOCK_PENDING;
  if (file.readers > 1) return SQLITE_BUSY;
  file.writers = 1;
  open.lock = SQLITE_LOCK_EXCLUSIVE;
  return SQLITE_OK;
}

int Reserved(sqlite3_file* handle, int* out) {
  *out = Of(handle).file->reserved;
  return SQLITE_OK;
}

int LetGoOfMemory(sqlite3_file* handle, int) {
  Open& open = Of(handle);
  for (int i = 0; i < 8; ++i) {
    if (open.shared >> i & 1) --open.file->shared[i];
    if (open.exclusive >> i & 1) open.file->exclusive[i] = 0;
  }
  open.shared = open.exclusive = 0;
  return SQLITE_OK;
}

int Close(sqlite3_file* handle) {
  LetGoOfMemory(handle, 0);
  Unlock(handle, SQLITE_LOCK_NONE);
  delete reinterpret_cast<Handle*>(handle)->open;
  return SQLITE_OK;
}

int Read(sqlite3_file* handle, void* into, int size, sqlite3_int64 at) {
  std::size_t got = 0;
  if (!Of(handle).file->Read(static_cast<char*>(into), static_cast<std::size_t>(size),
                             static_cast<std::size_t>(at), &got))
    return SQLITE_IOERR_READ;
  return got == static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int Write(sqlite3_file* handle, const void* from, int size, sqlite3_int64 at) {
  HOSO_CHECK(Of(handle).MayWrite());
  switch (Of(handle).file->Write(static_cast<const char*>(from), static_cast<std::size_t>(size),
                                 static_cast<std::size_t>(at))) {
    case Done::kYes:
      return SQLITE_OK;
    case Done::kFull:
      return SQLITE_FULL;
    default:
      return SQLITE_IOERR_WRITE;
  }
}

int Truncate(sqlite3_file* handle, sqlite3_int64 size) {
  return Of(handle).file->Truncate(static_cast<std::size_t>(size)) == Done::kYes
             ? SQLITE_OK
             : SQLITE_IOERR_TRUNCATE;
}

int Sync(sqlite3_file* handle, int) {
  return Of(handle).file->Sync() == Done::kYes ? SQLITE_OK : SQLITE_IOERR_FSYNC;
}

int Size(sqlite3_file* handle, sqlite3_int64* out) {
  *out = static_cast<sqlite3_int64>(Of(handle).file->size());
  return SQLITE_OK;
}

int Control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}

int SectorSize(sqlite3_file*) {
  return 512;
}

int Characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;  // As SQLite takes every disk to be, unless told.
}

int MapMemory(sqlite3_file* handle, int region, int size, int extend, void volatile** out) {
  auto& regions = Of(handle).file->regions;
  const auto wanted = static_cast<std::size_t>(region);
  if (static_cast<std::size_t>(size) != Disk::File::kRegion) return SQLITE_IOERR_SHMMAP;
  if (wanted >= regions.size()) {
    *out = nullptr;
    if (!extend) return SQLITE_OK;
    while (regions.size() <= wanted)
      regions.push_back(std::make_unique<char[]>(Disk::File::kRegion));
  }
  *out = regions[wanted].get();
  return SQLITE_OK;
}

int LockMemory(sqlite3_file* handle, int first, int count, int flags) {
  Open& open = Of(handle);
  Disk::File& file = *open.file;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  for (int i = first; i < first + count; ++i) {
    const int bit = 1 << i;
    const int mine = (open.shared & bit) != 0;
    if (flags & SQLITE_SHM_UNLOCK) continue;
    if (exclusive ? file.shared[i] - mine > 0 || (file.exclusive[i] && !(open.exclusive & bit))
                  : file.exclusive[i] && !(open.exclusive & bit))
      return SQLITE_BUSY;
  }
  for (int i = first; i < first + count; ++i) {
    const int bit = 1 << i;
    if (flags & SQLITE_SHM_UNLOCK) {
      if (open.shared & bit) --file.shared[i];
      if (open.exclusive & bit) file.exclusive[i] = 0;
      open.shared &= ~bit;
      open.exclusive &= ~bit;
    } else if (exclusive) {
      file.exclusive[i] = 1;
      open.exclusive |= bit;
    } else if (!(open.shared & bit)) {
      ++file.shared[i];
      open.shared |= bit;
    }
  }
  return SQLITE_OK;
}

void MemoryBarrier(sqlite3_file*) {}

const sqlite3_io_methods kMethods = {2,
                                     Close,
                                     Read,
                                     Write,
                                     Truncate,
                                     Sync,
                                     Size,
                                     Lock,
                                     Unlock,
                                     Reserved,
                                     Control,
                                     SectorSize,
                                     Characteristics,
                                     MapMemory,
                                     LockMemory,
                                     MemoryBarrier,
                                     LetGoOfMemory,
                                     nullptr,
                                     nullptr};

FaultVfs& Vfs(sqlite3_vfs* vfs) {
  return *static_cast<FaultVfs*>(vfs->pAppData);
}

int OpenFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* out_flags) {
  out->pMethods = nullptr;
  FaultDisk* disk = name == nullptr ? nullptr : Vfs(vfs).DiskOf(name);
  if (disk == nullptr) return SQLITE_CANTOPEN;
  auto file = disk->Open(name, (flags & SQLITE_OPEN_CREATE) != 0);
  if (!file) return SQLITE_CANTOPEN;
  reinterpret_cast<Handle*>(out)->open = new Open{std::move(file)};
  Of(out).database = (flags & SQLITE_OPEN_MAIN_DB) != 0;
  out->pMethods = &kMethods;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int Delete(sqlite3_vfs* vfs, const char* name, int) {
  FaultDisk* disk = Vfs(vfs).DiskOf(name);
  if (disk == nullptr || !disk->Exists(name)) return SQLITE_IOERR_DELETE_NOENT;
  return disk->Remove(name) ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int Access(sqlite3_vfs* vfs, const char* name, int, int* out) {
  FaultDisk* disk = Vfs(vfs).DiskOf(name);
  *out = disk != nullptr && disk->Exists(name);
  return SQLITE_OK;
}

int FullName(sqlite3_vfs*, const char* name, int size, char* out) {
  if (std::strlen(name) >= static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
  std::strcpy(out, name);
  return SQLITE_OK;
}

int Randomness(sqlite3_vfs*, int size, char* out) {
  for (int i = 0; i < size; ++i) out[i] = static_cast<char>(i * 37);
  return size;
}

/// Nobody else can let a lock go while one thread waits, so waiting is over at once.
int Sleep(sqlite3_vfs*, int micros) {
  return micros;
}

int CurrentTime(sqlite3_vfs*, sqlite3_int64* out) {
  *out = 212'660'000'000'000;
  return SQLITE_OK;
}

int LastError(sqlite3_vfs*, int, char*) {
  return 0;
}

sqlite3_mem_methods real_memory;
std::uint64_t fail_at = 0, failing = 1, asked = 0, refused = 0;

bool Refuses() {
  ++asked;
  if (fail_at == 0) return false;
  if (fail_at > 1) {
    --fail_at;
    return false;
  }
  if (--failing == 0) fail_at = 0;
  ++refused;
  return true;
}

}  // namespace

struct FaultVfs::Registered {
  sqlite3_vfs vfs{};
};

FaultVfs::FaultVfs() : registered_(std::make_unique<Registered>()) {
  sqlite3_vfs& vfs = registered_->vfs;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(Handle);
  vfs.mxPathname = 512;
  vfs.zName = "fault";
  vfs.pAppData = this;
  vfs.xOpen = OpenFile;
  vfs.xDelete = Delete;
  vfs.xAccess = Access;
  vfs.xFullPathname = FullName;
  vfs.xRandomness = Randomness;
  vfs.xSleep = Sleep;
  vfs.xGetLastError = LastError;
  vfs.xCurrentTimeInt64 = CurrentTime;
  sqlite3_vfs_register(&vfs, 1);
}

FaultVfs::~FaultVfs() {
  sqlite3_vfs_unregister(&registered_->vfs);
}

FaultDisk* FaultVfs::DiskOf(const std::string& path) const {
  for (const auto& [folder, disk] : disks_)
    if (path.starts_with(folder)) return disk;
  return nullptr;
}

bool FaultMemory::Install() {
  if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real_memory) != SQLITE_OK) return false;
  sqlite3_mem_methods faulty = real_memory;
  faulty.xMalloc = [](int size) { return Refuses() ? nullptr : real_memory.xMalloc(size); };
  faulty.xRealloc = [](void* piece, int size) {
    return Refuses() ? nullptr : real_memory.xRealloc(piece, size);
  };
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &faulty) == SQLITE_OK &&
         sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK &&
         sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK;
}

void FaultMemory::FailAt(std::uint64_t piece, std::uint64_t count) {
  fail_at = piece;
  failing = count;
}

std::uint64_t FaultMemory::Asked() {
  return asked;
}

std::uint64_t FaultMemory::Refused() {
  return refused;
}

FaultMemory::Spared::Spared() : fail_at_(fail_at) {
  fail_at = 0;
}

FaultMemory::Spared::~Spared() {
  fail_at = fail_at_;
}

}  // namespace hoso::testing
