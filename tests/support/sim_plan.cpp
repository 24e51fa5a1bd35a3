#include "tests/support/sim_plan.h"

#include <algorithm>

#include "tests/support/fakes.h"

namespace hoso::testing {
namespace {

using What = SimEvent::What;

constexpr const char* kNames[] = {
    "acts",       "exchanges",   "a late request", "stops",
    "disk fails", "disk full",   "reads fail",     "memory refused",
    "copied",     "put back",    "cloned",         "backed up",
    "falls back", "clock jumps", "rights changed", "catalogue published"};

SimWeather DrawWeather(SeededRandom& random) {
  SimWeather weather;
  weather.desks = 2 + random.Below(random.Chance(80) ? 2 : 7);
  const auto often = [&](int most) {
    return random.Chance(50) ? 0 : static_cast<int>(random.Below(static_cast<std::uint64_t>(most)));
  };
  weather.cut = often(70);
  weather.half_open = often(40);
  weather.repeat = often(40);
  weather.portal = often(20);
  weather.lies = random.Chance(25) ? 20 + static_cast<int>(random.Below(60)) : 0;
  weather.windows = random.Chance(20);
  weather.newer = random.Chance(30);
  weather.older = random.Chance(30);
  weather.careless = random.Chance(30);
  weather.beside = random.Chance(30);
  weather.slow_ms = static_cast<std::int64_t>(random.Below(random.Chance(50) ? 100 : 2000));
  weather.second_stop = often(60);
  weather.piece = random.Chance(70) ? 200 + random.Below(3000) : 0;
  // Twenty seconds of a slow line are soon over where each entry has a frame of its own.
  if (weather.windows && weather.piece > 0)
    weather.slow_ms = std::min<std::int64_t>(weather.slow_ms, 300);
  return weather;
}

/// How often each kind of event comes in this life; half of the troubles are left out.
std::vector<std::pair<What, int>> DrawMixture(SeededRandom& random) {
  std::vector<std::pair<What, int>> mixture = {
      {What::kAct, 60}, {What::kExchange, 10 + static_cast<int>(random.Below(30))}};
  // Old copies of one kind in a life: two of them together may lose for good what only both held.
  const std::uint64_t copies = random.Below(12);
  const bool falls_back = copies >= 3 && copies <= 6, clones = copies >= 4 && copies <= 8;
  const std::pair<What, int> troubles[] = {
      {What::kLate, 6},  {What::kStop, 8},   {What::kDisk, 10},
      {What::kFull, 4},  {What::kReads, 3},  {What::kMemory, 5},
      {What::kClock, 4}, {What::kRights, 4}, {What::kCatalogue, 2}};
  for (const auto& [what, most] : troubles)
    // A province that falls back forgets what administration did; who may do what would be unclear.
    if (random.Chance(50) && !(falls_back && what == What::kRights))
      mixture.push_back(
          {what, 1 + static_cast<int>(random.Below(static_cast<std::uint64_t>(most)))});
  if (copies < 3) mixture.insert(mixture.end(), {{What::kCopy, 5}, {What::kPutBack, 5}});
  if (falls_back) mixture.insert(mixture.end(), {{What::kStandBy, 5}, {What::kFallBack, 4}});
  if (clones) mixture.push_back({What::kClone, 5});
  return mixture;
}

class Story {
 public:
  void Act(std::size_t desk, const std::string& act) { Add(What::kAct, desk, act); }
  void Exchange(std::size_t desk) { Add(What::kExchange, desk, ""); }
  SimPlan plan{0, {}, {}, true};

