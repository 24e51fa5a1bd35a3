#include <utility>

#include "sync/engine/exchange_run.h"

// An exchange with a province whose log has gone another way than this desk's.

namespace hoso::engine {

using base::ErrorKind;
using base::Fail;

namespace {

store::LogHead HeadOf(const protocol::Receipt& receipt) {
  return {receipt.position, receipt.log_hash};
}

}  // namespace

base::Status ExchangeRun::TakeBehind(const protocol::Behind& behind) {
  if (welcomed_) return Fail(ErrorKind::kDamaged, "message.unexpected");
  finished_ = more_ = again_ = true;
  HOSO_TRY_ASSIGN(store::LogHead common, Recovery(desk_.store_).Common(behind));
  // Asked for what follows the part that lies aside, and the epoch is the same: it is of no use.
  const bool useless = reading_on_ && behind.epoch == course_.parted->epoch;
  next_.parted = Course::Parted{behind.epoch, std::move(common)};
  if (!useless) return {};
  return desk_.store_.database().Atomically([&] { return other_.RemoveAfter(0); });
}

/// Gives back the next piece of what the province may lack; when it has that, reads on in its log.
base::Status ExchangeRun::BeginParted(store::LogHead& from) {
  const store::LogHead& common = course_.parted->common;
  HOSO_TRY_ASSIGN(given_, other_.Given());
  HOSO_TRY_ASSIGN(store::LogHead reached, other_.Head());
  bool all = !given_;  // Of what there was when the last piece had been taken.
  if (given_) {
    HOSO_TRY_ASSIGN(all, other_.Has(HeadOf(given_->receipt), common.position));
  }
  if (all) {
    HOSO_TRY_ASSIGN(plan_,
                    Recovery(desk_.store_).PlanReturn(common, GivenThrough(), desk_.return_piece_));
  }
  asked_ = from = next_common_ = common;
  if (plan_.proof) {
    returned_through_ = plan_.after;
    if (given_) opening_.emplace_back(given_->receipt);
    if (given_ && plan_.start) opening_.emplace_back(*plan_.start);
    if (given_ && given_->receipt.position > common.position) asked_ = HeadOf(given_->receipt);
  } else if (reached.position > common.position) {
    reading_on_ = true;
    asked_ = from = std::move(reached);
  }
  return {};
}

std::int64_t ExchangeRun::GivenThrough() const {
  return given_ ? given_->through : 0;
}

base::Result<protocol::Message> ExchangeRun::GiveBack() {
  if (!opening_.empty()) {
    protocol::Message next = std::move(opening_.front());
    opening_.pop_front();
    return next;
  }
  if (plan_.proof && returned_through_ < plan_.last) {
    HOSO_TRY_ASSIGN(protocol::Returned piece,
                    Recovery(desk_.store_).Piece(plan_, returned_through_));
    returned_through_ += static_cast<std::int64_t>(piece.entries.size());
    return protocol::Message(std::move(piece));
  }
  if (plan_.proof && returned_through_ == plan_.last) {
    ++returned_through_;
    return protocol::Message(*plan_.proof);
  }
  phase_ = Phase::kOver;
  return protocol::Message(protocol::Over{});
}

/// The province has signed after it took what was given back.
base::Status ExchangeRun::KeepGiven() {
  if (!plan_.proof) return {};
  report_.returned += plan_.last - plan_.after;
  given_ = OtherLog::GivenBack{plan_.last, *receipt_};
  return desk_.store_.database().Atomically([&] { return other_.SetGiven(*given_); });
}

base::Status ExchangeRun::SetAside(const protocol::Entries& entries) {
  const std::int64_t before = entries.first - 1;
  const bool first = came_.position == asked_.position;
  if (first && before > came_.position) {  // They are the same further than the desk was told.
    HOSO_TRY_ASSIGN(const auto hash, desk_.store_.HashAt(before));
    if (hash) came_ = next_common_ = {before, *hash};
  }
  if (before != came_.position) return Fail(ErrorKind::kDamaged, "log.gap");
  const auto end = before + static_cast<std::int64_t>(entries.entries.size());
  HOSO_TRY(desk_.store_.database().Atomically(
      [&] { return other_.Take(came_, entries.entries, signed_[end]); }));
  came_ = {end, signed_[end]};
  return {};
}

/// At the end of an answer: reads on, gives back more, or lets the other log take the place of
/// this one.
base::Status ExchangeRun::EndParted(const protocol::Done& done) {
  next_.parted = Course::Parted{epoch_, next_common_};
  if (done.more) return {};
  const store::LogHead head{done.position, done.log_hash};
  HOSO_TRY_ASSIGN(const auto own, desk_.store_.HashAt(head.position));
  const bool same = own && *own == head.hash;
  if (same) next_.parted->common = head;
  // Where both logs are the same by now, what lies aside is of a third one.
  HOSO_TRY(desk_.store_.database().Atomically(
      [&] { return other_.RemoveAfter(same ? 0 : head.position); }));
  const std::int64_t common = next_.parted->common.position;
  HOSO_TRY_ASSIGN(const bool whole, other_.Has(head, common));
  if (!whole && head.position > 0) return Fail(ErrorKind::kDamaged, "log.mismatch");
  if (given_) {
    HOSO_TRY_ASSIGN(const bool there, other_.Has(HeadOf(given_->receipt), common));
    if (!there) return GiveBackAnew();
  }
  HOSO_TRY_ASSIGN(
      const auto plan,
      Recovery(desk_.store_).PlanReturn(next_.parted->common, GivenThrough(), desk_.return_piece_));
  if (plan.proof) {
    more_ = true;
    if (!given_) return {};
    given_->receipt = *receipt_;  // So that the next answer begins where this one ended.
    return desk_.store_.database().Atomically([&] { return other_.SetGiven(*given_); });
  }
  const SyncReport before = report_;
  base::Status replaced = desk_.store_.database().Atomically([&] { return Replace(done); });
  if (!replaced) report_ = before;
  // Somebody on an earlier line may have kept what was given back from it.
  if (!replaced && replaced.error().reason == "log.rewritten" && !course_.anew)
    return GiveBackAnew();
  next_.parted.reset();
  return replaced;
}

/// The province lacks again what it had been given: it fell back once more meanwhile.
base::Status ExchangeRun::GiveBackAnew() {
  more_ = again_ = next_.anew = true;
  return desk_.store_.database().Atomically([&] { return other_.Forget(); });
}

/// Puts the other log in the place of this one: all of it or nothing, so that what was left out of
/// it is still here to be given back.
base::Status ExchangeRun::Replace(const protocol::Done& done) {
  HOSO_TRY(KeepReceipt(*receipt_));
  HOSO_TRY(other_.ForEach([&](const protocol::Entries& entries) { return Append(entries); }));
  HOSO_TRY_ASSIGN(const auto head, desk_.store_.Head());
  if (head.position > done.position) HOSO_TRY(Rewind(done.position));
  // It signed them, it got them back, and has left them out: that is no accident.
  if (!owed_.empty()) return Fail(ErrorKind::kDamaged, "log.rewritten");
  HOSO_TRY(CheckSigned(done.position));
  return other_.Forget();
}

/// The province's log is what counts, also where it is not the one that this desk knew.
base::Status ExchangeRun::Rewind(std::int64_t position) {
  HOSO_TRY_ASSIGN(Recovery::Rewound rewound,
                  Recovery(desk_.store_)
                      .Rewind(position, receipt_ ? receipt_->accepted_through : 0, GivenThrough()));
  owed_.merge(rewound.owed);
  return desk_.Refold(rewound.dossiers);
}

}  // namespace hoso::engine
