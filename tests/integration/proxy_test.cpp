// Ways to the province that are not straight, each through a real little proxy, and who may sit on
// them: boxes that read along, log-in pages, other provinces.
#include "tests/integration/forged.h"
// Before what brings Windows' own headers.
#include <Poco/Net/PollSet.h>
#include <Poco/Net/ServerSocket.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <future>
#include <thread>

#include "sync/transport/line_test.h"

namespace hoso {
namespace {

using engine::LineFacts;
using engine::LineStep;
using Poco::Net::StreamSocket;
using transport::ProxyChoice;

constexpr const char* kDone = "HTTP/1.1 200 Connection established\r\n\r\n";

/// Answers one connection after the other as it is told to, until it is destroyed.
class LittleServer {
 public:
  using Answer = std::function<void(StreamSocket& from, const std::string& head)>;

  explicit LittleServer(Answer answer) : answer_(std::move(answer)), thread_([this] { Serve(); }) {}
  ~LittleServer() {
    over_ = true;
    try {
      StreamSocket knock(listening_.address());
      thread_.join();
    } catch (const Poco::Exception&) {
    }
  }

  std::string Text() const { return listening_.address().toString(); }
  int asked() const { return asked_; }

 private:
  void Serve() {
    while (!over_) {
      try {
        StreamSocket from = listening_.acceptConnection();
        if (over_) return;
        const std::string head = Head(from);
        if (head.empty()) continue;
        ++asked_;
        answer_(from, head);
      } catch (const Poco::Exception&) {  // Whoever asked has gone.
      }
    }
  }
  std::string Head(StreamSocket& from) {
    std::string head;
    char piece[4096];
    while (head.find("\r\n\r\n") == std::string::npos) {
      const int count = from.receiveBytes(piece, sizeof piece);
      if (count <= 0) return "";
      head.append(piece, static_cast<std::size_t>(count));
    }
    return head;
  }

  Poco::Net::ServerSocket listening_{Poco::Net::SocketAddress("127.0.0.1", 0)};
  Answer answer_;
  std::atomic<bool> over_{false};
  std::atomic<int> asked_{0};
  std::thread thread_;
};

void Say(StreamSocket& to, const std::string& text) {
  to.sendBytes(text.data(), static_cast<int>(text.size()));
}

/// Until one of them has nothing more to say.
void Relay(StreamSocket& one, StreamSocket& other) {
  Poco::Net::PollSet both;
  both.add(one, Poco::Net::PollSet::POLL_READ);
  both.add(other, Poco::Net::PollSet::POLL_READ);
  char piece[16384];
  for (;;) {
    const auto ready = both.poll(Poco::Timespan(20, 0));
    if (ready.empty()) return;
    for (const auto& [each, mode] : ready) {
      StreamSocket& from = each == one ? one : other;
      StreamSocket& to = each == one ? other : one;
      const int count = from.receiveBytes(piece, sizeof piece);
      if (count <= 0) return;
      Say(to, {piece, static_cast<std::size_t>(count)});
    }
  }
}

class ProxyTest : public TlsTest {
 protected:
  /// To a name that only a proxy knows.
  transport::Options Options(const std::string& proxy = "") {
    const NewDesk desk(random_);
    transport::Options options;
    options.url = "https://may-chu-tinh.invalid:8443";
    options.ca_pem = authority_->ca_certificate;
    options.certificate_pem = Enrolled(desk).certificate;
    options.key_pem = desk.key.Clone();
    options.expected_name = "province-22";
    options.connect_timeout_s = 5;
    options.proxy.mode = ProxyChoice::Mode::kManual;
    options.proxy.address = proxy;
    hello_ = Hello(desk);
    return options;
  }

  LittleServer::Answer ToServer() {
    return [this](StreamSocket& from, const std::string& head) {
      EXPECT_TRUE(head.starts_with("CONNECT may-chu-tinh.invalid:8443 HTTP/1.1\r\n")) << head;
      StreamSocket to(Poco::Net::SocketAddress("127.0.0.1", server_->port()));
      Say(from, kDone);
      Relay(from, to);
    };
  }
  /// Asks for a name in this way, and lets through who then says `wanted`.
  LittleServer::Answer Guarded(const std::string& challenge, const std::string& wanted) {
    return [=, this](StreamSocket& from, const std::string& head) {
      const bool named = head.find("Proxy-Authorization: ") != std::string::npos;
      EXPECT_FALSE(named && heads_ == 0) << head;
      ++heads_;
      if (head.find(wanted) != std::string::npos) return ToServer()(from, head);
      Say(from, "HTTP/1.1 407 Who\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: " +
                    challenge + "\r\nContent-Length: 3\r\n\r\nwho");
    };
  }

