/// bench-server [--exchanges N]: how much slower an honest desk's exchanges become while another
/// misbehaves, beyond what it may cost at once. The misbehaving one is a program of its own that
/// only gets what time the processors have left, as if it had a machine of its own; it is compared
/// with one that keeps them as busy and leaves the province alone.

#include <Poco/Net/NetException.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/base/bytes.h"
#include "common/change/entry.h"
#include "common/crypto/certificate.h"
#include "common/crypto/random.h"
#include "common/crypto/sign.h"
#include "sync/protocol/messages.h"
#include "sync/server/authority.h"
#include "sync/server/enrolment.h"
#include "sync/server/http_server.h"
#include "sync/transport/https_province.h"

namespace {

using namespace hoso;
using SteadyClock = std::chrono::steady_clock;

constexpr const char* kUnit = "06994";
constexpr double kMost = 1.10;  // Of an exchange's time alone.
constexpr int kBurst = 450;     // More than one address may open at once: server::Crowd.

template <class T>
T Must(base::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s %s\n", result.error().reason.c_str(), result.error().detail.c_str());
    std::exit(1);
  }
  return std::move(result).value();
}

void Must(base::Status status) {
  Must(status ? base::Result<int>(0) : base::Result<int>(status.error()));
}

class Ends : public protocol::ByteSource, public protocol::ByteSink {
 public:
  explicit Ends(std::string given) : given_(std::move(given)) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override {
    const std::size_t count = given_.copy(into, size, at_);
    at_ += count;
    return count;
  }
  base::Status Write(std::string_view octets) override {
    taken.append(octets);
    return {};
  }
  std::string taken;

 private:
  std::string given_;
  std::size_t at_ = 0;
};

/// What a desk shows and speaks with; kept in a folder for the program that misbehaves.
struct Identity {
  std::string url, ca, certificate, key, replica;
  crypto::Secret seed;

  std::unique_ptr<transport::HttpsProvince> Line() const {
    transport::Options options;
    options.url = url;
    options.ca_pem = ca;
    options.certificate_pem = certificate;
    options.key_pem = crypto::Secret(key);
    options.expected_name = "province-22";
    options.connect_timeout_s = options.timeout_s = 30;
    return std::make_unique<transport::HttpsProvince>(std::move(options));
  }
  /// `hello` says what it has; nothing if empty.
  std::string Hello(protocol::Hello hello = {}) const {
    hello.replica = replica;
    hello.unit = kUnit;
    return protocol::EncodeFrame(hello);
  }
};

/// What an attacker leaves of its processor for a moment, so that its lines are served in turn.
void Pause(int ms) {
  poll(nullptr, 0, ms);
}

/// Told once, on standard output, when an attack is under way.
void UnderWay() {
  static std::once_flag once;
  std::call_once(once, [] {
    std::puts("under way");
    std::fflush(stdout);
  });
}

// --- The one that misbehaves ---------------------------------------------------------------------

/// From another address than the honest desk's, so that they are not taken for one office.
Poco::Net::StreamSocket Connected(std::uint16_t port) {
  Poco::Net::StreamSocket socket;
  socket.impl()->bind(Poco::Net::SocketAddress("127.0.0.2", 0), true);
  socket.connect(Poco::Net::SocketAddress("127.0.0.1", port), Poco::Timespan(5, 0));
  return socket;
}

/// Passes lines on to the province from there; the way out for a desk's own transport. Never ends.
void Relay(Poco::Net::ServerSocket& listening, std::uint16_t port) {
  const auto pass = [](Poco::Net::StreamSocket from, Poco::Net::StreamSocket to) {
    char octets[16384];
    try {
      for (int got = 0; (got = from.receiveBytes(octets, sizeof octets)) > 0;)
        to.sendBytes(octets, got);
      to.shutdownSend();
    } catch (const Poco::Exception&) {
      from.close();
    }
  };
  for (;;) try {
      const Poco::Net::StreamSocket guest = listening.acceptConnection(), way = Connected(port);
      std::thread(pass, guest, way).detach();
      std::thread(pass, way, guest).detach();
    } catch (const Poco::Exception&) {
      Pause(1);
    }
}

