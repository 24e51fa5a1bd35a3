#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "sync/engine/desk.h"
#include "tests/support/sim_cast.h"

namespace hoso::testing {

/// The clock of one machine: the world's time, as wrong as it was set, and since it came up.
class MachineClock : public base::Clock {
 public:
  explicit MachineClock(const std::int64_t& world_ms) : world_ms_(world_ms) {}
  std::int64_t NowMs() const override { return kBegin + world_ms_ + wrong_ms; }
  std::int64_t MonotonicMs() const override { return 1000 + world_ms_ - up_ms_; }
  void Reboot() { up_ms_ = world_ms_; }
  std::int64_t wrong_ms = 0;

 private:
  static constexpr std::int64_t kBegin = 1'795'397'400'000;  // 2026-11-23 08:30 in Việt Nam.
  const std::int64_t& world_ms_;
  std::int64_t up_ms_ = 0;
};

using TimesOfActs = std::map<change::ChangeId, std::int64_t>;
/// A change whatever its number: where it refers to an act of one of `names`, that act's time.
base::Bytes MeaningOf(const base::Bytes& octets, const std::set<std::string>& names,
                      const TimesOfActs& times);

/// One desk: its disk, its program, and what its officers were told is saved.
class SimDesk {
 public:
  SimDesk(const SimCast& cast, std::size_t number, const std::int64_t& world_ms);
  /// The same desk's folder on another PC.
  SimDesk(const SimCast& cast, std::size_t number, const SimDesk& original);

  /// A program at work on the desk's file.
  struct Program {
    std::unique_ptr<store::DeskStore> store;
    std::unique_ptr<engine::Desk> desk;
    bool distrusted = false;  // The disk has refused to make a commit of it durable.
  };
  base::Result<Program> Start();
  base::Status Open();
  void Close() { program = {}; }

  const SimCast::Member& member() const { return member_; }
  engine::Actor ActorOf(std::size_t officer) const;
  /// Records with that officer; what was acknowledged is remembered.
  base::Result<change::Change> Record(Program& with, std::size_t officer,
                                      const std::string& dossier, change::Body body);
  /// The same as a newer program would do it: with members that this one does not know.
  base::Status RecordNewer(Program& with, std::size_t officer, const std::string& dossier,
                           bool unknown_kind);

  /// The same as a program would do it that asks nobody whether it may; `forged`: with a signature
  /// that is not the officer's, if it needs one.
  base::Result<change::Change> RecordUnasked(Program& with, std::size_t officer,
                                             const std::string& dossier, change::Body body,
                                             bool forged);

  /// What is wrong with what this desk holds, in words: of what was acknowledged, something is
  /// neither waiting nor in its log; what an older copy holds is not asked for.
  std::string Missing(const std::set<std::int64_t>& at_province);

  void Copy();
  /// `at_province`: the acts of this desk that the province has; only the others go with the copy.
  void PutBack(const std::set<std::int64_t>& at_province);
  bool copied() const { return copy_.has_value(); }

  /// Every replica that it and its copies have been; a copy may become one of its own.
  const std::set<std::string>& names() const { return *names_; }
  const std::string& replica() const { return replica_; }
  const std::string& certificate() const { return certificate_; }
  base::Status KnowItself();

  FaultDisk disk;
  MachineClock clock;
  std::size_t piece = 0;  // See SimWeather; for programs that are started from now on.
  Program program;
  bool wrote_on_distrusted = false;
  std::size_t sessions = 0;   // At the end, with its officers in turn.
  bool busy = false;          // In an exchange: its program may not be taken away now.
  FaultDisk::Loss loss{};     // How it stopped.
  std::int64_t position = 0;  // Of its log, as last seen.

  struct Act {
    base::Bytes octets;  // As recorded, references by the times of the acts they mean; empty if the
                         // machine stopped before that could be written down.
    std::string decided_on;
  };
  /// By the desk's time, which no two acts of a desk share here; numbers may change.
  std::map<std::int64_t, Act> acknowledged;
  std::set<std::int64_t>
      badly_signed;                 // Acts that their officer has not signed; doubtful ones, too.
  std::set<std::int64_t> doubtful;  // Told to have failed, or lost with a disk: may appear or not.
  bool compare_exactly = true;      // Nothing is ever issued again under another number.

  /// The octets with every number of this desk's replicas replaced by the time of the act.
  base::Bytes Meaning(Program& with, const change::Change& change, const base::Bytes& octets);

 private:
  base::Status Append(Program& with, const change::Change& change, const base::Bytes& octets,
                      const base::Bytes& chain);
  std::string ContentSeen(Program& with, const std::string& dossier);

  const SimCast& cast_;
  const std::size_t number_;
  const SimCast::Member& member_;
  std::shared_ptr<std::set<std::string>> names_;  // Of the whole family.
  std::string replica_, certificate_;             // Who it is now.
  std::optional<FaultDisk::Image> copy_;
  std::set<std::int64_t> known_to_copy_;
};

}  // namespace hoso::testing
