#include "sync/server/http_shared.h"

#include <utility>

namespace hoso::server {
namespace {

constexpr std::chrono::seconds kWait{20};

/// After such a failure a new connection is the better bet.
bool IsBroken(const base::Error& error) {
  return error.reason.starts_with("store.") && error.kind != base::ErrorKind::kBusy;
}

}  // namespace

StorePool::Lease::~Lease() {
  if (!store_) return;
  if (spoiled_) store_.reset();
  pool_->Return(std::move(store_));
}

base::Result<StorePool::Lease> StorePool::Take() {
  {
    std::unique_lock lock(mutex_);
    const auto free = [&] { return !idle_.empty() || open_ < limit_; };
    if (!returned_.wait_for(lock, kWait, free))
      return base::Fail(base::ErrorKind::kBusy, "province.busy");
    if (!idle_.empty()) {
      Lease lease(*this, std::move(idle_.back()));
      idle_.pop_back();
      return lease;
    }
    ++open_;
  }
  auto store = OpenStore(authority_);
  if (!store) {
    Return(nullptr);
    return store.error();
  }
  return Lease(*this, std::make_unique<store::ProvinceStore>(*std::move(store)));
}

void StorePool::Return(std::unique_ptr<store::ProvinceStore> store) {
  {
    const std::lock_guard lock(mutex_);
    if (store)
      idle_.push_back(std::move(store));
    else
      --open_;
  }
  returned_.notify_one();
}

base::Result<std::shared_ptr<const Published>> CatalogueShelf::Current(
    store::ProvinceStore& store) {
  HOSO_TRY_ASSIGN(const auto id, store.Meta(kCatalogueIdMeta));
  if (!id) return base::Fail(base::ErrorKind::kDamaged, "catalogue.missing");
  const std::lock_guard lock(mutex_);
  if (current_ && current_->id == *id) return current_;
  HOSO_TRY_ASSIGN(base::Bytes packed, SavedCatalogue(store));
  HOSO_TRY_ASSIGN(current_, Unpacked(std::move(packed)));
  return current_;
}

int Running::Now() {
  const std::lock_guard lock(mutex_);
  return count_;
}

void Running::WaitForNone(std::chrono::milliseconds at_most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, at_most, [&] { return count_ == 0; });
}

void Running::Add(int change) {
  {
    const std::lock_guard lock(mutex_);
    count_ += change;
  }
  changed_.notify_all();
}

base::Status HttpShared::Lend(const Step& step) {
  HOSO_TRY_ASSIGN(auto lease, stores_.Take());
  const auto run = [&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto published, catalogues_.Current(lease.store()));
    return step(lease.store(), *published);
  };
  const base::Status done = run();
  if (!done && IsBroken(done.error())) lease.Spoil();
  return done;
}

}  // namespace hoso::server