/// Asks for as much work as it can invent, on eight lines, without end.
void Flood(Identity desk, std::uint16_t port) {
  Poco::Net::ServerSocket listening(Poco::Net::SocketAddress("127.0.0.1", 0), 64);
  desk.url = "https://127.0.0.1:" + std::to_string(listening.address().port());
  std::thread([&] { Relay(listening, port); }).detach();
  std::string bomb(ZSTD_compressBound(1u << 20), '\0');
  const std::string plain(1u << 20, '\x81');
  bomb.resize(ZSTD_compress(bomb.data(), bomb.size(), plain.data(), plain.size(), 3));
  std::string frame(1, '\2');
  for (int shift = 24; shift >= 0; shift -= 8)
    frame += static_cast<char>(bomb.size() >> shift & 255);
  const std::string asked = desk.Hello() + frame + bomb + std::string(200'000, 'x');
  std::atomic<int> answers = 0;
  std::vector<std::thread> lines;
  for (int i = 0; i < 8; ++i)
    lines.emplace_back([&] {
      for (;;) {
        Ends ends(asked);
        const auto began = SteadyClock::now();
        const bool answered = desk.Line()->Exchange(ends, ends).has_value();
        // What a desk may cost at once is spent and it is held, or it can't even spend it.
        if (SteadyClock::now() - began > std::chrono::seconds(1) || ++answers == kBurst) UnderWay();
        if (!answered) Pause(1);
      }
    });
  for (std::thread& line : lines) line.join();
}

/// Holds as many lines as it gets and says an octet of a greeting on each now and then.
void Trickle(std::uint16_t port) {
  const std::string greeting =
      std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11) + std::string(500, 'x');
  std::vector<std::pair<Poco::Net::StreamSocket, std::size_t>> lines;
  for (;;) {
    Pause(20);
    try {
      if (lines.size() < 400) lines.emplace_back(Connected(port), 0);
    } catch (const Poco::Exception&) {  // As many as it gets.
      UnderWay();
    }
    if (lines.size() == 100) UnderWay();
    std::erase_if(lines, [&](auto& line) {
      try {
        return line.second == greeting.size() ||
               line.first.sendBytes(&greeting[line.second++], 1) != 1;
      } catch (const Poco::Exception&) {
        return true;
      }
    });
  }
}

/// Shakes hands and leaves, on four lines, without end.
void Reconnect(std::uint16_t port) {
  std::atomic<int> comings = 0;
  std::vector<std::thread> lines;
  for (int i = 0; i < 4; ++i)
    lines.emplace_back([port, &comings] {
      const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls(SSL_CTX_new(TLS_client_method()),
                                                                  &SSL_CTX_free);
      for (;;) try {
          Poco::Net::StreamSocket socket = Connected(port);
          const std::unique_ptr<SSL, decltype(&SSL_free)> line(SSL_new(tls.get()), &SSL_free);
          SSL_set_fd(line.get(), static_cast<int>(socket.impl()->sockfd()));
          char octet = 0;
          if (SSL_connect(line.get()) == 1) SSL_read(line.get(), &octet, 1);
          if (++comings == kBurst) UnderWay();
        } catch (const Poco::Exception&) {
          Pause(1);
        }
    });
  for (std::thread& line : lines) line.join();
}

/// Keeps the processors as busy and leaves the province alone.
void Elsewhere() {
  std::vector<std::thread> lines;
  for (int i = 0; i < 4; ++i)
    lines.emplace_back([] {
      const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls(SSL_CTX_new(TLS_client_method()),
                                                                  &SSL_CTX_free);
      for (;;) {
        const std::unique_ptr<SSL, decltype(&SSL_free)> line(SSL_new(tls.get()), &SSL_free);
        SSL_set0_wbio(line.get(), BIO_new(BIO_s_mem()));
        SSL_set0_rbio(line.get(), BIO_new(BIO_s_mem()));
        SSL_connect(line.get());  // Its greeting is made, and nobody answers.
        UnderWay();
      }
    });
  for (std::thread& line : lines) line.join();
}

