// Who may speak with whom: every wrong certificate and every old protocol, in both directions, is
// refused before one octet of a message is read.
#include <Poco/Net/ServerSocket.h>

#include <functional>
#include <future>

#include "tests/integration/forged.h"
#include "tests/support/journal_book.h"

namespace hoso {
namespace {

struct Row {
  const char* what;
  std::function<Shown()> shown;
  int max_version = TLS1_3_VERSION;
  bool no_common = max_version < TLS1_3_VERSION;  // There is nothing both sides speak.
  const char* to_desk = no_common ? "tls.old" : "tls.untrusted";  // What a desk calls it.
};

class HandshakeTest : public TlsTest {
 protected:
  void SetUp() override {
    TlsTest::SetUp();
    server::HttpServer::Options options{"127.0.0.1:0", ""};
    options.journal = [this](const std::string& line) { journal_.Add(line); };
    Start(options);
    own_ = {Enrolled(desk_).certificate, std::string(desk_.key.view())};
    ca_ = {authority_->ca_certificate, std::string(authority_->ca_key.view())};
    other_ca_ = Forge(AsCa("HoSoXa province-22"), nullptr);
  }

  void TearDown() override { server_.reset(); }  // Its threads write into the journal.

  static Forgery AsCa(const std::string& name) {
    Forgery f;
    f.name = name;
    f.unit = "";
    f.basic = "critical,CA:TRUE";
    f.usage = "critical,keyCertSign,cRLSign";
    f.extended = "";
    return f;
  }
  /// A forgery with one thing changed, signed by the true authority.
  template <class Change>
  std::function<Shown()> But(Forgery f, const Change& change) {
    change(f);
    return [this, f] { return Forge(f, &ca_); };
  }
  /// The same under an authority that this one did or did not make.
  Shown Under(const Forgery& f, const Shown& middle) {
    Shown shown = Forge(f, &middle);
    shown.chain = {middle.certificate};
    return shown;
  }

  /// What is wrong with the certificate of either side, as that side's good one is `good`.
  std::vector<Row> Lies(const Forgery& good) {
    const auto but = [&](const auto& change) { return But(good, change); };
    const char* by_itself = good.dns.empty() ? "tls.portal" : "tls.inspected";
    return {
        {"TLS 1.2", [this] { return own_; }, TLS1_2_VERSION},
        {"TLS 1.1", [this] { return own_; }, TLS1_1_VERSION},
        {"TLS 1.0", [this] { return own_; }, TLS1_VERSION},
        {"self-made", [good] { return Forge(good, nullptr); }, TLS1_3_VERSION, false, by_itself},
        {"self-made, in the authority's name",
         [good, this] { return Forge(good, nullptr, NameOf(ca_.certificate)); }, TLS1_3_VERSION,
         false, "tls.other_authority"},
        {"other authority of the same name, right name",
         [good, this] { return Forge(good, &other_ca_); }, TLS1_3_VERSION, false,
         "tls.other_authority"},
        {"the same, that authority sent along", [good, this] { return Under(good, other_ca_); },
         TLS1_3_VERSION, false, "tls.other_authority"},
        {"expired", but([](Forgery& f) { f.from_s = -7200, f.to_s = -60; }), TLS1_3_VERSION, false,
         "tls.dates"},
        {"not yet valid", but([](Forgery& f) { f.from_s = 3600, f.to_s = 7200; }), TLS1_3_VERSION,
         false, "tls.dates"},
        {"for signing programs", but([](Forgery& f) { f.extended = "codeSigning"; })},
        {"for signing certificates", but([](Forgery& f) { f.usage = "critical,keyCertSign"; })},
        {"a critical extension nobody knows", but([](Forgery& f) { f.unknown = true; })},
        {"a signature with one bit flipped", but([](Forgery& f) { f.broken = true; }),
         TLS1_3_VERSION, false, "tls.other_authority"},
        {"signed over SHA-1", but([](Forgery& f) { f.digest = "SHA1"; })},
        {"a key of RSA 1024", but([](Forgery& f) { f.group = "RSA1024"; })},
        {"a key of 192 bits", but([](Forgery& f) { f.group = "P-192"; }), TLS1_3_VERSION, true},
        {"a desk as authority", [good, this] { return Under(good, own_); }, TLS1_3_VERSION, false,
         by_itself},
        {"an authority between", [good, this] { return Under(good, Forge(AsCa("Giữa"), &ca_)); },
         TLS1_3_VERSION, false, by_itself},
        {"the authority's own certificate", [this] { return ca_; }},
    };
  }

