/// torture --rounds N [--database postgresql] [--seed S]: five desks (hosoxa-cli) and one server
/// (hosoxa-server; two on PostgreSQL) as processes of their own, mutual TLS between them, each desk
/// behind a line of its own that is late, slow, lossy, cut or down; either side and PostgreSQL are
/// killed at random moments, and now and then the province is put back from a backup, a desk's
/// folder is copied and both go on, or an old copy takes a desk's place. Every so often all is
/// calm: then all must be level, equal, and nothing that an officer was told is saved may be
/// missing.

#include <fcntl.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <poll.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <utility>

#include "common/base/number.h"
#include "common/change/entry.h"
#include "sync/server/authority.h"
#include "tests/support/fakes.h"
#include "tests/support/postgres.h"
#include "tests/support/server_process.h"
#include "tests/support/wan.h"

namespace hoso::testing {
namespace {

using nlohmann::json;

constexpr const char* kUnit = "06994";
constexpr std::array kRoles = {"MC", "CV", "TP", "MC", "CV"};
constexpr int kSessions = 3;    // After the last trouble, so many make everybody level.
constexpr int kCalmEvery = 10;  // Rounds; so are these:
constexpr int kBackUpEvery = 5, kFallBackEvery = 12, kCopyEvery = 20, kPutDeskBackEvery = 30;
constexpr std::size_t kMostOctets = 8'000;

struct Ran {
  int exit = -1;  // Minus the signal that ended it.
  std::string out;
};

/// hosoxa-cli as a process that may be killed before it ends by itself.
class Cli {
 public:
  explicit Cli(std::vector<std::string> words) {
    std::string program = std::string(HOSO_BIN_DIR) + "/hosoxa-cli";
    std::vector<char*> argv = {program.data()};
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::array<int, 2> out{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0) std::abort();
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(out[1], STDOUT_FILENO);
      if (std::freopen("/dev/null", "w", stderr) == nullptr) ::_exit(127);
      ::execv(program.c_str(), argv.data());
      ::_exit(127);
    }
    ::close(out[1]);
    out_ = out[0];
  }
  Cli(const Cli&) = delete;
  Cli& operator=(const Cli&) = delete;

  /// Kills it unless it ends within this time.
  void KillAfter(int ms) {
    const int end = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
    pollfd polled{end, POLLIN, 0};
    if (::poll(&polled, 1, ms) == 0) ::kill(pid_, SIGKILL);
    ::close(end);
  }
  void Kill() { ::kill(pid_, SIGKILL); }
  Ran Wait() {
    Ran ran;
    std::array<char, 4096> piece{};
    for (ssize_t got = 0; (got = ::read(out_, piece.data(), piece.size())) > 0;)
      ran.out.append(piece.data(), static_cast<std::size_t>(got));
    ::close(out_);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return ran;
  }

 private:
  pid_t pid_ = -1;
  int out_ = -1;
};

struct Desk {
  std::string folder;
  std::shared_ptr<Wan> wan;  // A copied desk's is that of its original.
  std::size_t server = 0;
};

class Torture {
 public:
  Torture(std::uint64_t seed, bool postgres) : random_(seed), servers_(postgres ? 2 : 1) {
    std::ofstream(pin_) << "482913\n";
    std::vector<std::string> words = {"init", "--province", "22"};
    if (postgres) {
      cluster_ = std::make_unique<TemporaryPostgres>();
      words.insert(words.end(), {"--database", cluster_->NewDatabase()});
    }
    Do(words);
    for (std::size_t i = 0; i < servers_.size(); ++i) StartServer(i);
    for (std::size_t i = 0; i < kRoles.size() && !broken(); ++i) Enrol(i);
    for (std::size_t i = 0; i < 2 && !broken(); ++i) Receive();
    for (std::size_t i = 0; i < desks_.size(); ++i) CalmSync(i);
  }

  /// What is wrong, in words.
  const std::string& wrong() const { return wrong_; }
  bool broken() const { return !wrong_.empty(); }

