#include "sync/engine/exchange_run.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "common/catalog/load.h"
#include "common/crypto/hash.h"
#include "common/crypto/sign.h"
#include "sync/engine/handed.h"
#include "sync/engine/rejoin.h"
#include "sync/protocol/memory_source.h"

namespace hoso::engine {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::size_t kFrameHead = 5;

std::size_t FrameSize(std::string_view head) {
  std::size_t size = 0;
  for (std::size_t i = 1; i < kFrameHead; ++i)
    size = size << 8 | static_cast<unsigned char>(head[i]);
  return size;
}

}  // namespace

base::Result<std::size_t> ExchangeRun::Read(char* into, std::size_t size) {
  if (outgoing_at_ == outgoing_.size()) {
    if (phase_ == Phase::kOver) return std::size_t{0};
    HOSO_TRY(GoOn());
    if (offering_) HOSO_TRY(SetHandedThrough(desk_.store_, offered_through_));
    HOSO_TRY_ASSIGN(const protocol::Message next, NextRequest());
    offering_ = std::holds_alternative<protocol::Batch>(next);
    outgoing_ = protocol::EncodeFrame(next);
    outgoing_at_ = 0;
    HOSO_TRY(ShowProgress());
  }
  const std::size_t n = std::min(size, outgoing_.size() - outgoing_at_);
  std::memcpy(into, outgoing_.data() + outgoing_at_, n);
  outgoing_at_ += n;
  report_.bytes_up += static_cast<std::int64_t>(n);
  return n;
}

base::Status ExchangeRun::GoOn() const {
  if (watch_.stop.stop_requested()) return Fail(ErrorKind::kUnreachable, "sync.stopped");
  return {};
}

base::Status ExchangeRun::ShowProgress() {
  if (!watch_.progress) return {};
  HOSO_TRY_ASSIGN(const auto head, desk_.store_.Head());
  progress_.position = course_.parted ? came_.position : head.position;
  progress_.received = report_.received;
  progress_.bytes_up = report_.bytes_up;
  progress_.bytes_down = report_.bytes_down;
  watch_.progress(progress_);
  return {};
}

base::Result<protocol::Message> ExchangeRun::NextRequest() {
  if (phase_ == Phase::kHello) return MakeHello();
  if (phase_ == Phase::kReturns) return GiveBack();
  HOSO_TRY_ASSIGN(const bool rejoining, Rejoin(desk_.store_).Marked());
  HOSO_TRY_ASSIGN(
      const auto rows,
      desk_.store_.Outbox(offered_through_, static_cast<std::int64_t>(protocol::kMaxBatchChanges)));
  // A batch is signed for an epoch: a desk that knows none yet asks first.
  const bool quiet = course_.quiet || asked_epoch_.empty();
  if (rejoining || quiet || rows.empty() || batches_ == kMaxBatches) {
    phase_ = Phase::kOver;
    return protocol::Message(protocol::Over{});
  }
  ++batches_;
  HOSO_TRY_ASSIGN(protocol::Batch batch, MakeBatch(rows));
  return protocol::Message(std::move(batch));
}

base::Result<protocol::Message> ExchangeRun::MakeHello() {
  // What a receipt covers is durable there and comes back with the log; it need not go again.
  HOSO_TRY_ASSIGN(offered_through_, desk_.store_.SentThrough());
  protocol::Hello hello;
  HOSO_TRY_ASSIGN(auto head, desk_.store_.Head());
  const std::pair<const char*, std::string*> names[] = {{"replica", &hello.replica},
                                                        {"unit", &hello.unit},
                                                        {"epoch", &hello.epoch},
                                                        {"catalogue_id", &hello.catalogue},
                                                        {"directory_id", &hello.directory}};
  for (const auto& [key, target] : names) {
    HOSO_TRY_ASSIGN(const auto value, desk_.store_.Meta(key));
    *target = value.value_or("");
  }
  phase_ = Phase::kBatches;
  if (course_.parted) {
    phase_ = Phase::kReturns;
    hello.epoch = course_.parted->epoch;
    HOSO_TRY(BeginParted(head));
  } else {
    asked_ = head;
  }
  came_ = asked_;
  hello.position = head.position;
  hello.log_hash = head.hash;
  asked_epoch_ = hello.epoch;
  return protocol::Message(hello);
}

