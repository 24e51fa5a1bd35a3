#include "sync/server/reconciler.h"

#include <algorithm>
#include <utility>

#include "common/crypto/hash.h"
#include "common/crypto/sign.h"
#include "common/store/province_ledger.h"
#include "sync/server/batch_writer.h"
#include "sync/server/returned_log.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kEntriesPerRead = 256;
constexpr std::size_t kPartBytes = 256u << 10;
constexpr int kMaxBatchesPerRequest = 1024;

/// A refusal on its way to being an answer; any other failure is the line's or the database's.
bool IsRefusal(const base::Error& error) {
  return !error.reason.starts_with("store.") &&
         (error.kind == ErrorKind::kRefused || error.kind == ErrorKind::kDamaged ||
          error.kind == ErrorKind::kNewer);
}

base::Status Send(protocol::ByteSink& answer, const protocol::Message& message) {
  return answer.Write(protocol::EncodeFrame(message));
}

base::Status SendParts(protocol::ByteSink& answer, const std::string& name, const std::string& id,
                       const base::Bytes& whole) {
  for (std::size_t at = 0; at < whole.size(); at += kPartBytes)
    HOSO_TRY(Send(answer, protocol::Part{name, id, static_cast<std::int64_t>(at),
                                         static_cast<std::int64_t>(whole.size()),
                                         whole.substr(at, kPartBytes)}));
  return {};
}

/// Moves as many as make a frame, at least one; gives their octets.
std::size_t MoveSome(std::vector<base::Bytes>& from, std::size_t target,
                     std::vector<base::Bytes>& into) {
  std::size_t size = 0;
  for (base::Bytes& row : from) {
    if (!into.empty() && size + row.size() > target) break;
    size += row.size();
    into.push_back(std::move(row));
  }
  return size;
}

base::Status CheckShape(const protocol::Batch& batch) {
  if (batch.changes.empty() || batch.first < 1)
    return Fail(ErrorKind::kDamaged, "message.malformed");
  // Longer octets than a change may have would make an entry that no desk takes, for ever.
  for (const base::Bytes& octets : batch.changes)
    if (octets.size() > change::kMaxChangeBytes) return Fail(ErrorKind::kDamaged, "change.too_big");
  return {};
}

base::Result<base::Bytes> DirectoryOf(store::ProvinceStore& store, const std::string& unit) {
  HOSO_TRY_ASSIGN(const auto users, store.Users());
  std::vector<protocol::Person> people;
  for (const store::User& user : users)
    if (user.unit == unit)
      people.push_back({user.id, user.name, user.role, user.unit, user.active});
  return protocol::EncodeDirectory(people);
}

}  // namespace

struct Reconciler::Session {
  protocol::Hello hello;
  store::Device device;
  store::UnitHead head;
  std::optional<protocol::Behind> behind;  // Instead of an answer.
  ReturnedEntries returned;
  std::size_t returned_bytes = 0;
};

Reconciler::Reconciler(Lender& lender, const base::Clock& clock, base::Random& random,
                       const crypto::Secret& receipt_seed)
    : lender_(lender), clock_(clock), random_(random), receipt_seed_(receipt_seed) {}

Reconciler::Reconciler(store::ProvinceStore& store, const catalog::Catalog& catalogue,
                       base::Bytes packed_catalogue, const base::Clock& clock, base::Random& random,
                       const crypto::Secret& receipt_seed)
    : own_(std::make_unique<OneStore>(store, catalogue, std::move(packed_catalogue))),
      lender_(*own_),
      clock_(clock),
      random_(random),
      receipt_seed_(receipt_seed) {}

base::Status Reconciler::Exchange(const std::string& certificate, protocol::ByteSource& request,
                                  protocol::ByteSink& answer) {
  Session session;
  refused_.clear();
  mended_ = 0;
  base::Status done = TakeRequest(certificate, request, session);
  if (done) done = lender_.Lend([&](auto& store, const auto&) { return ReadHead(store, session); });
  if (done) return Answer(session, answer);
  if (session.behind) return Send(answer, *session.behind);
  if (!IsRefusal(done.error())) return done;
  refused_ = done.error().reason;
  return Send(answer, protocol::Refused{done.error().reason, done.error().detail});
}