  base::Status Exchange(transport::Options options) {
    transport::HttpsProvince line(std::move(options));
    TextEnds ends(hello_);
    return line.Exchange(ends, ends);
  }
  std::string Told(transport::Options options) {
    const base::Status done = Exchange(std::move(options));
    return done ? "" : done.error().reason;
  }
  std::string ToldBy(const std::string& answer) {
    const LittleServer proxy([&](StreamSocket& from, const std::string&) { Say(from, answer); });
    return Told(Options(proxy.Text()));
  }

  std::string hello_;
  std::atomic<int> heads_{0};
};

TEST_P(ProxyTest, TheExchangeGoesThroughAndTheServersNameIsNotLookedForHere) {
  const LittleServer proxy(ToServer());
  const base::Status done = Exchange(Options(proxy.Text()));
  EXPECT_TRUE(done) << done.error().reason << " " << done.error().detail;
  const LineFacts facts = transport::TestLine(Options(proxy.Text()), clock_);
  EXPECT_FALSE(facts.failed) << facts.reason;
  EXPECT_EQ(facts.proxy, proxy.Text());
  EXPECT_EQ(facts.server, "may-chu-tinh.invalid:8443");
}

TEST_P(ProxyTest, AProxyIsToldWhoWeAreOnlyWhenItAsks) {
  const LittleServer basic(
      Guarded("Basic realm=\"xa\"", "Proxy-Authorization: Basic bGFuOm3huq10"));
  auto options = Options(basic.Text());
  options.proxy.user = "lan";
  options.proxy.password = crypto::Secret("mật");
  EXPECT_EQ(Told(std::move(options)), "");
  EXPECT_EQ(basic.asked(), 2);

  heads_ = 0;
  const LittleServer digest(Guarded("Digest realm=\"xa\", nonce=\"n1\", qop=\"auth\"",
                                    "uri=\"may-chu-tinh.invalid:8443\""));
  options = Options(digest.Text());
  options.proxy.user = "lan";
  options.proxy.password = crypto::Secret("mật");
  EXPECT_EQ(Told(std::move(options)), "");
}

TEST_P(ProxyTest, ADigestThatNobodyKnowsIsNoAnswer) {
  const LittleServer proxy(
      Guarded("Digest realm=\"xa\", nonce=\"n\", algorithm=NOBODY-KNOWS", "none"));
  auto options = Options(proxy.Text());
  options.proxy.user = "lan";
  EXPECT_EQ(Told(std::move(options)), "net.proxy_auth");
  EXPECT_LE(proxy.asked(), 2);  // Poco has no answer; since 1.14 it tries another digest, once.
}

TEST_P(ProxyTest, AWrongPasswordIsSaidOnceAndNamed) {
  const LittleServer proxy(Guarded("Basic realm=\"xa\"", "nothing is right"));
  auto options = Options(proxy.Text());
  EXPECT_EQ(Told(Options(proxy.Text())), "net.proxy_auth");
  EXPECT_EQ(proxy.asked(), 1);  // There was nothing to say.
  heads_ = 0;
  options.proxy.user = "lan";
  options.proxy.password = crypto::Secret("sai");
  const LineFacts facts = transport::TestLine(options, clock_);
  EXPECT_EQ(facts.reason, "net.proxy_auth");
  EXPECT_EQ(*facts.failed, LineStep::kPort);
  EXPECT_EQ(facts.proxy, proxy.Text());
  EXPECT_EQ(proxy.asked(), 3);
}

TEST_P(ProxyTest, AnswersThatAreNone) {
  EXPECT_EQ(ToldBy("HTTP/1.1 403 No\r\n\r\n"), "net.proxy_refused");
  EXPECT_EQ(ToldBy("HTTP/1.1 302 Log in\r\nLocation: http://x/\r\n\r\n"), "net.proxy_refused");
  EXPECT_EQ(ToldBy("HTTP/1.1 502 Not there\r\n\r\n<html>"), "net.proxy_refused");
  EXPECT_EQ(ToldBy("SSH-2.0-x\r\n\r\n"), "net.proxy_refused");
  EXPECT_EQ(ToldBy(""), "net.proxy_refused");
  EXPECT_EQ(ToldBy("HTTP/1.1 200 O"), "net.proxy_refused");
  EXPECT_EQ(ToldBy(std::string(kDone) + "and more"), "net.proxy_refused");
  const std::string endless = "HTTP/1.1 200 OK\r\nX: " + std::string(1 << 20, 'x');
  EXPECT_EQ(ToldBy(endless + "\r\n\r\n"), "net.proxy_refused");
  const base::Status refused = Exchange([&] {
    static const LittleServer proxy(
        [](StreamSocket& from, const std::string&) { Say(from, "HTTP/1.1 403 No\r\n\r\n"); });
    return Options(proxy.Text());
  }());
  EXPECT_TRUE(refused.error().detail.ends_with(", 403")) << refused.error().detail;
}

TEST_P(ProxyTest, AProxyThatIsNotThere) {
  std::string gone;
  {
    const Poco::Net::ServerSocket closed(Poco::Net::SocketAddress("127.0.0.1", 0));
    gone = closed.address().toString();
  }
  EXPECT_EQ(Told(Options(gone)), "net.proxy_unreachable");
  EXPECT_EQ(Told(Options("")), "net.proxy_unreachable");
  const LineFacts facts = transport::TestLine(Options("proxy.invalid:8080"), clock_);
  EXPECT_EQ(facts.reason, "net.proxy_unreachable");
  EXPECT_EQ(*facts.failed, LineStep::kName);
}

TEST_P(ProxyTest, ASilentProxyIsLeftInTimeAndAtOnceWhenStopped) {
  using Clock = std::chrono::steady_clock;
  std::promise<void> heard, over;
  std::atomic<bool> known{false};
  auto until = over.get_future().share();
  const LittleServer proxy([&, until](StreamSocket&, const std::string&) {
    if (!known.exchange(true)) heard.set_value();
    until.wait();
  });
  std::stop_source stop;
  auto options = Options(proxy.Text());
  options.stop = stop.get_token();
  options.connect_timeout_s = 60;
  const auto begun = Clock::now();
  auto told = std::async(std::launch::async, [&] { return Told(std::move(options)); });
  heard.get_future().wait();
  stop.request_stop();
  EXPECT_EQ(told.get(), "sync.stopped");
  EXPECT_LT(Clock::now() - begun, std::chrono::seconds(10));
  auto short_of_time = Options(proxy.Text());  // It waits in the proxy's queue.
  short_of_time.connect_timeout_s = 1;
  EXPECT_EQ(Told(std::move(short_of_time)), "net.proxy_unreachable");
  over.set_value();
}

#ifndef _WIN32
/// By libproxy's own reader of such files.
TEST_P(ProxyTest, APacFileSaysTheWay) {
  const LittleServer proxy(ToServer());
  std::string script =
      "function FindProxyForURL(url, host) { return host == 'may-chu-tinh.invalid'"
      " ? 'PROXY 127.0.0.1:1; PROXY " +
      proxy.Text() + "' : 'DIRECT'; }";
  const LittleServer web([&](StreamSocket& from, const std::string& head) {
    const bool there = head.find(" /xa.pac ") != std::string::npos;
    Say(from, std::string("HTTP/1.0 ") + (there ? "200 OK" : "404 No") +
                  "\r\nContent-Type: application/x-ns-proxy-autoconfig\r\nContent-Length: " +
                  std::to_string(script.size()) + "\r\n\r\n" + script);
  });
  auto options = Options();
  options.proxy.mode = ProxyChoice::Mode::kPac;
  options.proxy.pac_url = "http://" + web.Text() + "/xa.pac";
  const LineFacts facts = transport::TestLine(options, clock_);
  EXPECT_FALSE(facts.failed) << facts.reason;
  EXPECT_EQ(facts.proxy, proxy.Text());  // The first of the two is not there.
  options.proxy.pac_url = "http://" + web.Text() + "/none.pac";
  EXPECT_EQ(transport::TestLine(options, clock_).reason, "net.proxy_pac");
  options.proxy.pac_url = "";
  EXPECT_EQ(Told(std::move(options)), "net.proxy_pac");
}

TEST_P(ProxyTest, TheSystemIsAskedButNotAboutThisMachine) {
  const LittleServer proxy(ToServer());
  setenv("https_proxy", ("http://" + proxy.Text()).c_str(), 1);
  auto options = Options();
  options.proxy.mode = ProxyChoice::Mode::kSystem;
  const LineFacts around = transport::TestLine(options, clock_);
  options.url = Url();
  const LineFacts here = transport::TestLine(options, clock_);
  unsetenv("https_proxy");
  EXPECT_FALSE(around.failed) << around.reason;
  EXPECT_EQ(around.proxy, proxy.Text());
  EXPECT_FALSE(here.failed) << here.reason;
  EXPECT_EQ(here.proxy, "");
}
#endif

TEST_P(ProxyTest, WhoeverAnswersInTheProvincesPlaceIsNamed) {
  Forgery box;
  box.extended = "serverAuth";
  box.dns = "DNS:may-chu-tinh.invalid";
  Forgery authority;
  authority.name =
      "Hộp \xE2\x80\xAE"
      "Chặn\n" +
      std::string(30, 'x');
  authority.basic = "critical,CA:TRUE";
  authority.usage = "critical,keyCertSign";
  const Shown ca = Forge(authority, nullptr);
  const auto told = [&](const Forgery& shown) {
    const auto tls = MakeLyingTls(TLS_server_method(), Forge(shown, &ca), TLS1_3_VERSION);
    const LittleServer proxy([&](StreamSocket& from, const std::string&) {
      Say(from, kDone);
      Speak(tls.get(), static_cast<int>(from.impl()->sockfd()), "", true);
    });
    const base::Status done = Exchange(Options(proxy.Text()));
    const LineFacts facts = transport::TestLine(Options(proxy.Text()), clock_);
    EXPECT_EQ(facts.reason, done.error().reason);
    EXPECT_EQ(*facts.failed, LineStep::kCertificate);
    EXPECT_EQ(done.error().detail, facts.stranger + ", may-chu-tinh.invalid:8443");
    EXPECT_TRUE(facts.stranger.starts_with("Hộp Chặnxx")) << facts.stranger;
    EXPECT_LT(facts.stranger.size(), 80u);
    return done.error().reason;
  };
  EXPECT_EQ(told(box), "tls.inspected");
  box.dns = "DNS:province-22";
  EXPECT_EQ(told(box), "tls.inspected");
  box.dns = "DNS:wifi.example";
  EXPECT_EQ(told(box), "tls.portal");
}

TEST_P(ProxyTest, FurtherAuthoritiesComeFromAFileThatMustBeGood) {
  const auto next = Must(server::InitAuthority(folder_ / "next", "22", "", clock_, random_));
  const std::string file = folder_ / "roots.pem";
  const auto told = [&](const std::string& text) {
    std::ofstream(file) << text;
    auto options = Options();
    options.url = Url();
    options.proxy.mode = ProxyChoice::Mode::kDirect;
    options.ca_pem = next.ca_certificate;  // What it was enrolled with is not the server's.
    options.ca_file = file;
    return Told(std::move(options));
  };
  const std::string& good = authority_->ca_certificate;
  EXPECT_EQ(told("Tỉnh 22\n" + next.ca_certificate + good), "");
  EXPECT_EQ(told(next.ca_certificate), "tls.other_authority");
  EXPECT_EQ(told(""), "ca.file");
  EXPECT_EQ(told(good + good.substr(0, good.size() / 2)), "ca.file");
  EXPECT_EQ(told(good + good + good + good + good), "ca.file");
  EXPECT_EQ(told(good + Must(server::IssueServer(*authority_, clock_, random_)).certificate),
            "ca.file");
  auto options = Options();
  options.ca_file = folder_ / "none.pem";
  EXPECT_EQ(Told(std::move(options)), "ca.file");
}

INSTANTIATE_TEST_SUITE_P(Backends, ProxyTest, ::testing::Values(testing::kSqlite),
                         [](const auto& backend) { return backend.param; });

std::string Read(std::string_view text) {
  std::string all;
  for (const transport::Way& way : transport::ReadWays(text))
    all += way.direct() ? "- " : way.proxy.Text() + " ";
  return all;
}

TEST(ProxyWords, WaysAreReadAsEachSystemWritesThem) {
  EXPECT_EQ(Read("http://a.vn:8080 direct://"), "a.vn:8080 - ");
  EXPECT_EQ(Read("http://u:p@a.vn:8080/"), "a.vn:8080 ");
  EXPECT_EQ(Read("PROXY A.vn:8080; PROXY b:3128; DIRECT"), "a.vn:8080 b:3128 - ");
  EXPECT_EQ(Read("http=h:1;https=s:2;socks=k:3"), "s:2 ");
  EXPECT_EQ(Read("a;[::1]:3128"), "a:80 [::1]:3128 ");
  EXPECT_EQ(Read("socks5://a:1 https://b:2"), "- ");
  EXPECT_EQ(Read(""), "- ");
  EXPECT_EQ(Read("a:1 b:2 c:3 d:4 e:5"), "a:1 b:2 c:3 d:4 ");
  EXPECT_EQ(Read("a:99999 b:0 c:x d\\e"), "- ");
}

TEST(ProxyWords, AListSaysWhatIsNotForAProxy) {
  EXPECT_TRUE(transport::Bypasses("<local>", "may-chu"));
  EXPECT_FALSE(transport::Bypasses("<local>", "may-chu.vn"));
  EXPECT_TRUE(transport::Bypasses("a.vn;*.Tinh.vn", "x.tinh.VN"));
  EXPECT_TRUE(transport::Bypasses("localhost, .tinh.vn", "x.tinh.vn"));
  EXPECT_TRUE(transport::Bypasses("10.*", "10.1.2.3"));
  EXPECT_FALSE(transport::Bypasses("10.*;*.tinh.vn", "tinh.vn"));
  EXPECT_FALSE(transport::Bypasses("", "tinh.vn"));
}

}  // namespace
}  // namespace hoso