base::Result<protocol::Batch> ExchangeRun::MakeBatch(const std::vector<store::OutboxRow>& rows) {
  protocol::Batch batch;
  batch.first = rows.front().sequence;
  std::size_t size = 0;
  for (const store::OutboxRow& row : rows) {
    if (!batch.changes.empty() && size + row.change.size() > protocol::kMaxBatchBytes) break;
    size += row.change.size();
    batch.changes.push_back(row.change);
    batch.chain = row.chain;
    offered_through_ = row.sequence;
  }
  progress_.sent += static_cast<std::int64_t>(batch.changes.size());
  HOSO_TRY_ASSIGN(const auto replica, desk_.store_.Meta("replica"));
  HOSO_TRY_ASSIGN(const auto seed, desk_.store_.Meta("device_seed"));
  if (!replica || !seed) return Fail(ErrorKind::kDamaged, "desk.not_enrolled");
  batch.signature =
      crypto::Sign(crypto::Secret(*seed),
                   protocol::BatchSigned(*replica, asked_epoch_, offered_through_, batch.chain));
  return batch;
}

base::Status ExchangeRun::Write(std::string_view bytes) {
  report_.bytes_down += static_cast<std::int64_t>(bytes.size());
  taken_ += bytes.size();
  if (taken_ > protocol::kMaxAnswerBytes) return Fail(ErrorKind::kDamaged, "answer.too_long");
  incoming_ += bytes;
  while (incoming_.size() >= kFrameHead) {
    const std::size_t size = FrameSize(incoming_);
    if (size > protocol::kMaxFrameBytes) return Fail(ErrorKind::kDamaged, "frame.too_big");
    if (incoming_.size() < kFrameHead + size) return {};
    protocol::MemorySource source(std::string_view(incoming_).substr(0, kFrameHead + size));
    HOSO_TRY_ASSIGN(const protocol::Message message, protocol::FrameReader(source).Next());
    incoming_.erase(0, kFrameHead + size);
    HOSO_TRY(GoOn());
    HOSO_TRY(Take(message));
    HOSO_TRY(ShowProgress());
  }
  return {};
}

base::Status ExchangeRun::Take(const protocol::Message& message) {
  if (const auto* refused = std::get_if<protocol::Refused>(&message)) return TakeRefused(*refused);
  if (ignoring_) return {};
  if (finished_) return Fail(ErrorKind::kDamaged, "message.unexpected");
  if (const auto* behind = std::get_if<protocol::Behind>(&message)) return TakeBehind(*behind);
  if (const auto* welcome = std::get_if<protocol::Welcome>(&message)) return TakeWelcome(*welcome);
  if (!welcomed_) return Fail(ErrorKind::kDamaged, "message.unexpected");
  if (const auto* receipt = std::get_if<protocol::Receipt>(&message)) return TakeReceipt(*receipt);
  if (const auto* entries = std::get_if<protocol::Entries>(&message)) return TakeEntries(*entries);
  if (const auto* part = std::get_if<protocol::Part>(&message)) return TakePart(*part);
  if (const auto* done = std::get_if<protocol::Done>(&message)) return TakeDone(*done);
  return Fail(ErrorKind::kDamaged, "message.unexpected");
}