base::Status Reconciler::TakeRequest(const std::string& certificate, protocol::ByteSource& request,
                                     Session& session) {
  protocol::FrameReader reader(request);
  HOSO_TRY_ASSIGN(const protocol::Message first, reader.Next());
  const auto* hello = std::get_if<protocol::Hello>(&first);
  if (hello == nullptr) return Fail(ErrorKind::kDamaged, "message.unexpected");
  session.hello = *hello;
  HOSO_TRY(
      lender_.Lend([&](auto& store, const auto&) { return Greet(store, certificate, session); }));
  for (int messages = 0; messages <= kMaxBatchesPerRequest; ++messages) {
    HOSO_TRY_ASSIGN(const protocol::Message next, reader.Next());
    if (std::holds_alternative<protocol::Over>(next)) return {};
    HOSO_TRY(TakeMessage(next, session));
  }
  return Fail(ErrorKind::kRefused, "request.too_long");
}

base::Status Reconciler::TakeMessage(const protocol::Message& message, Session& session) {
  if (const auto* returned = std::get_if<protocol::Returned>(&message))
    return CollectReturned(session, *returned);
  if (const auto* receipt = std::get_if<protocol::Receipt>(&message)) {
    if (session.returned.entries.empty()) return TakeStart(session, *receipt);
    session.returned.proof = *receipt;
    return lender_.Lend([&](auto& store, const auto& published) {
      return TakeReturned(store, published, session);
    });
  }
  const auto* batch = std::get_if<protocol::Batch>(&message);
  if (batch == nullptr) return Fail(ErrorKind::kDamaged, "message.unexpected");
  HOSO_TRY(CheckShape(*batch));
  // A desk that knows no epoch yet asks for it before it brings anything.
  if (session.hello.epoch.empty()) return Fail(ErrorKind::kDamaged, "message.unexpected");
  return lender_.Lend([&](auto& store, const auto& published) -> base::Status {
    const base::Status taken = TakeBatch(store, published, session, *batch);
    if (!taken && taken.error().reason == "log.mismatch") HOSO_TRY(SayBehind(store, session));
    return taken;
  });
}

base::Status Reconciler::Greet(store::ProvinceStore& store, const std::string& certificate,
                               Session& session) {
  HOSO_TRY_ASSIGN(const auto device, store.DeviceByCertificate(certificate));
  if (!device) return Fail(ErrorKind::kRefused, "device.unknown");
  session.device = *device;
  const protocol::Hello& hello = session.hello;
  if (hello.version != protocol::kVersion) return Fail(ErrorKind::kNewer, "protocol.version");
  if (device->revoked) return Fail(ErrorKind::kRefused, "device.revoked");
  if (hello.replica != device->replica || hello.unit != device->unit)
    return Fail(ErrorKind::kRefused, "device.other");
  return CheckLog(store, session);
}

base::Status Reconciler::CheckLog(store::ProvinceStore& store, Session& session) {
  const protocol::Hello& hello = session.hello;
  if (hello.position < 0) return Fail(ErrorKind::kDamaged, "message.malformed");
  HOSO_TRY_ASSIGN(const auto head, store.Unit(hello.unit));
  const bool fresh = hello.epoch.empty() && hello.position == 0;
  bool same = fresh || (head && head->epoch == hello.epoch && hello.position <= head->position);
  if (same && hello.position > 0) {
    HOSO_TRY_ASSIGN(const auto hash, store.HashAt(hello.unit, hello.position));
    same = hash && *hash == hello.log_hash;
  }
  if (same) return {};
  HOSO_TRY(SayBehind(store, session));
  return Fail(ErrorKind::kRefused, "log.mismatch");
}

/// Hashes at the head and at distances from it that double, so that few of them lead a desk close
/// to where its log and this one parted.
base::Status Reconciler::SayBehind(store::ProvinceStore& store, Session& session) {
  const std::string& unit = session.hello.unit;
  protocol::Behind behind;
  HOSO_TRY(store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const store::UnitHead head,
                    store.LockUnit(unit, base::MakeUuid7(clock_.NowMs(), random_)));
    behind.epoch = head.epoch;
    for (std::int64_t back = 0; back < head.position; back = std::max<std::int64_t>(1, back * 2)) {
      HOSO_TRY_ASSIGN(const auto hash, store.HashAt(unit, head.position - back));
      if (!hash) return Fail(ErrorKind::kDisk, "store.damaged");
      behind.points.push_back({head.position - back, *hash});
    }
    behind.points.push_back({0, {}});
    return {};
  }));
  session.behind = std::move(behind);  // Not before: the epoch may be a new one.
  return {};
}