  void Round(std::uint64_t number) {
    for (Desk& desk : desks_) desk.wan->SetWeather(DrawWeather());
    const std::size_t victim = random_.Below(servers_.size());
    const bool kill_server = random_.Chance(50), crash_database = cluster_ && random_.Chance(40);
    const std::size_t unlucky = random_.Below(desks_.size());
    std::atomic<bool> killed = false;
    if (crash_database)
      desks_[(unlucky + 1) % desks_.size()].wan->AfterOctets(1 + random_.Below(kMostOctets), [&] {
        cluster_->Crash();
        ++crashes_;
      });
    if (kill_server)
      desks_[unlucky].wan->AfterOctets(1 + random_.Below(kMostOctets), [&] {
        servers_[victim]->End(SIGKILL);
        killed = true;
      });
    std::vector<std::thread> working;
    for (std::size_t i = 0; i < desks_.size(); ++i)
      working.emplace_back([this, i, number, seed = random_.Below(~std::uint64_t{0})] {
        Work(i, number, SeededRandom(seed));
      });
    for (std::thread& one : working) one.join();
    for (Desk& desk : desks_) desk.wan->Forget();
    if (killed) {
      ++server_kills_;
      StartServer(victim);
    }
    if (number % kCopyEvery == 7) CopyDesk(number);
    if (number % kBackUpEvery == 3) BackUp(number);
    if (number % kFallBackEvery == 0) FallBack();
    if (number % kCalmEvery != 0) return;
    Calm();
    if (broken()) return;
    // Where nothing waits, nothing is lost with a desk.
    if (number % kCopyEvery == 0 && desks_.size() > kRoles.size()) Retire();
    if (number % kPutDeskBackEvery == 10) KeepOldDesk();
    if (number % kPutDeskBackEvery == 20) PutDeskBack();
  }

  void Calm() {
    for (Desk& desk : desks_) desk.wan->SetWeather({});
    for (int session = 0; session < kSessions && !broken(); ++session)
      for (std::size_t i = 0; i < desks_.size(); ++i) CalmSync(i);
    if (!broken()) Compare();
    if (!broken()) FindAll();
  }

  void Tell(std::uint64_t rounds, double seconds) const {
    std::printf(
        "%llu rounds: %zu changes acknowledged, %d desks and %d servers killed, %d exchanges cut, "
        "PostgreSQL crashed %d times, the province put back %d times, %d desks copied, %d put "
        "back; "
        "all present, all desks equal, nothing waiting (%.0f s)\n",
        static_cast<unsigned long long>(rounds), acknowledged_.size(), desk_kills_.load(),
        server_kills_, cuts_.load(), crashes_.load(), put_back_, copies_, desks_put_back_, seconds);
  }

 private:
  void Wrong(const std::string& text) {
    const std::lock_guard lock(mutex_);
    if (wrong_.empty()) wrong_ = text;
  }

  json Do(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", data_, "--json"});
    const ServerRan ran = RunServer(words);
    if (ran.exit == 0 && ran.json.is_object()) return ran.json;
    Wrong("hosoxa-server " + words[0] + ": " + ran.out + ran.error);
    return json::object();
  }

  void StartServer(std::size_t which) {
    servers_[which] = std::make_unique<ServerProcess>(data_);
    if (!servers_[which]->ready()) Wrong("a server does not start");
    for (const Desk& desk : desks_)
      if (desk.server == which) desk.wan->SetServer(servers_[which]->port());
  }

  void BackUp(std::uint64_t number) {
    backup_ = folder_ / ("backup" + std::to_string(number));
    Do({"backup", "--out", backup_});
  }
  /// Desks are up to kFallBackEvery rounds ahead, and find out on lines as bad as ever.
  void FallBack() {
    for (const auto& server : servers_) server->End(random_.Chance(50) ? SIGTERM : SIGKILL);
    Do({"restore", "--from", backup_, "--replace"});
    ++put_back_;
    for (std::size_t i = 0; i < servers_.size() && !broken(); ++i) StartServer(i);
  }

  static void CopyFolder(const std::string& from, const std::string& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  }
  /// With all that waits on it; both go on, on the same line.
  void CopyDesk(std::uint64_t number) {
    Desk copy = desks_[random_.Below(desks_.size())];
    const std::string original =
        std::exchange(copy.folder, folder_ / ("copy" + std::to_string(number)));
    CopyFolder(original, copy.folder);
    desks_.push_back(std::move(copy));
    ++copies_;
  }
  void Retire() {
    std::filesystem::remove_all(desks_.back().folder);
    desks_.pop_back();
  }
  void KeepOldDesk() {
    old_ = random_.Below(kRoles.size());
    CopyFolder(desks_[old_].folder, folder_ / "old");
  }
  void PutDeskBack() {
    CopyFolder(folder_ / "old", desks_[old_].folder);
    ++desks_put_back_;
  }