base::Status ExchangeRun::TakeRefused(const protocol::Refused& refused) {
  forked_ = refused.reason == "replica.forked";
  next_.quiet = refused.reason == "sequence.gap";
  if (refused.reason == "return.lost" && plan_.proof) {
    finished_ = true;
    next_.parted = course_.parted;
    return GiveBackAnew();
  }
  if (!forked_ && !next_.quiet) return Fail(ErrorKind::kRefused, refused.reason, refused.detail);
  finished_ = more_ = again_ = true;  // Nothing more of it was taken; the next round pulls first.
  if (next_.quiet) return {};
  return desk_.store_.database().Atomically([&] { return Rejoin(desk_.store_).MarkSaid(); });
}

base::Status ExchangeRun::TakeWelcome(const protocol::Welcome& welcome) {
  if (welcomed_) return Fail(ErrorKind::kDamaged, "message.unexpected");
  welcomed_ = true;
  epoch_ = welcome.epoch;
  HOSO_TRY_ASSIGN(const auto epoch, desk_.store_.Meta("epoch"));
  const bool known = epoch && !epoch->empty();
  // Another desk was giving back just now.
  if (!course_.parted && known && *epoch != welcome.epoch)
    finished_ = more_ = again_ = ignoring_ = true;
  return {};  // Nothing of it is kept before the receipt has said the same, with a signature.
}

base::Status ExchangeRun::TakeReceipt(const protocol::Receipt& receipt) {
  HOSO_TRY_ASSIGN(const auto key, desk_.store_.Meta("receipt_key"));
  HOSO_TRY_ASSIGN(const auto replica, desk_.store_.Meta("replica"));
  if (!key || !replica || receipt.replica != *replica ||
      !crypto::Verify(*key, protocol::ReceiptSigned(receipt), receipt.signature))
    return Fail(ErrorKind::kDamaged, "receipt.signature");
  HOSO_TRY_ASSIGN(const auto unit, desk_.store_.Meta("unit"));
  // A true receipt, but of another log or of an earlier day.
  if (receipt.unit != unit || receipt.epoch != epoch_ || receipt.position < asked_.position)
    return Fail(ErrorKind::kDamaged, "receipt.other");
  signed_[receipt.position] = receipt.log_hash;
  if (receipt_) return KeepPartReceipt(receipt);
  receipt_ = receipt;
  progress_.head = receipt.position;
  // Of a log that is to replace the one here, nothing counts before all of it is there.
  if (course_.parted) return KeepGiven();
  return desk_.store_.database().Atomically([&] { return KeepReceipt(receipt); });
}

/// For a part of the log; the first was for all that is said. A long log can be proved, and given
/// back, piece by piece by them.
base::Status ExchangeRun::KeepPartReceipt(const protocol::Receipt& receipt) {
  if (course_.parted) return {};
  return desk_.store_.database().Atomically([&] {
    return desk_.store_.AddReceipt(receipt.province_ms, protocol::EncodeReceipt(receipt));
  });
}

base::Status ExchangeRun::KeepReceipt(const protocol::Receipt& receipt) {
  HOSO_TRY(desk_.store_.SetMeta("epoch", receipt.epoch));
  HOSO_TRY(desk_.store_.SetMeta("trusted", std::to_string(receipt.province_ms) + ":" +
                                               std::to_string(desk_.clock_.MonotonicMs())));
  HOSO_TRY(desk_.store_.AddReceipt(receipt.province_ms, protocol::EncodeReceipt(receipt)));
  HOSO_TRY_ASSIGN(const auto row, desk_.store_.OutboxAt(receipt.accepted_through));
  HOSO_TRY_ASSIGN(const auto last, desk_.store_.LastOwn());
  // The province holds more of this desk's work than the desk itself, or other work under its
  // numbers: an old copy was put back.
  if (receipt.accepted_through > last.sequence || (row && row->chain != receipt.chain))
    HOSO_TRY(Rejoin(desk_.store_).Mark());
  HOSO_TRY_ASSIGN(const bool rejoining, Rejoin(desk_.store_).Marked());
  if (rejoining) return {};  // Its numbers may be those of other changes than the ones here.
  HOSO_TRY_ASSIGN(const auto sent, desk_.store_.UnsentThrough(receipt.accepted_through));
  report_.sent += sent;
  HOSO_TRY(desk_.store_.MarkUnsentAfter(receipt.accepted_through));
  return desk_.store_.MarkSentThrough(receipt.accepted_through);
}

