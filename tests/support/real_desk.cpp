#include "tests/support/real_desk.h"

#include <algorithm>
#include <utility>

#include "common/crypto/certificate.h"
#include "common/crypto/sign.h"
#include "sync/engine/enrolment.h"

namespace hoso::testing {
namespace {

/// Hands the request on and stops once to let something happen in the middle of it.
class Interrupted : public protocol::ByteSource {
 public:
  Interrupted(protocol::ByteSource& source, std::size_t after, std::function<bool()>& work)
      : source_(source), left_(after), work_(work) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override {
    if (left_ == 0 && work_) {
      if (!std::exchange(work_, nullptr)())
        return base::Fail(base::ErrorKind::kUnreachable, "net.cut");
    }
    HOSO_TRY_ASSIGN(const std::size_t got, source_.Read(into, size));
    left_ -= std::min(left_, got);
    return got;
  }

 private:
  protocol::ByteSource& source_;
  std::size_t left_;
  std::function<bool()>& work_;
};

class InterruptedProvince : public engine::Province {
 public:
  InterruptedProvince(engine::Province& province, std::size_t after, std::function<bool()> work)
      : province_(province), after_(after), work_(std::move(work)) {}
  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override {
    Interrupted source(request, after_, work_);
    return province_.Exchange(source, answer);
  }
  base::Result<base::Bytes> Enrol(std::string_view request) override {
    return province_.Enrol(request);
  }
  base::Result<std::string> Renew(std::string_view csr) override { return province_.Renew(csr); }
  base::Result<base::Bytes> Register(std::string_view registrations) override {
    return province_.Register(registrations);
  }

 private:
  engine::Province& province_;
  std::size_t after_;
  std::function<bool()> work_;
};

}  // namespace

RealDesk::RealDesk(const protocol::EnrolmentFile& code)
    : catalogue_(catalog::LoadDefault().value()),
      code_(code),
      replica_(base::MakeUuid7(clock_.NowMs(), random_)),
      key_(crypto::MakeKeyPem().value()),
      device_seed_(crypto::MakeSeed(random_)),
      officer_seed_(crypto::MakeSeed(random_)) {
  const engine::BeginnerKeys keys{replica_, crypto::PublicKey(device_seed_),
                                  crypto::Secret(std::string(key_.view())),
                                  crypto::Secret(std::string(officer_seed_.view()))};
  const auto answer =
      engine::AskToEnrol(*Line(code.certificate, code.key), keys, code.user).value();
  certificate_ = answer.certificate;
  store_ = std::make_unique<store::DeskStore>(
      store::Database::OpenEncrypted(folder_ / "desk.db", std::string(32, 'k')).value());
  engine::Desk::SetUp(*store_, replica_, code.unit, device_seed_, answer.receipt_key).value();
  engine::Desk::Remember(*store_, {code.user, answer.user_name, answer.role, answer.unit, true})
      .value();
  desk_ = std::make_unique<engine::Desk>(*store_, catalogue_, clock_);
}

std::unique_ptr<transport::HttpsProvince> RealDesk::Line(const std::string& certificate,
                                                         std::string_view key) const {
  transport::Options options;
  options.url = code_.server;
  options.ca_pem = code_.ca;
  options.certificate_pem = certificate;
  options.key_pem = crypto::Secret(std::string(key));
  options.expected_name = "province-" + code_.province;
  options.connect_timeout_s = 5;
  options.timeout_s = patience_s_;
  return std::make_unique<transport::HttpsProvince>(std::move(options));
}

void RealDesk::SetServer(const std::string& url) {
  code_.server = url;
}

std::string RealDesk::Receive(const std::string& applicant) {
  const std::string id = base::MakeUuid7(clock_.NowMs(), random_);
  const change::Create create{code_.unit,
                              "1.013225",
                              "",
                              "nha-o-rieng-le",
                              "2026-11-23T08:30",
                              "",
                              false,
                              {{"applicant.name", applicant}},
                              {}};
  desk_->Record({code_.user, &officer_seed_}, id, create).value();
  return id;
}

void RealDesk::Act(const std::string& dossier, change::Body body) {
  desk_->Record({code_.user, &officer_seed_}, dossier, std::move(body)).value();
}

change::DossierState RealDesk::Shown(const std::string& dossier) {
  const auto stored = desk_->Load(dossier).value();
  return stored ? stored->shown : change::DossierState{};
}

void RealDesk::Note(const std::string& dossier, const std::string& text) {
  desk_->Record({code_.user, &officer_seed_}, dossier, change::AddNote{text}).value();
}

void RealDesk::NoteMuch(const std::string& dossier, int notes, std::size_t size) {
  for (int i = 0; i < notes; ++i)
    Note(dossier, base::ToHex(crypto::RandomBytes(random_, size / 2)));
}

void RealDesk::Renew() {
  crypto::Secret key = crypto::MakeKeyPem().value();
  const std::string csr = crypto::MakeCsr(key, replica_).value();
  certificate_ = Line(certificate_, key_.view())->Renew(csr).value();
  key_ = std::move(key);
}

base::Result<engine::SyncReport> RealDesk::Sync() {
  return desk_->Sync(*Line(certificate_, key_.view()), {code_.user, &officer_seed_});
}

base::Result<engine::SyncReport> RealDesk::SyncWith(std::size_t after, std::function<bool()> work) {
  const auto line = Line(certificate_, key_.view());
  InterruptedProvince province(*line, after, std::move(work));
  return desk_->Sync(province);
}

std::int64_t RealDesk::Unsent() {
  const auto rows = store_->Outbox(0, 1'000'000).value();
  return std::count_if(rows.begin(), rows.end(), [](const store::OutboxRow& row) {
    return row.status == store::OutboxStatus::kHere;
  });
}

std::string RealDesk::Meta(const std::string& key) {
  return store_->Meta(key).value().value_or("");
}

engine::Desk::Digest RealDesk::Digest() {
  return desk_->DigestNow().value();
}

}  // namespace hoso::testing