  std::vector<std::string> Words(std::size_t desk, std::vector<std::string> words) {
    words.insert(words.end(), {"--data", desks_[desk].folder, "--pin-file", pin_, "--json"});
    return words;
  }
  Ran Run(std::size_t desk, std::vector<std::string> words) {
    return Cli(Words(desk, std::move(words))).Wait();
  }

  void Enrol(std::size_t number) {
    const std::string n = std::to_string(number);
    const std::size_t server = number % servers_.size();
    desks_.push_back({folder_ / ("desk" + n), std::make_shared<Wan>(number), server});
    desks_.back().wan->SetServer(servers_[server]->port());
    const std::string role = kRoles[number];
    const json user = Do({"user", "add", "--unit", kUnit, "--role", role, "--name", "Cán bộ " + n});
    if (broken()) return;
    const std::string code = folder_ / (n + ".hsx");
    Do({"enrol-code", "--user", user["user"], "--server",
        "https://127.0.0.1:" + std::to_string(desks_.back().wan->port()), "--out", code});
    const Ran ran = Run(number, {"enrol", "--code-file", code});
    if (ran.exit != 0) Wrong("enrolment: " + ran.out);
  }

  void Receive() {
    const Ran ran =
        Run(0, {"dossier", "new", "--received", "2026-11-23T08:30", "--procedure", "1.013225",
                "--case", "nha-o-rieng-le", "--set", "applicant.name=Nguyễn Văn An"});
    const json made = json::parse(ran.out, nullptr, false);
    if (ran.exit != 0) return Wrong("receiving: " + ran.out);
    dossiers_.push_back(made["id"]);
  }

  Wan::Weather DrawWeather() {
    Wan::Weather weather;
    weather.down = random_.Chance(10);
    weather.delay_ms = random_.Chance(50) ? static_cast<int>(random_.Below(60)) : 0;
    weather.octets_per_s =
        random_.Chance(30) ? 16'000 + static_cast<int>(random_.Below(64'000)) : 0;
    weather.lost_percent = random_.Chance(30) ? static_cast<int>(random_.Below(10)) : 0;
    weather.altered_percent = random_.Chance(15) ? 1 + static_cast<int>(random_.Below(10)) : 0;
    weather.repeated_percent = random_.Chance(15) ? 1 + static_cast<int>(random_.Below(10)) : 0;
    weather.replays = random_.Chance(30);
    if (random_.Chance(40)) weather.cut_after = random_.Below(12'000);
    return weather;
  }

  /// One officer's part of a round: something is saved, then the desk exchanges; either may be
  /// killed at any moment.
  void Work(std::size_t number, std::uint64_t round, SeededRandom random) {
    const std::string text = "việc " + std::to_string(number) + "." + std::to_string(round) + ".";
    const std::string& dossier = dossiers_[random.Below(dossiers_.size())];
    const std::vector<std::string> note = {"dossier", "note", dossier, text};
    const std::vector<std::string> set = {"dossier", "set", dossier, "summary=" + text};
    Cli act(Words(number, random.Chance(60) ? note : set));
    if (random.Chance(15)) act.KillAfter(static_cast<int>(random.Below(700)));
    const Ran ran = act.Wait();
    if (ran.exit == 0) {
      const std::lock_guard lock(mutex_);
      acknowledged_.push_back(text);
    } else if (ran.exit < 0) {
      ++desk_kills_;
    } else {
      Wrong("an act failed: " + ran.out);
    }
    Cli sync(Words(number, {"sync"}));
    if (random.Chance(30)) sync.KillAfter(static_cast<int>(random.Below(1000)));
    const Ran synced = sync.Wait();
    if (synced.exit < 0) ++desk_kills_;
    if (synced.exit > 0) ++cuts_;
    if (synced.exit > 0 && !Harmless(synced)) Wrong("an exchange failed: " + synced.out);
  }

