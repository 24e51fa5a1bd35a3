#include "tests/support/office.h"

#include <gtest/gtest.h>

#include "client/cli/run.h"
#include "common/catalog/load.h"
#include "common/crypto/certificate.h"
#include "sync/server/reconciler.h"
#include "sync/server/registrations.h"

namespace hoso::testing {
namespace {

using base::ErrorKind;
using base::Fail;

template <class T>
T Must(base::Result<T> result) {
  if (!result) ADD_FAILURE() << result.error().reason << " " << result.error().detail;
  return *std::move(result);
}

std::string FileName(const std::string& text) {
  std::string name;
  for (const char c : text) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

}  // namespace

/// The province as one desk reaches it, known by the certificate that it shows.
class OfficeProvince : public engine::Province {
 public:
  OfficeProvince(Office& office, const flows::Connection& connection)
      : office_(office),
        shown_(Must(crypto::ParseCertificate(connection.certificate_pem))),
        certificate_(shown_.fingerprint_hex) {
    ++office_.connections;
  }

  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override {
    if (!office_.online) return Fail(ErrorKind::kUnreachable, "net.refused");
    if (!office_.refuses.empty()) return Fail(ErrorKind::kRefused, office_.refuses);
    const auto catalogue = Must(catalog::LoadDefault());
    const base::Bytes packed =
        office_.catalogue.empty() ? Must(catalog::PackDefault()) : office_.catalogue;
    server::Reconciler reconciler(*office_.store_, catalogue, packed, office_.clock_,
                                  office_.random_, office_.authority_->receipt_seed);
    MemoryProvince line(reconciler, certificate_);
    line.faults = office_.faults;
    if (LosesAnswer()) line.faults.cut_answer = 0;
    return line.Exchange(request, answer);
  }
  base::Result<base::Bytes> Enrol(std::string_view request) override {
    if (!office_.online) return Fail(ErrorKind::kUnreachable, "net.refused");
    auto answer = Enrolments().Enrol(certificate_, request);
    if (LosesAnswer()) return Fail(ErrorKind::kUnreachable, "net.timeout");
    return answer;
  }
  base::Result<std::string> Renew(std::string_view csr) override {
    if (!office_.online) return Fail(ErrorKind::kUnreachable, "net.refused");
    if (!office_.refuses.empty()) return Fail(ErrorKind::kRefused, office_.refuses);
    auto pem = Enrolments().Renew(certificate_, csr);
    if (office_.lose_renewals > 0 && office_.lose_renewals-- > 0)
      return Fail(ErrorKind::kUnreachable, "net.cut");
    if (LosesAnswer()) return Fail(ErrorKind::kUnreachable, "net.cut");
    return pem;
  }

  base::Result<base::Bytes> Register(std::string_view registrations) override {
    if (!office_.online) return Fail(ErrorKind::kUnreachable, "net.refused");
    if (!office_.refuses.empty()) return Fail(ErrorKind::kRefused, office_.refuses);
    return server::Registrations(*office_.store_, office_.authority_->province,
                                 office_.authority_->receipt_seed, office_.clock_, office_.random_)
        .Exchange(shown_, registrations);
  }

 private:
  bool LosesAnswer() { return office_.lose_answers > 0 && office_.lose_answers-- > 0; }
  server::Enrolments Enrolments() {
    return {*office_.store_, *office_.authority_, office_.clock_, office_.random_};
  }

  Office& office_;
  crypto::CertificateInfo shown_;
  std::string certificate_;
};

Office::Office(const std::string& database)
    : authority_(std::make_unique<server::Authority>(
          Must(server::InitAuthority(folder_ / "province", "22", database, clock_, random_)))),
      store_(std::make_unique<store::ProvinceStore>(Must(server::OpenStore(*authority_)))) {}

void Office::SaveUser(const store::User& user) {
  ASSERT_TRUE(store_->database().Atomically([&] { return store_->SaveUser(user); }));
}

std::string Office::Hire(const std::string& role, const std::string& name) {
  const std::string id = "u-" + role + std::to_string(Must(store_->Users()).size());
  SaveUser({id, name + " " + role, kUnit, role, true});
  return id;
}

std::string Office::CodeFor(const std::string& user) {
  server::Enrolments enrolments(*store_, *authority_, clock_, random_);
  const auto file = Must(enrolments.MakeFile(user, "https://127.0.0.1:1"));
  const std::string path = folder_ / (user + "-" + std::to_string(clock_.NowMs()) + ".hsx");
  EXPECT_TRUE(base::WriteFile(path, protocol::EncodeEnrolmentFile(file), true));
  return path;
}

std::string Office::Enrol(const std::string& desk, const std::string& role) {
  const std::string user = Hire(role);
  Do(desk, {"enrol", "--code-file", CodeFor(user)});
  return user;
}

std::string Office::PinFile(const std::string& pin) {
  const std::string path = folder_ / ("pin-" + FileName(pin));
  EXPECT_TRUE(base::WriteFile(path, pin + "\n", true));
  return path;
}

flows::Tools Office::Tools() {
  flows::Tools tools{clock_,
                     random_,
                     [this](flows::Connection connection) {
                       return std::make_unique<OfficeProvince>(*this, connection);
                     },
                     {8, 1},
                     HOSO_FONTS};
  tools.keeper = keeper;
  tools.events = events;
  return tools;
}

Ran Office::Run(const std::vector<std::string>& words) {
  Ran ran;
  ran.exit = cli::Run(words, Tools(),
                      {[&](const std::string& text) { ran.out += text; },
                       [&](const std::string& text) { ran.error += text; }});
  ran.json = nlohmann::json::parse(ran.out, nullptr, false);
  return ran;
}

Ran Office::At(const std::string& desk, std::vector<std::string> words, const std::string& pin) {
  const std::vector<std::string> common = {"--json", "--data", Folder(desk), "--pin-file",
                                           PinFile(pin)};
  words.insert(words.begin(), common.begin(), common.end());
  return Run(words);
}

nlohmann::json Office::Do(const std::string& desk, std::vector<std::string> words,
                          const std::string& pin) {
  const Ran ran = At(desk, std::move(words), pin);
  EXPECT_EQ(ran.exit, 0) << ran.error << ran.out;
  EXPECT_EQ(ran.error, "");
  return ran.json;
}

std::string Office::Receive(const std::string& desk, const std::string& applicant) {
  return Do(desk, {"dossier", "new", "--procedure", "1.013225", "--received", "2026-11-23T08:30",
                   "--set", "applicant.name=" + applicant})
      .at("id");
}

void Office::SyncAll(const std::vector<std::string>& desks) {
  for (int round = 0; round < 2; ++round)
    for (const std::string& desk : desks) Do(desk, {"sync"});
}

nlohmann::json Office::ProvinceDigest() {
  const auto head = Must(store_->Unit(kUnit));
  return {{"position", head ? head->position : 0},
          {"sha256", base::ToHex(Must(store_->Digest(kUnit)))}};
}

}  // namespace hoso::testing