/// Where pieces were given back before: what was signed when the last of them had been taken, and
/// then, if this one does not follow the Hello's position, what was signed for where it begins.
base::Status Reconciler::TakeStart(Session& session, const protocol::Receipt& receipt) {
  ReturnedEntries& returned = session.returned;
  if (session.returned_bytes > 0 || returned.start)
    return Fail(ErrorKind::kDamaged, "message.unexpected");
  (returned.taken ? returned.start : returned.taken) = receipt;
  return {};
}

base::Status Reconciler::CollectReturned(Session& session, const protocol::Returned& message) {
  ReturnedEntries& returned = session.returned;
  if (returned.entries.empty()) {
    if (message.entries.empty() || session.returned_bytes > 0)  // One piece in a request.
      return Fail(ErrorKind::kDamaged, "message.unexpected");
    returned.common = {session.hello.position, session.hello.log_hash};
  }
  const auto next = returned.after() + static_cast<std::int64_t>(returned.entries.size()) + 1;
  if (message.first != next) return Fail(ErrorKind::kDamaged, "message.malformed");
  for (const base::Bytes& entry : message.entries) {
    session.returned_bytes += entry.size();
    returned.entries.push_back(entry);
  }
  if (session.returned_bytes > protocol::kMaxReturnBytes)
    return Fail(ErrorKind::kRefused, "request.too_long");
  return {};
}

base::Status Reconciler::TakeReturned(store::ProvinceStore& store, const Published& published,
                                      Session& session) {
  if (session.returned.entries.empty()) return Fail(ErrorKind::kDamaged, "message.unexpected");
  const std::string& unit = session.hello.unit;
  const std::string epoch = base::MakeUuid7(clock_.NowMs(), random_);
  int mended = 0;
  HOSO_TRY(store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(store::UnitHead head, store.LockUnit(unit, epoch));
    const std::int64_t before = head.position;
    ReturnedLog log(store, published, clock_.NowMs(), unit, head);
    HOSO_TRY(log.Take(session.returned, receipt_seed_, epoch));
    session.hello.position = log.answer_from();  // What follows is sent from there.
    HOSO_TRY(log.Finish());
    mended = log.mended();
    // No batch vouches for what came back; the ledger says that it was taken.
    return head.position > before ? store.Enter(store::TakenRow(unit, head)) : base::Status();
  }));
  mended_ += mended;
  session.returned = {};
  return {};
}

base::Status Reconciler::TakeBatch(store::ProvinceStore& store, const Published& published,
                                   const Session& session, const protocol::Batch& batch) {
  const std::int64_t last = batch.first + static_cast<std::int64_t>(batch.changes.size()) - 1;
  int mended = 0;
  HOSO_TRY(store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(store::UnitHead head,
                    store.LockUnit(session.device.unit, base::MakeUuid7(clock_.NowMs(), random_)));
    HOSO_TRY_ASSIGN(auto device, store.FindDevice(session.device.replica));
    if (!device || device->revoked) return Fail(ErrorKind::kRefused, "device.revoked");
    // Another desk has given back just now what was lost.
    if (head.epoch != session.hello.epoch) return Fail(ErrorKind::kRefused, "log.mismatch");
    const base::Bytes part = protocol::BatchSigned(device->replica, head.epoch, last, batch.chain);
    if (!crypto::Verify(device->signing_key, part, batch.signature))
      return Fail(ErrorKind::kRefused, "batch.signature");
    if (batch.first > device->accepted_through + 1)
      return Fail(ErrorKind::kRefused, "sequence.gap");
    if (device->chain.empty()) device->chain = change::ChainStart();
    const std::int64_t known = device->accepted_through;
    if (last < known) return {};  // A repeat of something long accepted.

    BatchWriter writer(store, published, clock_.NowMs(), *device, head);
    for (std::int64_t sequence = std::max(batch.first, known + 1); sequence <= last; ++sequence)
      HOSO_TRY(
          writer.Take(batch.changes[static_cast<std::size_t>(sequence - batch.first)], sequence));
    // Same number, other content: two desks share one identity, or an old copy went on by itself.
    if (device->chain != batch.chain) return Fail(ErrorKind::kRefused, "replica.forked");
    if (last == known) return {};
    HOSO_TRY(writer.Finish());
    mended = writer.mended();
    const protocol::Receipt receipt = SignedReceipt(*device, head);
    return store.SaveBatch({device->unit, head.position, device->replica, batch.signature,
                            protocol::EncodeReceipt(receipt)});
  }));
  mended_ += mended;
  return {};
}