base::Status ExchangeRun::TakePart(const protocol::Part& part) {
  base::Bytes& whole = parts_[part.name];
  if ((part.name != "catalogue" && part.name != "directory") || part.total < 0 ||
      static_cast<std::size_t>(part.total) > protocol::kMaxCatalogueBytes ||
      part.offset != static_cast<std::int64_t>(whole.size()) ||
      whole.size() + part.bytes.size() > static_cast<std::size_t>(part.total))
    return Fail(ErrorKind::kDamaged, "part.misplaced");
  whole += part.bytes;
  if (static_cast<std::int64_t>(whole.size()) < part.total) return {};
  if (base::ToHex(crypto::Sha256(whole)) != part.id) return Fail(ErrorKind::kDamaged, "part.hash");
  // A set that this program can't read is not taken: the old one stays in force and the exchange
  // goes on. It comes again with every exchange, until either side is mended.
  if (part.name == "catalogue" ? !catalog::Unpack(whole) : !protocol::DecodeDirectory(whole))
    return {};
  return desk_.store_.database().Atomically([&]() -> base::Status {
    HOSO_TRY(desk_.store_.SetMeta(part.name, whole));
    return desk_.store_.SetMeta(part.name + "_id", part.id);
  });
}

/// A copy that nobody spoke of, with work of its own: the other copy may go on as well.
base::Result<bool> ExchangeRun::MustMove() {
  if (!watch_.moves) return false;
  HOSO_TRY_ASSIGN(const bool copy, Rejoin(desk_.store_).IsCopy());
  HOSO_TRY_ASSIGN(const auto waiting, desk_.store_.OutboxCount());
  return copy && waiting > 0;
}

base::Status ExchangeRun::TakeDone(const protocol::Done& done) {
  if (!receipt_) return Fail(ErrorKind::kDamaged, "message.unexpected");
  if (done.position != receipt_->position || done.log_hash != receipt_->log_hash)
    return Fail(ErrorKind::kDamaged, "log.mismatch");
  // An answer that was cut short on purpose brought something: else it would never end.
  if (done.more && came_.position <= asked_.position)
    return Fail(ErrorKind::kDamaged, "log.withheld");
  finished_ = true;
  more_ = done.more;
  if (course_.parted) {
    const base::Status ended = EndParted(done);
    // What lies aside can't be what the province has: the next exchange begins from nothing.
    if (!ended && ended.error().kind == ErrorKind::kDamaged)
      HOSO_TRY(desk_.store_.database().Atomically([&] { return other_.Forget(); }));
    HOSO_TRY(ended);
  }
  return more_ ? base::Status() : EndLevel(done);
}

/// This desk's log is the province's.
base::Status ExchangeRun::EndLevel(const protocol::Done& done) {
  Rejoin rejoin(desk_.store_);
  return rejoin.Together([&]() -> base::Status {
    HOSO_TRY(CheckSigned(done.position));
    HOSO_TRY(other_.Forget());
    HOSO_TRY_ASSIGN(const bool rejoining, rejoin.Marked());
    if (rejoining) {
      HOSO_TRY_ASSIGN(must_move_, MustMove());
      if (must_move_) return {};
      HOSO_TRY_ASSIGN(auto others, desk_.AtWork());
      HOSO_TRY_ASSIGN(const auto dossiers,
                      rejoin.IssueAgain(*receipt_, {present_, std::move(others)}));
      HOSO_TRY(desk_.RefreshAll(dossiers));
      report_.reissued += rejoin.issued();
    }
    return desk_.store_.SetMeta("last_sync", std::to_string(desk_.clock_.NowMs()));
  });
}

}  // namespace hoso::engine
