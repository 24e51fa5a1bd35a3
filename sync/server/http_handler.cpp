#include "sync/server/http_handler.h"

#include <Poco/Crypto/X509Certificate.h>
#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <openssl/x509v3.h>

#include <exception>
#include <optional>
#include <sstream>
#include <utility>

#include "common/crypto/certificate.h"
#include "sync/server/http_body.h"
#include "sync/server/reconciler.h"
#include "sync/server/registrations.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;
using Poco::Net::HTTPResponse;
using Poco::Net::HTTPServerRequest;
using Poco::Net::HTTPServerResponse;

constexpr std::size_t kExchangeLimit = 64u << 20;
constexpr std::size_t kSmallLimit = 64u << 10;
constexpr std::size_t kRegisterLimit = protocol::kMaxRegistrationBytes;

/// Who is at the other end. TLS has checked the authority's signature when the line began; dates
/// are checked here again because a line, or a resumed session, may outlive them.
base::Result<crypto::CertificateInfo> PeerOf(HTTPServerRequest& request, const base::Clock& clock) {
  const auto untrusted = Fail(ErrorKind::kRefused, "certificate.not_trusted");
  auto* line = dynamic_cast<Poco::Net::HTTPServerRequestImpl*>(&request);
  if (line == nullptr) return untrusted;
  Poco::Net::SecureStreamSocket socket(line->socket());
  if (!socket.havePeerCertificate()) return untrusted;
  const Poco::Crypto::X509Certificate certificate = socket.peerCertificate();
  const std::uint32_t uses =
      X509_get_extended_key_usage(const_cast<X509*>(certificate.certificate()));
  if (uses == UINT32_MAX || (uses & XKU_SSL_CLIENT) == 0) return untrusted;
  std::ostringstream pem;
  certificate.save(pem);
  HOSO_TRY_ASSIGN(auto info, crypto::ParseCertificate(pem.str()));
  const std::int64_t now_s = clock.NowMs() / 1000;
  if (now_s > info.not_after_s) return Fail(ErrorKind::kRefused, "certificate.expired");
  return info;
}

/// A renewed certificate takes over when it is first seen; the old one stops speaking then.
base::Status AdoptRenewed(HttpShared& shared, store::ProvinceStore& store,
                          const crypto::CertificateInfo& peer) {
  HOSO_TRY(Enrolments(store, shared.authority, shared.clock, shared.random).KnowAgain(peer));
  const std::string& certificate = peer.fingerprint_hex;
  HOSO_TRY_ASSIGN(const auto device, store.DeviceByCertificate(certificate));
  if (!device || device->next_certificate != certificate) return {};
  return store.database().Atomically([&]() -> base::Status {
    const std::string epoch = base::MakeUuid7(shared.clock.NowMs(), shared.random);
    HOSO_TRY(store.LockUnit(device->unit, epoch));
    HOSO_TRY_ASSIGN(auto now, store.FindDevice(device->replica));
    if (!now || now->next_certificate != certificate) return {};
    now->certificate = certificate;
    now->next_certificate.clear();
    return store.SaveDevice(*now);
  });
}

/// Before an octet of the body is read. The reconciler asks again in the transaction of each batch.
base::Status CheckDevice(store::ProvinceStore& store, const std::string& certificate) {
  HOSO_TRY_ASSIGN(const auto device, store.DeviceByCertificate(certificate));
  if (!device) return Fail(ErrorKind::kRefused, "device.unknown");
  if (device->revoked) return Fail(ErrorKind::kRefused, "device.revoked");
  return {};
}

/// A path as the journal has it: what a stranger asks for may hold anything.
std::string PathWord(const std::string& path) {
  return path.starts_with("/v1/") && path.size() < 16 ? path : "path";
}

base::Result<base::Bytes> ReadSmall(BodySource& body) {
  base::Bytes text;
  char piece[4096];
  for (;;) {
    HOSO_TRY_ASSIGN(const std::size_t count, body.Read(piece, sizeof piece));
    if (count == 0) return text;
    text.append(piece, count);
  }
}

