#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/catalog/catalog.h"
#include "common/domain/workflow.h"
#include "common/store/province_store.h"

namespace hoso::server {

/// A catalogue set as administration published it, unpacked once.
struct Published {
  std::string id;  // SHA-256 of `packed`, hexadecimal.
  base::Bytes packed;
  catalog::Catalog catalogue;
  std::vector<domain::Transition> transitions;
};
base::Result<std::shared_ptr<const Published>> Unpacked(base::Bytes packed);

/// Lends the database and the catalogue in force for one step of a request. A desk on a slow line
/// so never holds a connection while it speaks, and what administration changes counts from the
/// next step.
class Lender {
 public:
  using Step = std::function<base::Status(store::ProvinceStore&, const Published&)>;

  virtual ~Lender() = default;
  /// What `step` returns, or why there was nothing to lend: kBusy, kUnreachable.
  virtual base::Status Lend(const Step& step) = 0;
};

/// One store and one catalogue, always the same: for tests and one thread.
class OneStore : public Lender {
 public:
  OneStore(store::ProvinceStore& store, const catalog::Catalog& catalogue, base::Bytes packed);
  base::Status Lend(const Step& step) override { return step(store_, published_); }

 private:
  store::ProvinceStore& store_;
  Published published_;
};

}  // namespace hoso::server
