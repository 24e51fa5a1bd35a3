#pragma once

#include <memory>
#include <string>

#include "common/base/clock.h"
#include "common/base/ids.h"
#include "common/crypto/secret.h"
#include "sync/protocol/messages.h"
#include "sync/server/lender.h"

namespace hoso::server {

/// The province's side of an exchange, without sockets: checks, judges, orders, answers.
/// Every batch is one transaction; nothing is said before it is durable.
/// One thread each; several reconcilers may share one database.
class Reconciler {
 public:
  /// Entries are packed up to about `frame` octets, and an answer is cut short after `whole`.
  struct AnswerSizes {
    std::size_t frame = 256u << 10, whole = 16u << 20;
  };
  /// All references outlive it. `receipt_seed` signs receipts.
  Reconciler(Lender& lender, const base::Clock& clock, base::Random& random,
             const crypto::Secret& receipt_seed);
  /// The same over one store and one catalogue.
  Reconciler(store::ProvinceStore& store, const catalog::Catalog& catalogue,
             base::Bytes packed_catalogue, const base::Clock& clock, base::Random& random,
             const crypto::Secret& receipt_seed);

  /// Handles one exchange of the device the transport has authenticated by its certificate's
  /// SHA-256 fingerprint. Batches are committed as they arrive; the answer is written only after
  /// the whole request was read, so that two blocked writers can't face each other. A failure of
  /// the line (either way) is returned; a refusal is an answer.
  base::Status Exchange(const std::string& certificate, protocol::ByteSource& request,
                        protocol::ByteSink& answer);
  void AnswerInPiecesOf(const AnswerSizes& sizes) { sizes_ = sizes; }
  /// Why the last exchange was refused; empty if it was not.
  const std::string& refused() const { return refused_; }
  /// How many dossiers' states it found damaged in the database and made anew from the log.
  int mended() const { return mended_; }

 private:
  struct Session;
  base::Status TakeRequest(const std::string& certificate, protocol::ByteSource& request,
                           Session& session);
  base::Status TakeMessage(const protocol::Message& message, Session& session);
  base::Status Greet(store::ProvinceStore& store, const std::string& certificate, Session& session);
  base::Status CheckLog(store::ProvinceStore& store, Session& session);
  base::Status SayBehind(store::ProvinceStore& store, Session& session);
  base::Status TakeStart(Session& session, const protocol::Receipt& receipt);
  base::Status CollectReturned(Session& session, const protocol::Returned& message);
  base::Status TakeReturned(store::ProvinceStore& store, const Published& published,
                            Session& session);
  base::Status TakeBatch(store::ProvinceStore& store, const Published& published,
                         const Session& session, const protocol::Batch& batch);
  base::Status ReadHead(store::ProvinceStore& store, Session& session);
  protocol::Receipt SignedReceipt(const store::Device& device, const store::UnitHead& head) const;
  base::Status Answer(Session& session, protocol::ByteSink& answer);
  base::Status SendEntries(const Session& session, protocol::ByteSink& answer);

  std::unique_ptr<Lender> own_;
  Lender& lender_;
  const base::Clock& clock_;
  base::Random& random_;
  const crypto::Secret& receipt_seed_;
  AnswerSizes sizes_;
  std::string refused_;
  int mended_ = 0;
};

}  // namespace hoso::server
