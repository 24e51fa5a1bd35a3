#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>

#include "sync/engine/desk.h"
#include "sync/engine/other_log.h"
#include "sync/engine/recovery.h"

namespace hoso::engine {

/// What the rounds before taught the next one.
struct Course {
  bool quiet = false;  // Only pulls: the province lacks changes that it had acknowledged.
  bool anew = false;   // What had been given back was missing, and is given back once more.
  /// The province's log went another way after this position.
  struct Parted {
    std::string epoch;
    store::LogHead common;
  };
  std::optional<Parted> parted;  // Gives back instead of offering.
};

/// One request and its answer. Made for one round and thrown away, so there is no state to reset
/// after a cut. Gives the request's octets as the transport asks for them and takes the answer's
/// as they come; each frame of the answer is durable before the next is read.
class ExchangeRun : public protocol::ByteSource, public protocol::ByteSink {
 public:
  static constexpr std::int64_t kMaxBatches = 64;  // In one request; the rest goes in the next.

  ExchangeRun(Desk& desk, const Actor& present, const SyncWatch& watch, Course course,
              SyncReport& report, SyncProgress& progress)
      : desk_(desk),
        present_(present),
        watch_(watch),
        course_(std::move(course)),
        report_(report),
        progress_(progress),
        other_(desk.store_) {
    next_.anew = course_.anew;
  }

  base::Result<std::size_t> Read(char* into, std::size_t size) override;
  base::Status Write(std::string_view bytes) override;

  bool finished() const { return finished_; }  // The province's Done has come.
  bool more() const { return more_; }
  bool must_move() const { return must_move_; }
  bool again() const { return again_; }  // Nothing of it was taken; see next().
  bool forked() const { return forked_; }
  const Course& next() const { return next_; }

 private:
  base::Status GoOn() const;
  base::Status ShowProgress();
  base::Result<protocol::Message> NextRequest();
  base::Result<protocol::Message> MakeHello();
  base::Result<protocol::Batch> MakeBatch(const std::vector<store::OutboxRow>& rows);
  base::Status Take(const protocol::Message& message);
  base::Status TakeRefused(const protocol::Refused& refused);
  base::Status TakeWelcome(const protocol::Welcome& welcome);
  base::Status TakeReceipt(const protocol::Receipt& receipt);
  base::Status KeepReceipt(const protocol::Receipt& receipt);
  base::Status KeepPartReceipt(const protocol::Receipt& receipt);
  base::Status TakeEntries(const protocol::Entries& entries);
  base::Status Append(const protocol::Entries& entries);
  base::Status CheckSigned(std::int64_t position);
  using Touched = std::map<std::string, store::StoredDossier>;
  base::Status TakeEntry(std::int64_t position, const base::Bytes& encoded, store::LogHead& head,
                         Touched& touched);
  base::Status TakeNameless(const base::Bytes& octets);
  base::Status TakeOwn(const change::ChangeId& id, const change::Entry& entry, Touched& touched);
  base::Status Touch(const std::string& id, Touched& touched);
  base::Status TakePart(const protocol::Part& part);
  base::Result<bool> MustMove();
  base::Status TakeDone(const protocol::Done& done);
  base::Status EndLevel(const protocol::Done& done);
  // exchange_parted.cpp
  base::Status TakeBehind(const protocol::Behind& behind);
  base::Status BeginParted(store::LogHead& from);
  base::Result<protocol::Message> GiveBack();
  base::Status KeepGiven();
  base::Status SetAside(const protocol::Entries& entries);
  base::Status EndParted(const protocol::Done& done);
  base::Status GiveBackAnew();
  base::Status Replace(const protocol::Done& done);
  base::Status Rewind(std::int64_t position);
  std::int64_t GivenThrough() const;
  void CountOwn(const change::Entry& entry);

  Desk& desk_;
  const Actor& present_;
  const SyncWatch& watch_;
  const Course course_;
  SyncReport& report_;
  SyncProgress& progress_;
  enum class Phase { kHello, kBatches, kReturns, kOver } phase_ = Phase::kHello;
  // Where the logs have parted:
  OtherLog other_;
  std::optional<OtherLog::GivenBack> given_;
  Recovery::Plan plan_;                    // The piece that is given back now.
  std::deque<protocol::Message> opening_;  // What is said before its entries.
  std::int64_t returned_through_ = 0;
  bool reading_on_ = false;     // Asked for what follows what lies aside.
  store::LogHead next_common_;  // How far both are known to be the same.
  std::set<base::Bytes> owed_;  // Acts given back that must come again with the log.

  base::Bytes outgoing_;
  std::size_t outgoing_at_ = 0;
  std::int64_t batches_ = 0;
  std::int64_t offered_through_ = 0;
  bool offering_ = false;  // What goes out now is a batch.
  base::Bytes incoming_;
  std::size_t taken_ = 0;                       // Octets of the answer,
  std::string asked_epoch_;                     // what is brought is signed for this one,
  store::LogHead asked_;                        // of the log, which begins after this
  std::string epoch_;                           // as it began,
  std::map<std::int64_t, base::Bytes> signed_;  // with the log's hash where the province signed,
  store::LogHead came_;                         // and came as far as this.
  std::map<std::string, base::Bytes> parts_;
  std::optional<protocol::Receipt> receipt_;
  bool welcomed_ = false, finished_ = false, more_ = false, again_ = false, forked_ = false;
  bool must_move_ = false;
  bool ignoring_ = false;  // The rest of the answer is of no use.
  Course next_;
};

}  // namespace hoso::engine