 private:
  void Add(What what, std::size_t desk, const std::string& act) {
    at_ms_ += 5000;
    plan.events.push_back({at_ms_, what, desk, plan.events.size() + 1, act});
  }
  std::int64_t at_ms_ = 0;
};

/// Most lives begin where work is under way: dossiers that everybody has.
std::int64_t Morning(SimPlan& plan, SeededRandom& random) {
  constexpr std::int64_t kStep = 1000;
  std::int64_t at_ms = 0;
  const auto add = [&](What what, std::size_t desk, const char* act) {
    plan.events.push_back({at_ms += kStep, what, desk, random.Below(~std::uint64_t{0}), act});
  };
  const std::uint64_t dossiers = 1 + random.Below(3);
  for (std::uint64_t i = 0; i < dossiers; ++i) add(What::kAct, 0, "receive");
  const bool transferred = random.Chance(70);
  if (transferred) add(What::kAct, 0, "transfer");
  const auto all = [&](What what, const char* act) {
    for (std::size_t desk = 0; desk < plan.weather.desks; ++desk) add(what, desk, act);
  };
  all(What::kExchange, "");
  if (random.Chance(50)) {  // And a place that nobody agrees about.
    all(What::kAct, "write summary");
    all(What::kExchange, "");
  }
  if (transferred && random.Chance(20)) {  // Who proposed comes to decide.
    const auto try_to = [&](const char* act) {
      for (int tries = 0; tries < 3; ++tries) add(What::kAct, 1, act);
    };
    try_to("propose");
    add(What::kExchange, 1, "");
    add(What::kRights, 1, "promote");
    add(What::kExchange, 1, "");
    try_to("approve");
  }
  return at_ms;
}

/// Some lives have the province lose what desks hold and people have on paper, and somebody who is
/// faster than they.
std::int64_t Loss(SimPlan& plan, SeededRandom& random, const char* how, std::int64_t at_ms) {
  const auto add = [&](What what, std::size_t desk, const char* act) {
    plan.events.push_back({at_ms += 1000, what, desk, random.Below(~std::uint64_t{0}), act});
  };
  const auto some_desk = [&] { return random.Below(plan.weather.desks); };
  add(What::kStandBy, 0, "");
  const std::uint64_t acts = 1 + random.Below(16);
  for (std::uint64_t i = 0; i < acts; ++i) {
    const std::size_t desk = some_desk();
    add(What::kAct, desk, random.Chance(40) ? "receive" : "");
    if (random.Chance(60)) add(What::kExchange, desk, "");
  }
  const std::uint64_t losses = random.Chance(60) ? 1 : 2 + random.Below(3);
  for (std::uint64_t i = 0; i < losses; ++i) {
    add(What::kFallBack, 0, how);
    const std::size_t faster = some_desk();
    if (random.Chance(70)) add(What::kAct, faster, random.Chance(70) ? "receive" : "");
    for (std::size_t next = 0; next < plan.weather.desks; ++next)
      if (random.Chance(70)) add(What::kExchange, (faster + next) % plan.weather.desks, "");
    if (random.Chance(60))  // Once more, while the last of them is giving back.
      plan.events.push_back({at_ms + 1, What::kFallBack, 0, random.Below(~std::uint64_t{0}), how});
  }
  return at_ms;
}

}  // namespace

SimPlan DrawPlan(std::uint64_t seed, std::size_t events) {
  SeededRandom random(seed);
  SimPlan plan{seed, DrawWeather(random), {}, false};
  const auto mixture = DrawMixture(random);
  std::uint64_t all = 0;
  for (const auto& [what, weight] : mixture) all += static_cast<std::uint64_t>(weight);
  std::int64_t at_ms = 0;
  if (random.Chance(80)) at_ms = Morning(plan, random);
  const bool falls_back = std::any_of(mixture.begin(), mixture.end(), [](const auto& kind) {
    return kind.first == What::kFallBack;
  });
  const char* how = random.Chance(50) ? "restore" : random.Chance(50) ? "hand" : "";
  if (falls_back && random.Chance(80)) {
    at_ms = Loss(plan, random, how, at_ms);
    if (random.Chance(50)) plan.weather.cut = 30 + static_cast<int>(random.Below(60));
    if (random.Chance(65)) {  // And somebody who keeps a piece or another of it.
      plan.weather.lies = 20 + static_cast<int>(random.Below(60));
      plan.weather.piece = 200 + random.Below(600);
      plan.weather.slow_ms = std::min<std::int64_t>(plan.weather.slow_ms, 300);
    }
  }
  const std::uint64_t pause = 500 + random.Below(20'000);
  for (std::size_t i = 0; i < events; ++i) {
    at_ms += static_cast<std::int64_t>(1 + random.Below(pause));
    auto left = static_cast<std::int64_t>(random.Below(all));
    std::size_t which = 0;
    while ((left -= mixture[which].second) >= 0) ++which;
    SimEvent event{at_ms, mixture[which].first, random.Below(plan.weather.desks), 0};
    const bool machine = event.what == What::kStop || event.what == What::kDisk ||
                         event.what == What::kFull || event.what == What::kReads;
    if (machine && random.Chance(35)) event.machine = kProvinceMachine;
    event.seed = random.Below(~std::uint64_t{0});
    if (event.what == What::kFallBack) event.act = how;
    plan.events.push_back(event);
  }
  return plan;
}

SimPlan ShortStory() {
  Story story;
  story.plan.weather.desks = 3;
  story.Act(0, "receive");
  story.Act(0, "transfer");
  story.Exchange(0);
  story.Exchange(1);
  story.Act(0, "write summary");
  story.Act(1, "write summary");
  story.Act(1, "note");
  story.Exchange(0);
  story.Exchange(1);
  story.Act(1, "resolve");
  story.Act(1, "propose");
  story.Exchange(1);
  story.Exchange(2);
  story.Act(2, "approve");
  story.Act(1, "write phone");
  story.Exchange(2);
  story.Exchange(1);
  story.Exchange(0);
  return story.plan;
}

SimPlan ReferenceDay(std::uint64_t seed) {
  constexpr int kReceived = 60, kEdits = 300, kSteps = 120, kExchangeEvery = 40;
  SeededRandom random(seed);
  std::vector<std::string> acts;
  acts.insert(acts.end(), kReceived, "receive");
  acts.insert(acts.end(), kEdits, "write");
  acts.insert(acts.end(), kSteps, "step");
  for (std::size_t i = acts.size() - 1; i > 0; --i) std::swap(acts[i], acts[random.Below(i + 1)]);
  Story story;
  story.plan.seed = seed;
  story.plan.weather.desks = 3;
  int done = 0;
  for (const std::string& act : acts) {
    story.Act(act == "receive" ? 0 : random.Below(3), act);
    if (++done % kExchangeEvery == 0)
      for (std::size_t desk = 0; desk < 3; ++desk) story.Exchange(desk);
  }
  return story.plan;
}

std::string ToText(const SimEvent& event) {
  const std::string who =
      event.machine == kProvinceMachine ? "province" : "desk " + std::to_string(event.machine);
  return who + " " + kNames[static_cast<int>(event.what)] +
         (event.act.empty() ? "" : " (" + event.act + ")");
}

}  // namespace hoso::testing
