#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "tests/support/sim_world.h"

// Random lives in which the province falls back to older copies of itself, again and again.

namespace hoso::testing {
namespace {

class Life {
 public:
  explicit Life(std::uint64_t seed) : world_(seed) {
    for (const char* role : {"MC", "CV", "TP", "CV"}) world_.AddDesk(role);
    cut_percent_ = static_cast<int>(world_.random().Below(40));
    back_percent_ = static_cast<int>(world_.random().Below(8));
  }

  std::string Run(int steps) {
    world_.Receive(0, "Nguyễn Văn An");
    world_.BackUpProvince();
    for (int i = 0; i < steps; ++i) {
      if (world_.random().Chance(4)) world_.BackUpProvince();
      if (world_.random().Chance(back_percent_)) world_.RestoreProvince(world_.random().Chance(50));
      const std::size_t desk = Pick(world_.desks());
      if (!world_.random().Chance(30)) {
        Act(desk);
        continue;
      }
      if (std::string wrong = Exchange(desk); !wrong.empty()) return wrong;
    }
    for (std::size_t desk = 0; desk < world_.desks(); ++desk)
      if (std::string wrong = Exchange(desk, {}); !wrong.empty()) return wrong;
    world_.SyncAll();
    return world_.Broken();
  }

 private:
  std::size_t Pick(std::size_t bound) {
    return static_cast<std::size_t>(world_.random().Below(bound));
  }

  std::string Exchange(std::size_t desk) {
    MemoryProvince::Faults faults;
    if (world_.random().Chance(cut_percent_)) faults.cut_request = Pick(3000);
    if (world_.random().Chance(cut_percent_)) faults.cut_answer = Pick(4000);
    faults.repeat = world_.random().Chance(20);
    faults.piece = 1 + Pick(5000);
    return Exchange(desk, faults);
  }
  std::string Exchange(std::size_t desk, const MemoryProvince::Faults& faults) {
    const auto report = world_.Sync(desk, faults);
    if (report || report.error().kind == base::ErrorKind::kUnreachable) return {};
    return "desk " + std::to_string(desk) + " could not exchange: " + report.error().reason;
  }

  void Act(std::size_t desk) {
    const auto& all = world_.dossiers();
    const std::string id = all[Pick(all.size())];
    const std::string value = "giá trị " + std::to_string(world_.random().Below(4));
    static constexpr const char* kSteps[] = {"transfer", "propose", "ask-supplement"};
    switch (world_.random().Below(6)) {
      case 0:
        if (desk == 0 && all.size() < 8) (void)world_.Receive(0, value);
        break;
      case 1:
      case 2:
        (void)world_.Write(desk, id, "summary", value);
        break;
      case 3:
        (void)world_.Act(desk, id, change::AddNote{value});
        break;
      case 4:
        (void)world_.Step(desk, id, kSteps[Pick(3)]);
        break;
      default:
        (void)world_.Decide(desk, id, change::Decision::kApprove);
    }
  }

  SimWorld world_;
  int cut_percent_, back_percent_;
};

TEST(ProvinceLives, NothingAcknowledgedIsLostAndEveryReplicaAgrees) {
  const char* more = std::getenv("HOSO_LIVES");
  const std::uint64_t from = more ? std::strtoull(more, nullptr, 10) : 1, count = more ? 100 : 25;
  for (std::uint64_t seed = from; seed < from + count; ++seed)
    EXPECT_EQ(Life(seed).Run(90), "") << "seed " << seed;
}

}  // namespace
}  // namespace hoso::testing