/// Lends when it is the desk's turn, and counts what the step takes.
class TurnLender : public Lender {
 public:
  TurnLender(Lender& lender, Turns::Turn& turn) : lender_(lender), turn_(turn) {}
  base::Status Lend(const Step& step) override {
    turn_.Await();
    return lender_.Lend([&](auto& store, const auto& published) {
      return turn_.Timed([&] { return step(store, published); });
    });
  }

 private:
  Lender& lender_;
  Turns::Turn& turn_;
};

/// One request, from its head to its answer.
struct Asked {
  std::string path;
  std::string certificate;  // Fingerprint, once it is known to be good for this path.
  BodySource& body;
  AnswerSink& answer;
  std::optional<Turns::Turn> turn;
};

class ApiHandler : public Poco::Net::HTTPRequestHandler {
 public:
  explicit ApiHandler(HttpShared& shared) : shared_(shared) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    const Running::Request counted(shared_.running);
    try {
      BodySource body(request, LimitOf(request.getURI()), shared_.octets_taken);
      AnswerSink answer(response, body);
      Asked asked{request.getURI(), "", body, answer, {}};
      const base::Status done = Handle(request, asked);
      if (!done) Explain(done.error(), response, asked);
    } catch (const std::exception&) {
      response.setKeepAlive(false);  // The line broke, or memory did: nothing more to say on it.
    }
  }

 private:
  base::Status Handle(HTTPServerRequest& request, Asked& asked) {
    const std::string& path = asked.path;
    const bool known = path == "/v1/exchange" || path == "/v1/renew" || path == "/v1/register" ||
                       path == "/v1/enrol";
    if (!known || request.getMethod() != "POST") return Fail(ErrorKind::kNotFound, "path.unknown");
    HOSO_TRY_ASSIGN(const auto peer, PeerOf(request, shared_.clock));
    asked.certificate = peer.fingerprint_hex;
    if ((peer.ou == "bootstrap") != (path == "/v1/enrol"))
      return Fail(ErrorKind::kRefused, "certificate.wrong_use");
    HOSO_TRY_ASSIGN(auto turn, shared_.turns.Take(peer.fingerprint_hex));
    asked.turn.emplace(std::move(turn));
    TurnLender lender(shared_, *asked.turn);
    if (path == "/v1/exchange") return Exchange(lender, peer, asked);
    return path == "/v1/register" ? Register(lender, peer, asked) : Certify(lender, asked);
  }

  static std::size_t LimitOf(const std::string& path) {
    if (path == "/v1/exchange") return kExchangeLimit;
    return path == "/v1/register" ? kRegisterLimit : kSmallLimit;
  }

  base::Status Exchange(TurnLender& lender, const crypto::CertificateInfo& peer, Asked& asked) {
    base::Status known = lender.Lend([&](auto& store, const auto&) -> base::Status {
      HOSO_TRY(AdoptRenewed(shared_, store, peer));
      return CheckDevice(store, asked.certificate);
    });
    if (!known && known.error().kind == ErrorKind::kRefused) {
      shared_.journal.Refused(asked.path, known.error().reason, asked.certificate);
      return asked.answer.Write(protocol::EncodeFrame(protocol::Refused{known.error().reason, ""}));
    }
    HOSO_TRY(known);
    Reconciler reconciler(lender, shared_.clock, shared_.random, shared_.authority.receipt_seed);
    const base::Status done = reconciler.Exchange(asked.certificate, asked.body, asked.answer);
    if (reconciler.mended() > 0) shared_.journal.Mended(reconciler.mended());
    HOSO_TRY(done);
    if (!reconciler.refused().empty())
      shared_.journal.Refused(asked.path, reconciler.refused(), asked.certificate);
    return {};
  }

  base::Status Register(TurnLender& lender, const crypto::CertificateInfo& peer, Asked& asked) {
    HOSO_TRY_ASSIGN(const base::Bytes request, ReadSmall(asked.body));
    base::Bytes told;
    HOSO_TRY(lender.Lend([&](auto& store, const auto&) -> base::Status {
      HOSO_TRY(AdoptRenewed(shared_, store, peer));
      const Authority& authority = shared_.authority;
      Registrations registrations(store, authority.province, authority.receipt_seed, shared_.clock,
                                  shared_.random);
      HOSO_TRY_ASSIGN(told, registrations.Exchange(peer, request));
      return {};
    }));
    return asked.answer.Write(told);
  }

  base::Status Certify(TurnLender& lender, Asked& asked) {
    HOSO_TRY_ASSIGN(const base::Bytes request, ReadSmall(asked.body));
    base::Bytes told;
    HOSO_TRY(lender.Lend([&](auto& store, const auto&) -> base::Status {
      Enrolments enrolments(store, shared_.authority, shared_.clock, shared_.random);
      HOSO_TRY_ASSIGN(told, asked.path == "/v1/enrol"
                                ? enrolments.Enrol(asked.certificate, request)
                                : enrolments.Renew(asked.certificate, request));
      return {};
    }));
    return asked.answer.Write(told);
  }

  static HTTPResponse::HTTPStatus StatusOf(ErrorKind kind) {
    switch (kind) {
      case ErrorKind::kNotFound:
        return HTTPResponse::HTTP_NOT_FOUND;
      case ErrorKind::kRefused:
      case ErrorKind::kUsage:
      case ErrorKind::kDamaged:
        return HTTPResponse::HTTP_FORBIDDEN;
      case ErrorKind::kBusy:
        return HTTPResponse::HTTP_SERVICE_UNAVAILABLE;
      default:
        return HTTPResponse::HTTP_INTERNAL_SERVER_ERROR;
    }
  }

  void Explain(const base::Error& error, HTTPServerResponse& response, Asked& asked) {
    const bool about_us = error.kind == ErrorKind::kDisk || error.reason.starts_with("store.");
    const bool line_cut = error.kind == ErrorKind::kUnreachable && !about_us;
    if (asked.answer.Begun() || line_cut) {
      response.setKeepAlive(false);
      return;
    }
    shared_.journal.Refused(PathWord(asked.path), error.reason, asked.certificate);
    // Who has no turn is not listened to for long, however much he has to say.
    if (!asked.body.Drain(asked.turn ? kExchangeLimit : kSmallLimit)) response.setKeepAlive(false);
    const std::string text = about_us ? "province.failed\n" : error.reason + "\n" + error.detail;
    response.setStatusAndReason(about_us && error.kind != ErrorKind::kBusy
                                    ? HTTPResponse::HTTP_INTERNAL_SERVER_ERROR
                                    : StatusOf(error.kind));
    response.setContentType(kContentType);
    response.sendBuffer(text.data(), text.size());
  }

  HttpShared& shared_;
};