void Misbehave(const std::string& how, std::uint16_t port, const std::string& folder) {
  sched_param none{};
  sched_setscheduler(0, SCHED_IDLE, &none);
  signal(SIGPIPE, SIG_IGN);
  const auto read = [&](const char* name) {
    return Must(base::ReadFile(folder + "/" + name, 1u << 20));
  };
  Identity desk{"https://127.0.0.1:" + std::to_string(port),
                read("ca"),
                read("certificate"),
                read("key"),
                read("replica"),
                crypto::Secret(std::string())};
  if (how == "flood") Flood(std::move(desk), port);
  if (how == "trickle") Trickle(port);
  if (how == "elsewhere") Elsewhere();
  Reconnect(port);
}

// --- The province and the honest desk ------------------------------------------------------------

class Province {
 public:
  explicit Province(const std::string& folder)
      : authority_(Must(server::InitAuthority(
            folder + "/province", "22", "sqlite:" + folder + "/province.db", clock_, random_))),
        store_(Must(server::OpenStore(authority_))),
        server_(authority_, clock_, random_) {
    server::HttpServer::Options options;
    options.listen = "127.0.0.1:0";
    Must(server_.Start(options));
  }
  std::uint16_t port() const { return server_.port(); }
  Identity Enrol(const std::string& user) {
    Must(store_.database().Atomically([&] {
      return store_.SaveUser({user, "Cán bộ " + user, kUnit, "MC", true});
    }));
    Identity desk{"https://127.0.0.1:" + std::to_string(port()), authority_.ca_certificate, {}, {},
                  base::MakeUuid7(clock_.NowMs(), random_),      crypto::MakeSeed(random_)};
    const crypto::Secret key = Must(crypto::MakeKeyPem());
    desk.key = std::string(key.view());
    protocol::EnrolRequest request;
    request.replica = desk.replica;
    request.csr = Must(crypto::MakeCsr(key, desk.replica));
    request.device_key = crypto::PublicKey(desk.seed);
    request.officer_key = crypto::PublicKey(crypto::MakeSeed(random_));
    const auto code =
        Must(server::Enrolments(store_, authority_, clock_, random_).MakeFile(user, desk.url));
    Identity once = {desk.url, desk.ca, code.certificate, std::string(code.key), "", {}};
    desk.certificate = Must(protocol::DecodeEnrolAnswer(
                                Must(once.Line()->Enrol(protocol::EncodeEnrolRequest(request)))))
                           .certificate;
    return desk;
  }

 private:
  base::SystemClock clock_;
  crypto::SystemRandom random_;
  server::Authority authority_;
  store::ProvinceStore store_;
  server::HttpServer server_;
};

/// A desk whose officer writes a note and exchanges, again and again.
class Honest {
 public:
  explicit Honest(const Identity& desk) : desk_(desk) {}
  double Exchange() {
    if (known_.epoch.empty()) Say("");  // A batch is signed for an epoch.
    const std::int64_t number = ++sent_;
    const base::Bytes octets = change::Encode({{desk_.replica, number},
                                               "u-honest",
                                               "0192a000-0000-7000-8000-000000000001",
                                               {1'795'397'400'000 + number, 0, -1},
                                               change::AddNote{"ghi chú"},
                                               {}});
    chain_ = change::ChainHash(chain_, octets);
    const protocol::Batch batch{
        number,
        {octets},
        chain_,
        crypto::Sign(desk_.seed,
                     protocol::BatchSigned(desk_.replica, known_.epoch, number, chain_))};
    return Say(protocol::EncodeFrame(batch));
  }

 private:
  double Say(const std::string& frames) {
    Ends ends(desk_.Hello(known_) + frames + protocol::EncodeFrame(protocol::Over{}));
    const auto began = SteadyClock::now();
    Must(desk_.Line()->Exchange(ends, ends));
    const std::chrono::duration<double, std::milli> took = SteadyClock::now() - began;
    Remember(ends.taken);
    return took.count();
  }
  void Remember(const std::string& answer) {
    Ends ends(answer);
    protocol::FrameReader reader(ends);
    for (;;) {
      const protocol::Message message = Must(reader.Next());
      if (const auto* receipt = std::get_if<protocol::Receipt>(&message)) {
        known_.epoch = receipt->epoch;
        known_.position = receipt->position;
        known_.log_hash = receipt->log_hash;
      } else if (const auto* part = std::get_if<protocol::Part>(&message)) {
        (part->name == "catalogue" ? known_.catalogue : known_.directory) = part->id;
      } else if (std::holds_alternative<protocol::Done>(message)) {
        return;
      }
    }
  }

