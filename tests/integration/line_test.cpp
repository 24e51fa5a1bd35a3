// The line test and the stop of a request, against real sockets.
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/ServerSocket.h>

#include <chrono>
#include <future>
#include <thread>

#include "sync/transport/line_test.h"
#include "tests/integration/tls_fixture.h"

namespace hoso {
namespace {

using engine::LineFacts;
using engine::LineStep;

class LineTest : public TlsTest {
 protected:
  transport::Options Options() {
    const NewDesk desk(random_);
    transport::Options options;
    options.url = Url();
    options.ca_pem = authority_->ca_certificate;
    options.certificate_pem = Enrolled(desk).certificate;
    options.key_pem = desk.key.Clone();
    options.expected_name = "province-22";
    options.connect_timeout_s = 5;
    return options;
  }
  static void ExpectFailed(const LineFacts& facts, LineStep step, const std::string& reason) {
    ASSERT_TRUE(facts.failed);
    EXPECT_EQ(static_cast<int>(*facts.failed), static_cast<int>(step)) << facts.reason;
    EXPECT_EQ(facts.reason, reason);
  }
};

TEST_P(LineTest, AllStepsAreFine) {
  const LineFacts facts = transport::TestLine(Options(), clock_);
  EXPECT_FALSE(facts.failed) << static_cast<int>(*facts.failed) << " " << facts.reason;
  EXPECT_LT(std::abs(facts.clock_ahead_s), 5);
  EXPECT_EQ(facts.server, Url().substr(std::string("https://").size()));
}

TEST_P(LineTest, ANameThatNobodyKnows) {
  auto options = Options();
  options.url = "https://may-chu.invalid:443";
  ExpectFailed(transport::TestLine(options, clock_), LineStep::kName, "net.no_route");
}

TEST_P(LineTest, AClosedPort) {
  auto options = Options();
  server_->Stop();
  ExpectFailed(transport::TestLine(options, clock_), LineStep::kPort, "net.refused");
}

/// A web server's plain port: to whatever comes first it says that this is no HTTP. Not the
/// server's own health port, which waits for the end of a line and may find none in a random
/// greeting.
TEST_P(LineTest, APortThatSpeaksPlainHttp) {
  Poco::Net::ServerSocket plain(Poco::Net::SocketAddress("127.0.0.1", 0));
  auto options = Options();
  options.url = "https://127.0.0.1:" + std::to_string(plain.address().port());
  auto facts = std::async(std::launch::async, [&] { return transport::TestLine(options, clock_); });
  Poco::Net::StreamSocket line = plain.acceptConnection();
  char greeting[4096];
  line.receiveBytes(greeting, sizeof greeting);
  const std::string said = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  line.sendBytes(said.data(), static_cast<int>(said.size()));
  ExpectFailed(facts.get(), LineStep::kTls, "net.not_province");
}

TEST_P(LineTest, AnAuthorityThatIsNotTheProvinces) {
  auto options = Options();
  const auto other = Must(server::InitAuthority(folder_ / "other", "22", "", clock_, random_));
  options.ca_pem = other.ca_certificate;
  const LineFacts facts = transport::TestLine(options, clock_);
  ExpectFailed(facts, LineStep::kCertificate, "tls.other_authority");
  EXPECT_FALSE(facts.stranger.empty());
}

TEST_P(LineTest, ACertificateWithAnotherName) {
  auto options = Options();
  options.expected_name = "province-01";
  ExpectFailed(transport::TestLine(options, clock_), LineStep::kCertificate, "tls.other_name");
}

TEST_P(LineTest, AClockThatIsOff) {
  testing::FakeClock clock;
  clock.SetWall(clock_.NowMs() + 6 * 60 * 1000);
  const LineFacts ahead = transport::TestLine(Options(), clock);
  ExpectFailed(ahead, LineStep::kClock, "clock.off");
  EXPECT_NEAR(static_cast<double>(ahead.clock_ahead_s), 360, 5);
  clock.SetWall(clock_.NowMs() - 4 * 60 * 1000);
  EXPECT_FALSE(transport::TestLine(Options(), clock).failed);
}

/// A network that takes the connection and never says anything.
TEST_P(LineTest, AStopIsHeardWhileTheLineIsSilent) {
  using Clock = std::chrono::steady_clock;
  Poco::Net::ServerSocket silent(Poco::Net::SocketAddress("127.0.0.1", 0));
  auto options = Options();
  std::stop_source stop;
  options.url = "https://127.0.0.1:" + std::to_string(silent.address().port());
  options.stop = stop.get_token();
  options.connect_timeout_s = options.timeout_s = 30;
  const auto begun = Clock::now();
  auto asked = std::async(std::launch::async, [&] {
    transport::HttpsProvince line(std::move(options));
    return Reason(line.Enrol("x"));
  });
  Poco::Net::StreamSocket accepted = silent.acceptConnection();  // It is on the line by now.
  char first = 0;
  accepted.receiveBytes(&first, 1);
  stop.request_stop();
  EXPECT_EQ(asked.get(), "sync.stopped");
  EXPECT_LT(Clock::now() - begun, std::chrono::seconds(10));
}

INSTANTIATE_TEST_SUITE_P(Backends, LineTest, ::testing::Values(testing::kSqlite),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso
