#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "sync/server/reconciler.h"
#include "tests/support/sim_desk.h"
#include "tests/support/sim_liar.h"
#include "tests/support/sim_plan.h"

namespace hoso::testing {

/// One random or written life of a province and its desks: real stores, codec, compression and
/// signatures; the clock, the line and the disks are ours. Everything follows from the plan.
class SimLife {
 public:
  /// With `tell` each line of the trace is given to it as it happens.
  using Tell = std::function<void(const std::string&)>;
  SimLife(const SimCast& cast, const SimPlan& plan, Tell tell = {});
  ~SimLife();

  /// What is wrong, in words; empty when every promise held.
  std::string Live();
  std::uint64_t trace_hash() const { return hash_; }
  std::size_t faults() const { return faults_; }

  // For lives that are stopped at every point.
  FaultDisk& DiskOf(std::size_t machine);
  std::uint64_t sends() const { return sends_; }
  void CutAtSend(std::uint64_t send) { cut_at_send_ = send; }
  /// After the stop that is planned, stop again at this point of coming up.
  void StopAgainAfter(std::uint64_t points) { stop_again_after_ = points; }
  /// How many points the coming up after the last stop took.
  std::uint64_t recovery_points() const { return recovery_points_; }
  void SetLoss(FaultDisk::Loss loss) { planned_loss_ = loss; }

 private:
  class Line;
  struct Request {
    std::string certificate, octets;
  };
  /// What administration did to an officer, and after which position of the log.
  struct Right {
    std::int64_t after = 0;
    std::string user, role, unit;
    bool active = true;
  };

  void Say(const std::string& text);
  void Wrong(const std::string& text);
  bool broken() const { return !wrong_.empty(); }

  void RunEvents(std::int64_t until_ms);
  void Do(const SimEvent& event);
  std::size_t OneOfItsCopies(std::size_t machine);
  /// Time goes by in the middle of something; other things happen.
  void Pass(std::int64_t ms);

  void Act(const SimEvent& event);
  std::string ActWith(SimDesk& desk, SimDesk::Program& with, const std::string& act);
  std::string Told(const std::string& what, const base::Result<change::Change>& made);
  std::string ActOn(SimDesk& desk, SimDesk::Program& with, std::size_t officer,
                    const std::string& dossier, const std::string& wanted);
  std::string ReceiveWith(SimDesk& desk, SimDesk::Program& with, std::size_t officer);
  std::string NewerWith(SimDesk& desk, SimDesk::Program& with, std::size_t officer,
                        const std::string& dossier);
  std::string CarelessWith(SimDesk& desk, SimDesk::Program& with, std::size_t officer,
                           const std::string& dossier, change::Body body, bool forged);
  void CheckSeen(SimDesk::Program& with, const change::Change& made);

  void Exchange(std::size_t desk, bool calm);
  base::Result<engine::SyncReport> ExchangeOnce(std::size_t desk, bool calm, bool lied);
  base::Result<engine::SyncReport> Reconcile(SimDesk& desk, engine::Province& line,
                                             const engine::Actor& actor);
  void Late();
  bool LineIsUp() const;

  void Trouble(const SimEvent& event);
  void Stop(std::size_t machine);
  void CopyOrPutBack(const SimEvent& event);
  void Clone(const SimEvent& event);
  /// The official code of a dossier, and others that it had been given before an earlier loss.
  using Paper = std::pair<std::string, std::set<std::string>>;
  void FallBack(const SimEvent& event);
  void FallBetweenRequests();
  void KeepCodes();
  Right DrawRight();
  void ChangeRights(const SimEvent& event);
  void Publish();

  /// Brings up what has stopped and is not in use.
  void Tend();
  void TendDesk(std::size_t desk);
  void TendProvince();
  base::Status OpenProvince();
  bool OpenAgain(FaultDisk& disk, FaultDisk::Loss loss, const std::function<base::Status()>& open,
                 const std::string& who);
  bool Excused(const base::Error& error, std::uint64_t before) const;
  std::uint64_t Troubles() const;

  // What must always hold, and what must hold in the end.
  std::set<std::int64_t> AtProvince(const SimDesk& desk);
  std::vector<change::Entry> Log();
  void CheckPositions();
  void CheckReceived(SimDesk& desk);
  void CheckReceipts();
  void Quiesce();
  bool Level(std::size_t desk);
  void CheckEnd();
  void CheckLog(const std::vector<change::Entry>& log);
  void CheckCodes(const std::vector<change::Entry>& log);
  void CheckActs(const std::vector<change::Entry>& log);
  void CheckMeaning(const std::vector<change::Entry>& log);
  void CheckReplicas();
  void CheckAudit();
  /// The desk that `replica` was, or was copied from, by its first name; empty if there is none.
  std::string FamilyOf(const std::string& replica) const;
  /// What was acknowledged of that act, at whichever of a desk and its clones.
  struct Promise {
    const SimDesk* desk = nullptr;
    const SimDesk::Act* act = nullptr;  // Null if nothing.
  };
  Promise Acknowledged(const std::string& family, std::int64_t at_ms) const;
  bool BadlySigned(const std::string& family, std::int64_t at_ms) const;

  std::uint64_t Below(std::uint64_t bound) { return random_.Below(bound); }
  bool Chance(int percent) { return random_.Chance(percent); }

  const SimCast& cast_;
  const SimPlan plan_;
  Tell tell_;
  SeededRandom random_;  // Of the event that is happening.
  SimOfficer officer_;
  SimLiar liar_;
  SeededRandom machines_;  // What machines draw: ids of dossiers, epochs.
  std::int64_t now_ms_ = 0;
  std::vector<std::unique_ptr<SimDesk>> desks_;
  FaultDisk province_disk_;
  FaultDisk::Loss province_loss_{};
  bool spoiled_ = false;  // Its connection to the database has failed.
  std::optional<FaultDisk::Image> province_copy_;
  std::optional<SimEvent> falls_;                             // In the middle of an exchange,
  std::uint64_t answers_before_fall_ = 0;                     // after some answers.
  bool fell_back_ = false, by_hand_ = false;                  // Not by `restore`, once.
  std::map<std::string, std::set<std::string>> given_codes_;  // To a dossier, before it fell back.
  std::map<std::string, Paper> codes_;  // What was on paper when it fell back.
  bool moves_ = false;                  // A copied desk becomes one of its own.
  bool copies_ = false;                 // Desks or the province are copied in this life.
  MachineClock province_clock_;
  std::unique_ptr<store::ProvinceStore> province_;
  std::unique_ptr<server::Lender> lender_;
  std::unique_ptr<server::Reconciler> reconciler_;
  std::size_t catalogue_ = 0;

  std::size_t next_ = 0;  // Of the plan's events.
  int depth_ = 0;         // Exchanges that are running, one inside the other.
  std::vector<std::string> dossiers_;
  std::deque<Request> requests_;
  std::vector<Right> rights_;
  std::set<std::size_t> full_;
  bool failed_ = false;  // What was just tried: in a story it is tried again.

  std::uint64_t sends_ = 0, cut_at_send_ = 0, stop_again_after_ = 0, recovery_points_ = 0;
  std::optional<FaultDisk::Loss> planned_loss_;
  std::uint64_t hash_ = 14695981039346656037u;
  std::size_t faults_ = 0;
  std::string wrong_;
};

}  // namespace hoso::testing
