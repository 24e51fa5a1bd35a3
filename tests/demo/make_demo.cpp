// make-demo FOLDER PIN [UNSENT]: three desks of one unit, enrolled with FOLDER/MC.hsx, CV.hsx and
// TP.hsx at the province that runs, with work of every kind on them, and UNSENT notes more that
// wait on the first.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "client/flows/casework_flow.h"
#include "client/flows/draft_flow.h"
#include "client/flows/enrol_flow.h"
#include "client/flows/explain.h"
#include "client/flows/intake_form.h"
#include "client/flows/look_up.h"
#include "client/flows/sync_flow.h"
#include "common/crypto/random.h"
#include "sync/transport/https_province.h"
#include "tests/demo/people.h"

namespace hoso::demo {
namespace {

constexpr int kDossiers = 200;
constexpr crypto::KdfCost kQuick{8, 1};  // Of a PIN that protects nothing.

void Must(const base::Status& status) {
  if (status) return;
  std::fprintf(stderr, "%s %s\n", status.error().reason.c_str(), status.error().detail.c_str());
  std::exit(1);
}
template <class T>
T Must(base::Result<T> result) {
  if (!result) Must(base::Status(result.error()));
  return *std::move(result);
}

std::unique_ptr<engine::Province> Connect(flows::Connection connection) {
  transport::Options options;
  options.url = std::move(connection.url);
  options.ca_pem = std::move(connection.ca_pem);
  options.certificate_pem = std::move(connection.certificate_pem);
  options.key_pem = std::move(connection.key_pem);
  options.expected_name = "province-" + connection.province;
  return std::make_unique<transport::HttpsProvince>(std::move(options));
}

class Desk {
 public:
  Desk(const std::string& folder, const std::string& role, const std::string& pin,
       const flows::Tools& tools) {
    const flows::DeskFolder desk(folder + "/" + role);
    Must(flows::Enrol(desk, folder + "/" + role + ".hsx", pin, tools));
    open_ = Must(flows::OpenDesk::Unlock(desk, "", pin, tools));
    Sync();
  }
  flows::OpenDesk& open() { return *open_; }
  void Sync() { Must(flows::Synchronise(*open_)); }
  void Step(const std::string& dossier, const char* name) {
    Must(flows::CaseworkFlow(*open_).Step(dossier, name, ""));
  }
  void Set(const std::string& dossier, const std::map<std::string, std::string>& fields) {
    Must(flows::CaseworkFlow(*open_).Set(dossier, fields));
  }
  void Approve(const std::string& dossier) {
    Must(flows::CaseworkFlow(*open_).Decide(dossier, "approve", ""));
  }

 private:
  std::unique_ptr<flows::OpenDesk> open_;
};

/// The latest morning on which a dossier had to come to be due `days` from today, or before.
std::string ReceivedFor(flows::OpenDesk& open, const std::string& procedure,
                        const std::string& case_key, int days) {
  const std::string wanted = domain::ToText(open.Now().day + std::chrono::days(days));
  constexpr int kFarthest = 90;
  for (int back = 0; back < kFarthest; ++back) {
    const std::string received =
        domain::ToText(open.Now().day - std::chrono::days(back)) + (back == 0 ? "" : "T08:30");
    flows::DeadlineAsked asked;
    asked.procedure = procedure;
    asked.case_key = case_key;
    asked.received = back == 0 ? domain::ToText(open.Now()) : received;
    const auto due = flows::Deadline(open.catalogue(), asked);
    if (due && due->due.substr(0, wanted.size()) <= wanted) return asked.received;
  }
  return "";
}

std::vector<std::string> Receive(Desk& desk) {
  constexpr const char* kProcedures[] = {"1.013225", "1.013978", "1.014159", "1.001662"};
  constexpr int kDays[] = {-4, -1, 0, 1, 2, 3, 5, 9, 14, 20};  // From today until it is due.
  std::vector<std::string> ids;
  for (int i = 0; i < kDossiers; ++i) {
    const std::string procedure = kProcedures[i % std::size(kProcedures)];
    const catalog::Procedure* found = desk.open().catalogue().FindProcedure(procedure);
    const auto& the_case = found->cases[static_cast<std::size_t>(i / 4) % found->cases.size()];
    const int days = kDays[static_cast<std::size_t>(i * 3 + i / 10) % std::size(kDays)];
    flows::Intake intake{procedure, the_case.key,
                         ReceivedFor(desk.open(), procedure, the_case.key, days), false, Person(i)};
    if (intake.fields["summary"].empty()) intake.fields.erase("summary");
    ids.push_back(Must(flows::Receive(desk.open(), intake)).id);
    std::map<std::string, std::string> papers;
    for (const auto& component : the_case.components)
      if (!component.optional) papers[component.key] = papers.size() % 3 == 1 ? "copy" : "have";
    if (i % 6 == 5 && !papers.empty()) papers.erase(papers.begin());
    if (!papers.empty()) Must(flows::CaseworkFlow(desk.open()).Check(ids.back(), papers));
  }
  return ids;
}

void ParkIntake(Desk& desk) {
  auto form =
      Must(flows::IntakeForm::Open(desk.open(), flows::DraftFlow(desk.open()).NewIntakeKey()));
  for (const auto& [key, value] : Person(kDossiers)) Must(form.Set(key, value));
}

void Run(const std::string& folder, const std::string& pin, int unsent) {
  const base::SystemClock clock;
  crypto::SystemRandom random;
  const flows::Tools tools{clock, random, Connect, kQuick, ""};
  Desk mc(folder, "MC", pin, tools), cv(folder, "CV", pin, tools), tp(folder, "TP", pin, tools);
  const std::vector<std::string> ids = Receive(mc);
  const auto all = [&](int from, int to, const auto& act) {
    for (int i = from; i < to; ++i) act(ids[static_cast<std::size_t>(i)]);
  };
  all(0, 140, [&](const auto& id) { mc.Step(id, "transfer"); });
  mc.Sync();
  cv.Sync();
  all(0, 36, [&](const auto& id) { cv.Step(id, "propose"); });
  cv.Sync();
  tp.Sync();
  all(0, 12, [&](const auto& id) { tp.Approve(id); });
  tp.Sync();
  mc.Sync();
  // The same field on two desks without a network: once already known, once still to come.
  mc.Set(ids[60], {{"summary", "Nhà ở hai tầng, mái tôn"}});
  cv.Set(ids[60], {{"summary", "Nhà ở ba tầng"}});
  mc.Sync();
  // A decision on what has been changed meanwhile.
  tp.Sync();
  tp.Approve(ids[20]);
  cv.Set(ids[20], {{"parcel.number", "145"}});
  cv.Sync();
  tp.Sync();
  mc.Sync();
  cv.Set(ids[61], {{"applicant.phone", "0912345678"}});
  cv.Sync();
  mc.Set(ids[61], {{"applicant.phone", "0987654321"}});
  for (int i = 0; i < unsent; ++i)
    Must(flows::CaseworkFlow(mc.open()).AddNote(ids[static_cast<std::size_t>(i % kDossiers)],
                                                "Đã gọi điện lần " + std::to_string(i + 1)));
  ParkIntake(mc);
}

}  // namespace
}  // namespace hoso::demo

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) return 2;
  hoso::demo::Run(argv[1], argv[2], argc == 4 ? std::atoi(argv[3]) : 0);
  return 0;
}