  NewDesk desk_{random_};
  Shown own_, ca_, other_ca_;
  testing::JournalBook journal_;
};

/// The desks' side of the door.
class WhoComesTest : public HandshakeTest {
 protected:
  Heard Ask(const Shown& shown, int max_version, const std::string& path = "/v1/exchange") {
    const auto tls = MakeLyingTls(TLS_client_method(), shown, max_version);
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server_->port()));
    socket.setReceiveTimeout(Poco::Timespan(20, 0));
    const std::string body = Hello(desk_);
    return Speak(tls.get(), static_cast<int>(socket.impl()->sockfd()),
                 "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
                     std::to_string(body.size()) + "\r\n\r\n" + body,
                 false);
  }
  void ExpectRefused(const std::string& what, const Heard& heard, const std::string& reason) {
    EXPECT_EQ(server_->octets_taken(), taken_) << what;
    EXPECT_EQ(heard.octets.find("200 OK") != std::string::npos, reason.starts_with("device."))
        << what << heard.octets;
    EXPECT_TRUE(journal_.Await(reason)) << what << ": " << journal_.Text();
    EXPECT_EQ(Must(store_->Unit("06994"))->position, 0) << what;
    journal_.Clear();
  }
  Forgery AsDesk() const {
    Forgery f;
    f.name = desk_.request.replica;
    return f;
  }
  std::int64_t taken_ = 0;
};

TEST_P(WhoComesTest, ALyingDeskIsRefusedBeforeAnOctetOfItsMessage) {
  taken_ = server_->octets_taken();
  for (const Row& row : Lies(AsDesk()))
    ExpectRefused(row.what, Ask(row.shown(), row.max_version), "handshake tls.");
  ExpectRefused("no certificate", Ask({}, TLS1_3_VERSION), "handshake tls.certificate_required");
}

TEST_P(WhoComesTest, ACertificateOfOursThatIsNotThisDesksIsRefusedBeforeAnOctetOfItsMessage) {
  taken_ = server_->octets_taken();
  const auto signed_by_us = [&](const auto& change) { return But(AsDesk(), change)(); };
  const auto ask = [&](const Shown& shown) { return Ask(shown, TLS1_3_VERSION); };
  ExpectRefused("a server's", ask(signed_by_us([](Forgery& f) { f.extended = "serverAuth"; })),
                "handshake tls.");
  ExpectRefused("for no use", ask(signed_by_us([](Forgery& f) { f.extended = ""; })),
                "certificate.not_trusted");
  ExpectRefused("right name, not the one we gave", ask(signed_by_us([](Forgery&) {})),
                "device.unknown");
  ExpectRefused("a name nobody has", ask(signed_by_us([](Forgery& f) { f.name = "ai-do"; })),
                "device.unknown");
  const auto code = Code();
  const Shown bootstrap{code.certificate, code.key};
  ExpectRefused("an enrolment's for an exchange", ask(bootstrap), "certificate.wrong_use");
  ExpectRefused("an enrolment's for a renewal", Ask(bootstrap, TLS1_3_VERSION, "/v1/renew"),
                "certificate.wrong_use");
  ExpectRefused("a desk's for an enrolment", Ask(own_, TLS1_3_VERSION, "/v1/enrol"),
                "certificate.wrong_use");
  Revoke(desk_);
  ExpectRefused("revoked", ask(own_), "device.revoked");
}

TEST_P(WhoComesTest, ACertificateThatWasReplacedIsRefusedBeforeAnOctetOfItsMessage) {
  const crypto::Secret key = Must(crypto::MakeKeyPem());
  const auto renewed = Must(
      Line(own_.certificate, own_.key)->Renew(Must(crypto::MakeCsr(key, desk_.request.replica))));
  TextEnds ends(Hello(desk_));
  ASSERT_TRUE(Line(renewed, key.view())->Exchange(ends, ends));
  taken_ = server_->octets_taken();
  const Heard heard = Ask(own_, TLS1_3_VERSION);
  EXPECT_EQ(server_->octets_taken(), taken_);
  EXPECT_TRUE(journal_.Await("device.unknown")) << journal_.Text();
}

/// This one is read, for only the request says whether it is a repeat; nothing is done for it.
TEST_P(WhoComesTest, AnEnrolmentCertificateIsGoodForOneDeskOnly) {
  const auto code = Code();
  const NewDesk first(random_), second(random_);
  ASSERT_TRUE(Line(code.certificate, code.key)->Enrol(first.Encoded()));
  EXPECT_EQ(Reason(Line(code.certificate, code.key)->Enrol(second.Encoded())), "enrol.used");
  EXPECT_FALSE(Must(store_->FindDevice(second.request.replica)));
  EXPECT_TRUE(journal_.Await("refused /v1/enrol enrol.used")) << journal_.Text();
}

/// TLS 1.3 has no renegotiation; whoever asks for something like it is not answered by one.
TEST_P(WhoComesTest, NothingIsNegotiatedAgain) {
  const auto tls = MakeLyingTls(TLS_client_method(), own_, TLS1_3_VERSION);
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server_->port()));
  const std::unique_ptr<SSL, decltype(&SSL_free)> line(SSL_new(tls.get()), &SSL_free);
  SSL_set_fd(line.get(), static_cast<int>(socket.impl()->sockfd()));
  ASSERT_EQ(SSL_connect(line.get()), 1);
  EXPECT_EQ(SSL_renegotiate(line.get()), 0);
}

TEST_P(WhoComesTest, WhatIsNoTlsIsCutOff) {
  taken_ = server_->octets_taken();
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server_->port()));
  socket.setReceiveTimeout(Poco::Timespan(20, 0));
  const std::string plain = "POST /v1/exchange HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
  socket.sendBytes(plain.data(), static_cast<int>(plain.size()));
  char piece[256];
  int got = 0;
  try {
    got = socket.receiveBytes(piece, sizeof piece);
  } catch (const Poco::Exception&) {  // Reset: what it sent was not even read.
  }
  EXPECT_EQ(std::string(piece, static_cast<std::size_t>(got)).find("HTTP"), std::string::npos);
  EXPECT_EQ(server_->octets_taken(), taken_);
}