base::Status Reconciler::ReadHead(store::ProvinceStore& store, Session& session) {
  return store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(session.head,
                    store.LockUnit(session.hello.unit, base::MakeUuid7(clock_.NowMs(), random_)));
    HOSO_TRY_ASSIGN(const auto device, store.FindDevice(session.device.replica));
    if (!device || device->revoked) return Fail(ErrorKind::kRefused, "device.revoked");
    session.device = *device;
    return {};
  });
}

protocol::Receipt Reconciler::SignedReceipt(const store::Device& device,
                                            const store::UnitHead& head) const {
  protocol::Receipt receipt{
      device.unit, device.replica, head.epoch, device.accepted_through, device.chain, head.position,
      head.hash,   clock_.NowMs(), {}};
  receipt.signature = crypto::Sign(receipt_seed_, protocol::ReceiptSigned(receipt));
  return receipt;
}

base::Status Reconciler::Answer(Session& session, protocol::ByteSink& answer) {
  const protocol::Hello& hello = session.hello;
  const protocol::Receipt receipt = SignedReceipt(session.device, session.head);
  HOSO_TRY(Send(answer,
                protocol::Welcome{receipt.epoch, receipt.accepted_through, receipt.province_ms}));
  HOSO_TRY(Send(answer, receipt));

  std::string catalogue_id;
  base::Bytes catalogue, directory;
  HOSO_TRY(lender_.Lend([&](auto& store, const auto& published) -> base::Status {
    catalogue_id = published.id;
    if (catalogue_id != hello.catalogue) catalogue = published.packed;
    HOSO_TRY_ASSIGN(directory, DirectoryOf(store, hello.unit));
    return {};
  }));
  HOSO_TRY(SendParts(answer, "catalogue", catalogue_id, catalogue));
  const std::string directory_id = base::ToHex(crypto::Sha256(directory));
  if (directory_id != hello.directory)
    HOSO_TRY(SendParts(answer, "directory", directory_id, directory));
  return SendEntries(session, answer);
}

base::Status Reconciler::SendEntries(const Session& session, protocol::ByteSink& answer) {
  const std::int64_t end = session.head.position;
  std::int64_t sent = session.hello.position;
  std::size_t total = 0;
  while (sent < end && total < sizes_.whole) {
    protocol::Entries frame{sent + 1, {}};
    store::UnitHead reached{session.head.epoch, sent, {}};
    HOSO_TRY(lender_.Lend([&](auto& store, const auto&) -> base::Status {
      HOSO_TRY_ASSIGN(auto rows, store.Entries(session.hello.unit, sent,
                                               std::min(kEntriesPerRead, end - sent)));
      total += MoveSome(rows, sizes_.frame, frame.entries);
      reached.position += static_cast<std::int64_t>(frame.entries.size());
      HOSO_TRY_ASSIGN(const auto hash, store.HashAt(session.hello.unit, reached.position));
      if (frame.entries.empty() || !hash) return Fail(ErrorKind::kDisk, "store.damaged");
      reached.hash = *hash;
      return {};
    }));
    sent = reached.position;
    // A desk takes no entries but up to where the province has signed; for the last, it has.
    if (sent < end) HOSO_TRY(Send(answer, SignedReceipt(session.device, reached)));
    HOSO_TRY(Send(answer, frame));
  }
  return Send(answer, protocol::Done{end, session.head.hash, sent < end});
}

}  // namespace hoso::server
