#include <cstdio>

#include "tests/support/sim_world.h"

namespace hoso::testing {
namespace {

class Life {
 public:
  Life(std::uint64_t seed, bool trace) : world_(seed), trace_(trace) {
    for (const char* role : {"MC", "CV", "TP"}) world_.AddDesk(role);
    // Each life draws its own weather, so that some are calm and some are terrible.
    cut_percent_ = static_cast<int>(world_.random().Below(70));
    repeat_percent_ = static_cast<int>(world_.random().Below(40));
    restart_percent_ = static_cast<int>(world_.random().Below(10));
    copy_percent_ = static_cast<int>(world_.random().Below(15));
  }

  std::string Run(int steps) {
    world_.Receive(0, "Nguyễn Văn An");
    for (int i = 0; i < steps; ++i) {
      const std::size_t desk = Pick(world_.desks());
      if (world_.random().Chance(restart_percent_)) Restart(desk);
      if (world_.random().Chance(copy_percent_)) CopyOrPutBack(desk);
      if (world_.random().Chance(25)) {
        if (std::string wrong = Exchange(desk); !wrong.empty()) return wrong;
      } else {
        Act(desk);
      }
    }
    world_.SyncAll();
    return world_.Broken();
  }

 private:
  std::size_t Pick(std::size_t bound) {
    return static_cast<std::size_t>(world_.random().Below(bound));
  }

  void Restart(std::size_t desk) {
    if (world_.random().Chance(30)) {
      world_.RestartProvince();
    } else {
      world_.RestartDesk(desk);
    }
  }

  void CopyOrPutBack(std::size_t desk) {
    const bool back = copied_.contains(desk) && world_.random().Chance(60);
    if (trace_) std::printf("desk %zu %s\n", desk, back ? "put back from its copy" : "copied");
    if (back) {
      world_.RestoreDesk(desk, world_.random().Chance(50));
    } else {
      world_.BackUpDesk(desk);
      copied_.insert(desk);
    }
  }

  std::string Exchange(std::size_t desk) {
    MemoryProvince::Faults faults;
    if (world_.random().Chance(cut_percent_)) faults.cut_request = Pick(3000);
    if (world_.random().Chance(cut_percent_)) faults.cut_answer = Pick(4000);
    faults.repeat = world_.random().Chance(repeat_percent_);
    faults.piece = 1 + Pick(5000);
    const auto report = world_.Sync(desk, faults);
    if (trace_)
      std::printf("desk %zu exchanges: %s\n", desk,
                  report ? "level" : report.error().reason.c_str());
    // A cut line is daily life; any other failure of an honest desk is a bug.
    if (!report && report.error().kind != base::ErrorKind::kUnreachable)
      return "desk " + std::to_string(desk) + " could not exchange: " + report.error().reason;
    return {};
  }

  void Act(std::size_t desk) {
    const std::string id = world_.dossiers()[Pick(world_.dossiers().size())];
    const auto made = ActOn(desk, id);
    if (trace_) std::printf("desk %zu %s\n", desk, made.c_str());
  }

  template <class T>
  static std::string Told(const char* act, const base::Result<T>& result) {
    return std::string(act) + ": " + (result ? "saved" : result.error().reason);
  }

  std::string ActOn(std::size_t desk, const std::string& id) {
    static constexpr const char* kKeys[] = {"applicant.phone", "summary", "parcel.number"};
    static constexpr const char* kSteps[] = {"transfer", "propose", "ask-supplement",
                                             "supplement-received", "withdraw"};
    const std::string value = "giá trị " + std::to_string(world_.random().Below(4));
    switch (world_.random().Below(10)) {
      case 0:
        if (desk == 0 && world_.dossiers().size() < 6)
          return "receives " + world_.Receive(0, value);
        [[fallthrough]];
      case 1:
      case 2:
      case 3:
        return Told("writes", world_.Write(desk, id, kKeys[Pick(3)], value));
      case 4:
        return Told("notes", world_.Act(desk, id, change::AddNote{value}));
      case 5:
      case 6:
        return Told("steps",
                    world_.Step(desk, id, kSteps[Pick(world_.random().Chance(5) ? 5 : 4)]));
      case 7:
        return Told("decides", world_.Decide(desk, id, static_cast<change::Decision>(Pick(3))));
      case 8:
        return Told("resolves", Resolve(desk, id));
      default:
        return Told("settles", Settle(desk, id));
    }
  }

  base::Result<change::Change> Resolve(std::size_t desk, const std::string& id) {
    const change::DossierState state = world_.Shown(desk, id);
    for (const auto& [key, place] : state.registers) {
      if (place.rivals.empty() || place.began == 0) continue;
      change::Resolve resolve{key, place.began, {place.held.id}, {}, {}};
      for (const change::Value& rival : place.rivals) resolve.seen.push_back(rival.id);
      if (world_.random().Chance(70)) {
        resolve.keep = resolve.seen[Pick(resolve.seen.size())];
      } else {
        resolve.value = "giá trị mới";
      }
      return world_.Act(desk, id, resolve);
    }
    return base::Fail(base::ErrorKind::kNotFound, "nothing to resolve");
  }

  base::Result<change::Change> Settle(std::size_t desk, const std::string& id) {
    const change::DossierState state = world_.Shown(desk, id);
    for (const change::SetAside& aside : state.set_aside)
      if (aside.settled.empty() && aside.position > 0)
        return world_.Act(desk, id, change::Settle{aside.id, world_.random().Chance(50), "lý do"});
    return base::Fail(base::ErrorKind::kNotFound, "nothing to settle");
  }

  SimWorld world_;
  bool trace_;
  int cut_percent_, repeat_percent_, restart_percent_, copy_percent_;
  std::set<std::size_t> copied_;
};

}  // namespace

std::string LiveThrough(std::uint64_t seed, int steps, bool trace) {
  return Life(seed, trace).Run(steps);
}

}  // namespace hoso::testing
