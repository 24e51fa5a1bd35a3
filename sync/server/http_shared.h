#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "sync/server/authority.h"
#include "sync/server/http_journal.h"
#include "sync/server/http_turns.h"
#include "sync/server/lender.h"

namespace hoso::server {

/// Database connections, each lent to one step of one request at a time.
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
class CatalogueShelf {
 public:
  base::Result<std::shared_ptr<const Published>> Current(store::ProvinceStore& store);

 private:
  std::mutex mutex_;
  std::shared_ptr<const Published> current_;  // Guarded by mutex_.
};

/// How many requests are being answered; the end of the server waits for none.
class Running {
 public:
  class Request {
   public:
    explicit Request(Running& running) : running_(running) { running_.Add(1); }
    ~Request() { running_.Add(-1); }
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

   private:
    Running& running_;
  };
  int Now();
  void WaitForNone(std::chrono::milliseconds at_most);

 private:
  void Add(int change);
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;  // Guarded by mutex_.
};

/// What all requests of one server share.
class HttpShared : public Lender {
 public:
  HttpShared(const Authority& the_authority, const base::Clock& the_clock, base::Random& the_random,
             std::size_t connections, const Turns::Limits& limits, Journal::Print print)
      : authority(the_authority),
        clock(the_clock),
        random(the_random),
        journal(the_clock, std::move(print)),
        turns(limits),
        stores_(the_authority, connections) {}

  base::Status Lend(const Step& step) override;

  const Authority& authority;
  const base::Clock& clock;
  base::Random& random;
  Running running;
  Journal journal;
  Turns turns;
  std::atomic<std::int64_t> octets_taken{0};  // Of bodies, by whoever decodes them.

 private:
  StorePool stores_;
  CatalogueShelf catalogues_;
};

}  // namespace hoso::server