class HealthHandler : public Poco::Net::HTTPRequestHandler {
 public:
  explicit HealthHandler(HttpShared& shared) : shared_(shared) {}

  void handleRequest(HTTPServerRequest& request, HTTPServerResponse& response) override {
    try {
      std::string text = R"({"error":"not_found"})";
      if (request.getURI() != "/health") {
        response.setStatusAndReason(HTTPResponse::HTTP_NOT_FOUND);
      } else if (Healthy()) {
        text = R"({"status":"ok","province":")" + shared_.authority.province + R"(","running":)" +
               std::to_string(shared_.running.Now()) + "}";
      } else {
        response.setStatusAndReason(HTTPResponse::HTTP_SERVICE_UNAVAILABLE);
        text = R"({"status":"failed"})";
      }
      response.setContentType("application/json");
      response.sendBuffer(text.data(), text.size());
    } catch (const std::exception&) {
      response.setKeepAlive(false);
    }
  }

 private:
  bool Healthy() {
    return shared_.Lend([](auto&, const auto&) -> base::Status { return {}; }).has_value();
  }

  HttpShared& shared_;
};

template <class Handler>
class Handlers : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  explicit Handlers(HttpShared& shared) : shared_(shared) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const HTTPServerRequest&) override {
    return new Handler(shared_);
  }

 private:
  HttpShared& shared_;
};

}  // namespace

Poco::Net::HTTPRequestHandlerFactory::Ptr ApiHandlers(HttpShared& shared) {
  return new Handlers<ApiHandler>(shared);
}

Poco::Net::HTTPRequestHandlerFactory::Ptr HealthHandlers(HttpShared& shared) {
  return new Handlers<HealthHandler>(shared);
}

}  // namespace hoso::server
