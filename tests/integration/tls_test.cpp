#include <Poco/Net/StreamSocket.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>

#include "common/crypto/certificate.h"
#include "common/crypto/random.h"
#include "common/crypto/sign.h"
#include "sync/server/authority.h"
#include "sync/server/http_server.h"
#include "sync/transport/https_province.h"
#include "tests/support/fakes.h"

namespace hoso {
namespace {

using base::ErrorKind;

template <class T>
T Must(base::Result<T> result) {
  if (!result) ADD_FAILURE() << result.error().reason << " " << result.error().detail;
  return *std::move(result);
}

std::string Reason(const base::Result<base::Bytes>& result) {
  return result ? "" : result.error().reason;
}

/// A new desk's keys and what it asks with them.
struct NewDesk {
  explicit NewDesk(base::Random& random)
      : key(Must(crypto::MakeKeyPem())),
        device_seed(crypto::MakeSeed(random)),
        officer_seed(crypto::MakeSeed(random)) {
    request.replica = base::MakeUuid7(1, random);
    request.csr = Must(crypto::MakeCsr(key, request.replica));
    request.device_key = crypto::PublicKey(device_seed);
    request.officer_key = crypto::PublicKey(officer_seed);
  }
  std::string Encoded() const { return protocol::EncodeEnrolRequest(request); }

  crypto::Secret key, device_seed, officer_seed;
  protocol::EnrolRequest request;
};

class TextEnds : public protocol::ByteSource, public protocol::ByteSink {
 public:
  explicit TextEnds(std::string given) : given_(std::move(given)) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override {
    const std::size_t count = given_.copy(into, size, at_);
    at_ += count;
    return count;
  }
  base::Status Write(std::string_view bytes) override {
    taken.append(bytes);
    return {};
  }
  /// The one frame a refused desk gets.
  std::string Refusal() {
    TextEnds answer(taken);
    protocol::FrameReader reader(answer);
    const auto message = reader.Next();
    const auto* refused = message ? std::get_if<protocol::Refused>(&*message) : nullptr;
    return refused ? refused->reason : "";
  }
  std::string taken;

 private:
  std::string given_;
  std::size_t at_ = 0;
};

class TlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    authority_ = std::make_unique<server::Authority>(
        Must(server::InitAuthority(folder_ / "province", "22", "", clock_, random_)));
    store_ = std::make_unique<store::ProvinceStore>(Must(server::OpenStore(*authority_)));
    SaveUser({"u-1", "Trần Văn Bình", "06994", "MC", true});
    server_ = std::make_unique<server::HttpServer>(*authority_, clock_, random_);
    const auto started = server_->Start({"127.0.0.1:0", ""});
    ASSERT_TRUE(started) << started.error().reason << started.error().detail;
  }

  void SaveUser(const store::User& user) {
    ASSERT_TRUE(store_->database().Atomically([&] { return store_->SaveUser(user); }));
  }

  protocol::EnrolmentFile Code(const std::string& user = "u-1") {
    server::Enrolments enrolments(*store_, *authority_, clock_, random_);
    return Must(enrolments.MakeFile(user, Url()));
  }

  void Revoke(const NewDesk& desk) {
    auto device = Must(store_->FindDevice(desk.request.replica));
    ASSERT_TRUE(device);
    device->revoked = true;
    ASSERT_TRUE(store_->database().Atomically([&] { return store_->SaveDevice(*device); }));
  }

  std::string Url() const { return "https://127.0.0.1:" + std::to_string(server_->port()); }

  std::unique_ptr<transport::HttpsProvince> Line(const std::string& certificate,
                                                 std::string_view key,
                                                 const std::string& name = "province-22",
                                                 const std::string& ca = "") {
    transport::Options options;
    options.url = Url();
    options.ca_pem = ca.empty() ? authority_->ca_certificate : ca;
    options.certificate_pem = certificate;
    options.key_pem = crypto::Secret(std::string(key));
    options.expected_name = name;
    options.connect_timeout_s = 5;
    options.timeout_s = 10;
    return std::make_unique<transport::HttpsProvince>(std::move(options));
  }

  protocol::EnrolAnswer Enrolled(const NewDesk& desk, const std::string& user = "u-1") {
    const auto code = Code(user);
    const auto told = Must(Line(code.certificate, code.key)->Enrol(desk.Encoded()));
    return Must(protocol::DecodeEnrolAnswer(told));
  }