  /// The line or the server was gone; whatever else an honest desk is told is a mistake.
  static bool Harmless(const Ran& ran) {
    const json said = json::parse(ran.out, nullptr, false);
    const std::string error = said.is_object() ? said.value("error", "") : "";
    return error.starts_with("net.") || error.starts_with("tls.") || error == "province.busy" ||
           error == "province.failed" || error == "store.busy";
  }

  void CalmSync(std::size_t number) {
    if (broken()) return;
    const Ran ran = Run(number, {"sync"});
    if (ran.exit != 0) Wrong("an exchange on a good line failed: " + ran.out);
  }

  void Compare() {
    const json province = Do({"digest", "--unit", kUnit});
    for (std::size_t i = 0; i < desks_.size() && !broken(); ++i) {
      const json digest = json::parse(Run(i, {"digest"}).out, nullptr, false);
      const json status = json::parse(Run(i, {"status"}).out, nullptr, false);
      if (!status.is_object())
        return Wrong("desk " + std::to_string(i) + " does not say its status");
      if (digest != province)
        return Wrong("desk " + std::to_string(i) + " has " + digest.dump() + ", the province " +
                     province.dump());
      if (status.value("waiting", -1) != 0)
        return Wrong("something waits on desk " + std::to_string(i));
    }
  }

  void FindAll() {
    const auto authority = server::LoadAuthority(data_);
    store::ProvinceStore store(server::OpenStore(*authority).value());
    std::string all;
    std::map<std::string, std::int64_t> last;
    const auto rows = store.Entries(kUnit, 0, 10'000'000).value();
    for (const base::Bytes& row : rows) {
      const auto change = change::Decode(change::DecodeEntry(row)->change);
      if (change->id.sequence != ++last[change->id.replica])
        return Wrong("not dense, or twice: " + change->id.ToText());
      all += row;
    }
    for (const std::string& text : acknowledged_)
      if (all.find(text) == std::string::npos) return Wrong("lost: " + text);
  }

  SeededRandom random_;
  TempFolder folder_;
  std::string data_ = folder_ / "province", pin_ = folder_ / "pin", backup_;
  std::unique_ptr<TemporaryPostgres> cluster_;
  std::vector<std::unique_ptr<ServerProcess>> servers_;
  std::vector<Desk> desks_;
  std::vector<std::string> dossiers_;
  std::mutex mutex_;
  std::vector<std::string> acknowledged_;  // Guarded by mutex_, as wrong_.
  std::string wrong_;
  std::atomic<int> desk_kills_ = 0, cuts_ = 0, crashes_ = 0;
  int server_kills_ = 0, put_back_ = 0, copies_ = 0, desks_put_back_ = 0;
  std::size_t old_ = 0;  // Of which desk an old copy is kept.
};

bool Number(const char* text, std::uint64_t& out) {
  const auto number = base::ToNumber(text);
  if (!number || *number < 0) return false;
  out = static_cast<std::uint64_t>(*number);
  return true;
}

int Usage() {
  std::fputs("usage: torture --rounds N [--database sqlite|postgresql] [--seed S]\n", stderr);
  return 2;
}

}  // namespace
}  // namespace hoso::testing

int main(int argc, char** argv) {
  using namespace hoso::testing;
  std::uint64_t rounds = 0, seed = 1;
  bool postgres = false;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view name = argv[i], value = argv[i + 1];
    if (name == "--database") {
      postgres = value == "postgresql";
    } else if (std::uint64_t* target = name == "--rounds" ? &rounds
                                       : name == "--seed" ? &seed
                                                          : nullptr;
               target == nullptr || !Number(argv[i + 1], *target)) {
      return Usage();
    }
  }
  if (rounds == 0) return Usage();
  const auto begin = std::chrono::steady_clock::now();
  Torture torture(seed, postgres);
  for (std::uint64_t round = 1; round <= rounds && !torture.broken(); ++round) torture.Round(round);
  if (!torture.broken()) torture.Calm();
  if (torture.broken()) {
    std::printf("seed %llu: %s\n", static_cast<unsigned long long>(seed), torture.wrong().c_str());
    return 1;
  }
  torture.Tell(rounds,
               std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  return 0;
}
