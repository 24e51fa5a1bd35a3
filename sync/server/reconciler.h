#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/catalog/catalog.h"
#include "common/crypto/secret.h"
#include "common/store/province_store.h"
#include "sync/protocol/messages.h"

namespace hoso::server {

/// The province's side of an exchange, without sockets: checks, judges, orders, answers.
/// Every batch is one transaction; nothing is said before it is durable.
/// One store per thread; several reconcilers may share one database.
class Reconciler {
 public:
  /// All references outlive it. `receipt_seed` signs receipts.
  Reconciler(store::ProvinceStore& store, const catalog::Catalog& catalogue,
             base::Bytes packed_catalogue, const base::Clock& clock, base::Random& random,
             const crypto::Secret& receipt_seed);

  /// Handles one exchange of the device the transport has authenticated by its certificate's
  /// SHA-256 fingerprint. Batches are committed as they arrive; the answer is written only after
  /// the whole request was read, so that two blocked writers can't face each other. A failure of
  /// the line (either way) is returned; a refusal is an answer.
  base::Status Exchange(const std::string& certificate, protocol::ByteSource& request,
                        protocol::ByteSink& answer);

 private:
  struct Session;
  base::Status Greet(Session& session, const protocol::Hello& hello);
  base::Status TakeBatch(Session& session, const protocol::Batch& batch);
  base::Status Answer(Session& session, protocol::ByteSink& answer);
  base::Status SendEntries(const protocol::Hello& hello, const store::UnitHead& head,
                           protocol::ByteSink& answer);

  store::ProvinceStore& store_;
  const catalog::Catalog& catalogue_;
  base::Bytes packed_catalogue_;
  const base::Clock& clock_;
  base::Random& random_;
  const crypto::Secret& receipt_seed_;
  std::vector<domain::Transition> transitions_;
};

}  // namespace hoso::server