  const Identity& desk_;
  protocol::Hello known_;
  std::int64_t sent_ = 0;
  base::Bytes chain_ = change::ChainStart();
};

double Middle(std::vector<double> all) {
  std::nth_element(all.begin(), all.begin() + static_cast<long>(all.size() / 2), all.end());
  return all[all.size() / 2];
}

/// The program that misbehaves, while this lives; it is at work when this is made.
class Attack {
 public:
  Attack(const char* program, const char* how, std::uint16_t port, const std::string& folder) {
    int ends[2];
    if (pipe(ends) != 0) std::exit(1);
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      const std::string number = std::to_string(port);
      execl(program, program, "--misbehave", how, number.c_str(), folder.c_str(),
            static_cast<char*>(nullptr));
      _exit(127);
    }
    close(ends[1]);
    char told = 0;
    if (read(ends[0], &told, 1) != 1) std::exit(1);
    close(ends[0]);
  }
  /// For a moment it does nothing more; what it holds it keeps.
  void Rest() const { kill(child_, SIGSTOP); }
  void GoOn() const { kill(child_, SIGCONT); }
  ~Attack() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  Attack(const Attack&) = delete;
  Attack& operator=(const Attack&) = delete;

 private:
  pid_t child_;
};

/// The median of an exchange while the other works elsewhere and while it works here, in turns, so
/// that the machine's own moods meet both alike.
std::pair<double, double> Measure(Honest& honest, const char* program, const char* how,
                                  std::uint16_t port, const std::string& folder, int exchanges) {
  constexpr int kBlock = 6, kSettling = 2;
  std::vector<double> alone, beside;
  const auto measure = [&](std::vector<double>& into) {
    for (int i = 0; i < kSettling; ++i) (void)honest.Exchange();
    for (int i = 0; i < kBlock; ++i) into.push_back(honest.Exchange());
  };
  const Attack attack(program, how, port, folder), elsewhere(program, "elsewhere", port, folder);
  while (static_cast<int>(beside.size()) < exchanges) {
    elsewhere.Rest();
    attack.GoOn();
    measure(beside);
    attack.Rest();
    elsewhere.GoOn();
    measure(alone);
  }
  return {Middle(alone), Middle(beside)};
}

int Run(const char* program, int exchanges) {
  // In memory where that is to be had: a disk's moods would drown what is measured.
  const bool memory = std::filesystem::is_directory("/dev/shm");
  std::string folder = (memory ? "/dev/shm" : std::filesystem::temp_directory_path().string()) +
                       "/hoso-bench-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return 1;
  int missed = 0;
  for (const char* how : {"flood", "trickle", "reconnect"}) {
    const std::string here = folder + "/" + how;
    std::filesystem::create_directory(here);
    Province province(here);
    const Identity good = province.Enrol("u-honest"), bad = province.Enrol("u-bad");
    for (const auto& [name, text] : {std::pair("ca", &bad.ca),
                                     {"certificate", &bad.certificate},
                                     {"key", &bad.key},
                                     {"replica", &bad.replica}})
      Must(base::WriteFile(here + "/" + name, *text, true));
    Honest honest(good);
    for (int i = 0; i < 20; ++i) (void)honest.Exchange();
    const auto [alone, beside] = Measure(honest, program, how, province.port(), here, exchanges);
    const bool held = beside <= alone * kMost;
    missed += !held;
    std::printf("%-10s %6.2f ms elsewhere, %6.2f ms here, ratio %.2f, at most %.2f  %s\n", how,
                alone, beside, beside / alone, kMost, held ? "held" : "MISSED");
    std::fflush(stdout);
  }
  std::filesystem::remove_all(folder);
  return missed > 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 5 && std::strcmp(argv[1], "--misbehave") == 0) {
    Misbehave(argv[2], static_cast<std::uint16_t>(std::atoi(argv[3])), argv[4]);
    return 0;
  }
  const bool given = argc == 3 && std::strcmp(argv[1], "--exchanges") == 0;
  return Run("/proc/self/exe", given ? std::max(6, std::atoi(argv[2])) : 120);
}
