#include "sync/protocol/registration.h"
#include "tests/integration/tls_fixture.h"

namespace hoso {
namespace {

using base::ErrorKind;

TEST_P(TlsTest, AnEnrolledDeskExchangesAndRenews) {
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

TEST_P(TlsTest, OlderTlsIsRefused) {
  EXPECT_FALSE(AnswersStranger(TLS1_2_VERSION));
}

TEST_P(TlsTest, NoCertificateIsRefused) {
  EXPECT_FALSE(AnswersStranger(TLS1_3_VERSION));
}

TEST_P(TlsTest, AnotherAuthorityIsRefusedOnBothSides) {
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
  EXPECT_EQ(Reason(untrusted), "tls.other_authority");
}

TEST_P(TlsTest, AnotherNameIsRefused) {
  const auto code = Code();
  const NewDesk desk(random_);
  EXPECT_EQ(Reason(Line(code.certificate, code.key, "province-01")->Enrol(desk.Encoded())),
            "tls.other_name");
}

TEST_P(TlsTest, ACodeWorksForOneDeskOnlyAndRepeatsItsAnswer) {
  const auto code = Code();
  const NewDesk first(random_), second(random_);
  const auto told = Must(Line(code.certificate, code.key)->Enrol(first.Encoded()));
  EXPECT_EQ(Must(Line(code.certificate, code.key)->Enrol(first.Encoded())), told);
  const auto refused = Line(code.certificate, code.key)->Enrol(second.Encoded());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error(), base::Fail(ErrorKind::kRefused, "enrol.used"));
}

TEST_P(TlsTest, ALateCodeIsRefused) {
  testing::FakeClock clock;
  server::Enrolments enrolments(*store_, *authority_, clock, random_);
  const auto code = Must(enrolments.MakeFile("u-1", Url()));
  const auto info = Must(crypto::ParseCertificate(code.certificate));
  clock.Advance(std::int64_t{server::kEnrolmentHours} * 3600 * 1000);
  const NewDesk desk(random_);
  EXPECT_EQ(Reason(enrolments.Enrol(info.fingerprint_hex, desk.Encoded())), "enrol.expired");
}

TEST_P(TlsTest, AnExpiredCertificateIsRefused) {
  NewDesk desk(random_);
  Enrolled(desk);
  crypto::IssueParams params;
  params.common_name = desk.request.replica;
  params.organizational_unit = "06994";
  params.serial_hex = crypto::MakeSerialHex(random_);
  params.not_before_s = clock_.NowMs() / 1000 - 7200;
  params.not_after_s = params.not_before_s + 3600;
  const std::string expired =
      Must(crypto::IssueForKey(desk.key, authority_->ca_certificate, authority_->ca_key, params));
  TextEnds ends(Hello(desk));
  const auto refused = Line(expired, desk.key.view())->Exchange(ends, ends);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kUnreachable);
}

TEST_P(TlsTest, HealthIsToldInPlainHttpToThisMachineOnly) {
  server::HttpServer other(*authority_, clock_, random_);
  EXPECT_EQ(other.Start({"127.0.0.1:0", "0.0.0.0:0", {}}).error().reason, "health.not_local");
  Start({"127.0.0.1:0", "127.0.0.1:0", {}});
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server_->health_port()));
  const std::string asked = "GET /health HTTP/1.0\r\n\r\n";
  socket.sendBytes(asked.data(), static_cast<int>(asked.size()));
  std::string told;
  char piece[1024];
  for (int got = 0; (got = socket.receiveBytes(piece, sizeof piece)) > 0;)
    told.append(piece, static_cast<std::size_t>(got));
  EXPECT_NE(told.find("200 OK"), std::string::npos) << told;
  EXPECT_NE(told.find(R"({"status":"ok","province":"22","running":0})"), std::string::npos) << told;
}

TEST_P(TlsTest, CertificatesOpenOnlyTheirOwnDoor) {
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

TEST_P(TlsTest, ASecondOfficerJoinsAnExistingDesk) {
  SaveUser({"u-2", "Lê Thị Cúc", "06994", "LD", true});
  NewDesk desk(random_);
  const auto installed = Enrolled(desk, "u-1");
  desk.request.csr.clear();
  const auto joined = Enrolled(desk, "u-2");
  EXPECT_EQ(joined.user, "u-2");
  EXPECT_EQ(joined.certificate, "");
  EXPECT_EQ(joined.desk_share, installed.desk_share);
  for (const auto& [answer, officers] : {std::pair(installed, 1u), std::pair(joined, 2u)}) {
    const auto said = Must(protocol::DecodeRegistrations(answer.registrations));
    ASSERT_EQ(said.size(), officers);
    EXPECT_EQ(said.back().replica, desk.request.replica);
    EXPECT_TRUE(crypto::Verify(answer.receipt_key, protocol::RegistrationSigned(said.back()),
                               said.back().signature));
  }
  EXPECT_EQ(Must(store_->OfficersOf(desk.request.replica)).size(), 2u);
}

TEST_P(TlsTest, AnOfficerWhoForgotThePinComesBackAndTheEarlierKeyStays) {
  NewDesk desk(random_), other(random_);
  const auto installed = Enrolled(desk, "u-1");
  desk.request.csr.clear();
  desk.request.officer_key = other.request.officer_key;
  EXPECT_EQ(Enrolled(desk, "u-1").desk_share, installed.desk_share);
  EXPECT_EQ(Must(store_->OfficersOf(desk.request.replica)).size(), 2u);
  EXPECT_NE(Enrolled(other, "u-1").desk_share, installed.desk_share);
}

TEST_P(TlsTest, AShareIsNotRepeatedToADisabledOfficerNorOfARevokedDesk) {
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

TEST_P(TlsTest, ARevokedDeskIsRefused) {
  const NewDesk desk(random_);
  const std::string certificate = Enrolled(desk).certificate;
  Revoke(desk);
  TextEnds ends(Hello(desk));
  EXPECT_TRUE(Line(certificate, desk.key.view())->Exchange(ends, ends));
  EXPECT_EQ(ends.Refusal(), "device.revoked");
}

INSTANTIATE_TEST_SUITE_P(Backends, TlsTest, ::testing::ValuesIn(testing::Backends()),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso
