#pragma once

#include <Poco/Net/StreamSocket.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "common/crypto/certificate.h"
#include "common/crypto/random.h"
#include "common/crypto/sign.h"
#include "sync/server/authority.h"
#include "sync/server/http_server.h"
#include "sync/transport/https_province.h"
#include "tests/support/backend.h"
#include "tests/support/fakes.h"

namespace hoso {

template <class T>
T Must(base::Result<T> result) {
  if (!result) ADD_FAILURE() << result.error().reason << " " << result.error().detail;
  return *std::move(result);
}

inline std::string Reason(const base::Result<base::Bytes>& result) {
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

/// A province behind its real HTTPS door, on either database.
class TlsTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    authority_ = std::make_unique<server::Authority>(Must(
        server::InitAuthority(folder_ / "province", "22",
                              testing::NewDatabase(GetParam(), folder_.path()), clock_, random_)));
    store_ = std::make_unique<store::ProvinceStore>(Must(server::OpenStore(*authority_)));
    SaveUser({"u-1", "Trần Văn Bình", "06994", "MC", true});
    Start({"127.0.0.1:0", "", {}});
  }

  void Start(const server::HttpServer::Options& options) {
    server_ = std::make_unique<server::HttpServer>(*authority_, clock_, random_);
    const auto started = server_->Start(options);
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

}  // namespace hoso