  std::string Hello(const NewDesk& desk) {
    protocol::Hello hello;
    hello.replica = desk.request.replica;
    hello.unit = "06994";
    return protocol::EncodeFrame(hello) + protocol::EncodeFrame(protocol::Over{});
  }

  /// Does the server answer a client that shows nothing and speaks at most this version?
  bool AnswersStranger(int version) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> tls(SSL_CTX_new(TLS_client_method()),
                                                                &SSL_CTX_free);
    SSL_CTX_set_max_proto_version(tls.get(), version);
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server_->port()));
    socket.setReceiveTimeout(Poco::Timespan(5, 0));
    const std::unique_ptr<SSL, decltype(&SSL_free)> line(SSL_new(tls.get()), &SSL_free);
    SSL_set_fd(line.get(), static_cast<int>(socket.impl()->sockfd()));
    if (SSL_connect(line.get()) != 1) return false;
    const std::string asked = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    SSL_write(line.get(), asked.data(), static_cast<int>(asked.size()));
    char answer[64];
    return SSL_read(line.get(), answer, sizeof answer) > 0;
  }

  testing::TempFolder folder_;
  base::SystemClock clock_;
  crypto::SystemRandom random_;
  std::unique_ptr<server::Authority> authority_;
  std::unique_ptr<store::ProvinceStore> store_;
  std::unique_ptr<server::HttpServer> server_;
};

TEST_F(TlsTest, AnEnrolledDeskExchangesAndRenews) {
  const NewDesk desk(random_);
  const std::string certificate = Enrolled(desk).certificate;
  const auto line = Line(certificate, desk.key.view());
  for (int times = 0; times < 2; ++times) {  // The second time on the kept connection.
    TextEnds ends(Hello(desk));
    const auto done = line->Exchange(ends, ends);
    ASSERT_TRUE(done) << done.error().reason << " " << done.error().detail;
    EXPECT_EQ(ends.Refusal(), "");
    EXPECT_FALSE(ends.taken.empty());
  }
  EXPECT_GT(line->BytesUp(), 0);
  EXPECT_GT(line->BytesDown(), 0);

  const crypto::Secret key = Must(crypto::MakeKeyPem());
  const std::string renewed = Must(line->Renew(Must(crypto::MakeCsr(key, desk.request.replica))));
  TextEnds with_old(Hello(desk)), with_new(Hello(desk)), too_late(Hello(desk));
  EXPECT_TRUE(line->Exchange(with_old, with_old));
  EXPECT_EQ(with_old.Refusal(), "");
  EXPECT_TRUE(Line(renewed, key.view())->Exchange(with_new, with_new));
  EXPECT_EQ(with_new.Refusal(), "");
  EXPECT_TRUE(line->Exchange(too_late, too_late));
  EXPECT_EQ(too_late.Refusal(), "device.unknown");
}

TEST_F(TlsTest, OlderTlsIsRefused) {
  EXPECT_FALSE(AnswersStranger(TLS1_2_VERSION));
}

TEST_F(TlsTest, NoCertificateIsRefused) {
  EXPECT_FALSE(AnswersStranger(TLS1_3_VERSION));
}

TEST_F(TlsTest, AnotherAuthorityIsRefusedOnBothSides) {
  const auto other = Must(server::InitAuthority(folder_ / "other", "22", "", clock_, random_));
  const auto shown = Must(server::IssueServer(other, clock_, random_));
  crypto::IssueParams params;
  params.common_name = "u-1";
  params.organizational_unit = "bootstrap";
  params.serial_hex = crypto::MakeSerialHex(random_);
  params.not_before_s = clock_.NowMs() / 1000 - 60;
  params.not_after_s = params.not_before_s + 3600;
  const auto forged =
      Must(crypto::IssueForKey(shown.key, other.ca_certificate, other.ca_key, params));
  const NewDesk desk(random_);
  const auto refused = Line(forged, shown.key.view())->Enrol(desk.Encoded());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnreachable);

  const auto code = Code();
  const auto untrusted =
      Line(code.certificate, code.key, "province-22", other.ca_certificate)->Enrol(desk.Encoded());
  EXPECT_EQ(Reason(untrusted), "tls.untrusted");
}