/// The province's side of the door, as a desk sees it: whoever answers must be the province.
class WhoAnswersTest : public HandshakeTest {
 protected:
  Forgery AsProvince() const {
    Forgery f;
    f.name = "province-22";
    f.unit = "";
    f.extended = "serverAuth";
    f.dns = "DNS:province-22";
    return f;
  }
  /// What the desk says of one who shows this, having told him nothing.
  std::string Told(const std::string& what, const Shown& shown, int max_version) {
    const auto tls = MakeLyingTls(TLS_server_method(), shown, max_version);
    SSL_CTX_set_verify(tls.get(), SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    Poco::Net::ServerSocket listening(Poco::Net::SocketAddress("127.0.0.1", 0));
    auto heard = std::async(std::launch::async, [&] {
      Poco::Net::StreamSocket accepted = listening.acceptConnection();
      accepted.setReceiveTimeout(Poco::Timespan(20, 0));
      return Speak(tls.get(), static_cast<int>(accepted.impl()->sockfd()), "", true);
    });
    transport::Options options;
    options.url = "https://127.0.0.1:" + std::to_string(listening.address().port());
    options.ca_pem = authority_->ca_certificate;
    options.certificate_pem = own_.certificate;
    options.key_pem = crypto::Secret(own_.key);
    options.expected_name = "province-22";
    options.connect_timeout_s = options.timeout_s = 20;
    base::Status done;
    {
      TextEnds ends(Hello(desk_));
      transport::HttpsProvince line(std::move(options));
      done = line.Exchange(ends, ends);
      EXPECT_TRUE(ends.taken.empty()) << what;
      EXPECT_EQ(line.BytesUp(), 0) << what;
    }
    EXPECT_EQ(heard.get().octets, "") << what;
    EXPECT_FALSE(done) << what;
    return done ? "" : done.error().reason;
  }
};

TEST_P(WhoAnswersTest, ALyingProvinceIsToldNothing) {
  for (const Row& row : Lies(AsProvince())) {
    const std::string reason = Told(row.what, row.shown(), row.max_version);
    EXPECT_EQ(reason, row.to_desk) << row.what;
  }
}

TEST_P(WhoAnswersTest, ACertificateOfOursThatIsNotTheProvincesIsToldNothing) {
  const auto told = [&](const std::string& what, const auto& change) {
    return Told(what, But(AsProvince(), change)(), TLS1_3_VERSION);
  };
  EXPECT_EQ(told("other name", [](Forgery& f) { f.dns = "DNS:province-01"; }), "tls.other_name");
  EXPECT_EQ(told("any name", [](Forgery& f) { f.dns = "DNS:*"; }), "tls.other_name");
  EXPECT_EQ(told("right name in another place", [](Forgery& f) { f.dns = ""; }), "tls.other_name");
  EXPECT_EQ(told("the address", [](Forgery& f) { f.dns = "IP:127.0.0.1"; }), "tls.other_name");
  EXPECT_EQ(told("a desk's", [](Forgery& f) { f.extended = "clientAuth"; }), "tls.untrusted");
  EXPECT_EQ(Told("a true desk's", own_, TLS1_3_VERSION), "tls.untrusted");
}

/// So that the rows above are refused for what they say and not for how they are made.
TEST_P(WhoAnswersTest, TheSameWithNothingWrongIsSpokenTo) {
  const auto tls = MakeLyingTls(TLS_server_method(), Forge(AsProvince(), &ca_), TLS1_3_VERSION);
  Poco::Net::ServerSocket listening(Poco::Net::SocketAddress("127.0.0.1", 0));
  auto heard = std::async(std::launch::async, [&] {
    Poco::Net::StreamSocket accepted = listening.acceptConnection();
    accepted.setReceiveTimeout(Poco::Timespan(20, 0));
    return Speak(tls.get(), static_cast<int>(accepted.impl()->sockfd()),
                 "HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", true);
  });
  transport::Options options;
  options.url = "https://127.0.0.1:" + std::to_string(listening.address().port());
  options.ca_pem = authority_->ca_certificate;
  options.certificate_pem = own_.certificate;
  options.key_pem = crypto::Secret(own_.key);
  options.expected_name = "province-22";
  {
    TextEnds ends(Hello(desk_));
    EXPECT_FALSE(transport::HttpsProvince(std::move(options)).Exchange(ends, ends));
  }
  EXPECT_NE(heard.get().octets.find("POST /v1/exchange"), std::string::npos);
}

const auto kOne = ::testing::Values(testing::kSqlite);
INSTANTIATE_TEST_SUITE_P(Backends, WhoComesTest, kOne, [](const auto& b) { return b.param; });
INSTANTIATE_TEST_SUITE_P(Backends, WhoAnswersTest, kOne, [](const auto& b) { return b.param; });

}  // namespace
}  // namespace hoso
