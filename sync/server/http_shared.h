#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/catalog/catalog.h"
#include "sync/server/authority.h"

namespace hoso::server {

/// Database connections, each lent to one request at a time.
class StorePool {
 public:
  StorePool(const Authority& authority, std::size_t limit) : authority_(authority), limit_(limit) {}

  /// Goes back to the pool with the object, unless spoiled.
  class Lease {
   public:
    Lease(StorePool& pool, std::unique_ptr<store::ProvinceStore> store)
        : pool_(&pool), store_(std::move(store)) {}
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease();
    store::ProvinceStore& store() { return *store_; }
    void Spoil() { spoiled_ = true; }  // The connection may be broken: don't lend it again.

   private:
    StorePool* pool_;
    std::unique_ptr<store::ProvinceStore> store_;
    bool spoiled_ = false;
  };

  /// Waits for a free one; kBusy "province.busy" when there is none in time.
  base::Result<Lease> Take();

 private:
  void Return(std::unique_ptr<store::ProvinceStore> store);

  const Authority& authority_;
  const std::size_t limit_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<store::ProvinceStore>> idle_;  // Guarded by mutex_,
  std::size_t open_ = 0;                                     // and this too.
};

/// The catalogue as administration last published it, read again only when its id changes.
struct PublishedCatalogue {
  std::string id;
  base::Bytes packed;
  catalog::Catalog catalogue;
};
class CatalogueShelf {
 public:
  base::Result<std::shared_ptr<const PublishedCatalogue>> Current(store::ProvinceStore& store);

 private:
  std::mutex mutex_;
  std::shared_ptr<const PublishedCatalogue> current_;  // Guarded by mutex_.
};

/// What all requests of one server share.
struct HttpShared {
  HttpShared(const Authority& the_authority, const base::Clock& the_clock, base::Random& the_random,
             std::size_t connections)
      : authority(the_authority),
        clock(the_clock),
        random(the_random),
        stores(the_authority, connections) {}

  const Authority& authority;
  const base::Clock& clock;
  base::Random& random;
  StorePool stores;
  CatalogueShelf catalogues;
  std::atomic<int> running{0};  // Requests being answered.
};

}  // namespace hoso::server