TEST_F(TlsTest, AnotherNameIsRefused) {
  const auto code = Code();
  const NewDesk desk(random_);
  EXPECT_EQ(Reason(Line(code.certificate, code.key, "province-01")->Enrol(desk.Encoded())),
            "tls.untrusted");
}

TEST_F(TlsTest, ACodeWorksForOneDeskOnlyAndRepeatsItsAnswer) {
  const auto code = Code();
  const NewDesk first(random_), second(random_);
  const auto told = Must(Line(code.certificate, code.key)->Enrol(first.Encoded()));
  EXPECT_EQ(Must(Line(code.certificate, code.key)->Enrol(first.Encoded())), told);
  const auto refused = Line(code.certificate, code.key)->Enrol(second.Encoded());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), base::Fail(ErrorKind::kRefused, "enrol.used"));
}

TEST_F(TlsTest, ALateCodeIsRefused) {
  testing::FakeClock clock;
  server::Enrolments enrolments(*store_, *authority_, clock, random_);
  const auto code = Must(enrolments.MakeFile("u-1", Url()));
  const auto info = Must(crypto::ParseCertificate(code.certificate));
  clock.Advance(std::int64_t{server::kEnrolmentHours} * 3600 * 1000);
  const NewDesk desk(random_);
  EXPECT_EQ(Reason(enrolments.Enrol(info.fingerprint_hex, desk.Encoded())), "enrol.expired");
}

TEST_F(TlsTest, CertificatesOpenOnlyTheirOwnDoor) {
  const NewDesk desk(random_);
  const std::string certificate = Enrolled(desk).certificate;
  EXPECT_EQ(Reason(Line(certificate, desk.key.view())->Enrol(desk.Encoded())),
            "certificate.wrong_use");
  const auto code = Code();
  TextEnds ends(Hello(desk));
  const auto refused = Line(code.certificate, code.key)->Exchange(ends, ends);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "certificate.wrong_use");
}

TEST_F(TlsTest, ASecondOfficerJoinsAnExistingDesk) {
  SaveUser({"u-2", "Lê Thị Cúc", "06994", "LD", true});
  NewDesk desk(random_);
  const auto installed = Enrolled(desk, "u-1");
  desk.request.csr.clear();
  const auto joined = Enrolled(desk, "u-2");
  EXPECT_EQ(joined.user, "u-2");
  EXPECT_EQ(joined.certificate, "");
  EXPECT_EQ(joined.desk_share, installed.desk_share);
  EXPECT_EQ(Must(store_->OfficersOf(desk.request.replica)).size(), 2u);
}

TEST_F(TlsTest, AnOfficerWhoForgotThePinComesBackAndTheEarlierKeyStays) {
  NewDesk desk(random_), other(random_);
  const auto installed = Enrolled(desk, "u-1");
  desk.request.csr.clear();
  desk.request.officer_key = other.request.officer_key;
  EXPECT_EQ(Enrolled(desk, "u-1").desk_share, installed.desk_share);
  EXPECT_EQ(Must(store_->OfficersOf(desk.request.replica)).size(), 2u);
  EXPECT_NE(Enrolled(other, "u-1").desk_share, installed.desk_share);
}

TEST_F(TlsTest, AShareIsNotRepeatedToADisabledOfficerNorOfARevokedDesk) {
  const auto code = Code("u-1");
  NewDesk desk(random_);
  const auto ask = [&] { return Line(code.certificate, code.key)->Enrol(desk.Encoded()); };
  ASSERT_TRUE(ask());
  SaveUser({"u-1", "Trần Văn Bình", "06994", "MC", false});
  EXPECT_EQ(Reason(ask()), "user.inactive");
  SaveUser({"u-1", "Trần Văn Bình", "06994", "MC", true});
  Revoke(desk);
  EXPECT_EQ(Reason(ask()), "enrol.used");
  desk.request.csr.clear();
  const auto join = Code("u-1");
  EXPECT_EQ(Reason(Line(join.certificate, join.key)->Enrol(desk.Encoded())), "device.revoked");
}

TEST_F(TlsTest, ARevokedDeskIsRefused) {
  const NewDesk desk(random_);
  const std::string certificate = Enrolled(desk).certificate;
  Revoke(desk);
  TextEnds ends(Hello(desk));
  EXPECT_TRUE(Line(certificate, desk.key.view())->Exchange(ends, ends));
  EXPECT_EQ(ends.Refusal(), "device.revoked");
}

}  // namespace
}  // namespace hoso
