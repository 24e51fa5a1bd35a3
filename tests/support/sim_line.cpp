#include <algorithm>

#include "sync/engine/identity.h"
#include "sync/server/registrations.h"
#include "tests/support/lying_province.h"
#include "tests/support/sim_life.h"

// The line between a desk and the province, and what may become of an exchange on it.

namespace hoso::testing {
namespace {

using base::ErrorKind;

constexpr std::size_t kPiece = 1400;
constexpr std::size_t kKept = 8;  // Requests that may still arrive late.
constexpr const char* kPortal = "<!DOCTYPE html><html><body>Vui lòng đăng nhập Wi-Fi</body></html>";

base::Error CutLine() {
  return base::Fail(ErrorKind::kUnreachable, "net.cut");
}

}  // namespace

/// One desk's line for one session. Octets pass in pieces; each is a point at which it may be cut,
/// and time for others to do something.
class SimLife::Line : public engine::Province {
 public:
  Line(SimLife& life, std::size_t desk, bool calm) : life_(life), desk_(*life.desks_[desk]) {
    if (calm) return;
    const SimWeather& weather = life.plan_.weather;
    if (life.Chance(weather.cut)) cut_request_ = life.Below(3000);
    if (life.Chance(weather.cut)) cut_answer_ = life.Below(6000);
    half_open_ = life.Chance(weather.half_open);
    repeat_ = life.Chance(weather.repeat);
    portal_ = life.Chance(weather.portal);
    if (cut_request_ || cut_answer_ || half_open_ || repeat_ || portal_) ++life.faults_;
  }

  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override {
    if (!life_.LineIsUp()) return base::Fail(ErrorKind::kUnreachable, "net.no_route");
    // A captive portal takes whatever it is told and answers with a page.
    if (portal_) {
      HOSO_TRY(answer.Write(kPortal));
      return CutLine();
    }
    Up up(*this, request);
    Down down(*this, answer);
    ++life_.depth_;
    const base::Status served = life_.reconciler_->Exchange(desk_.certificate(), up, down);
    if (!life_.copies_ && life_.reconciler_->refused() == "replica.forked")
      life_.Wrong("the province takes a desk for two that was never copied");
    Remember(up.sent);
    if (repeat_) Again(up.sent);
    --life_.depth_;
    life_.FallBetweenRequests();
    if (down.failed) return *down.failed;
    if (up.failed) return *up.failed;
    if (!served) return served.error().kind == ErrorKind::kUnreachable ? served : CutLine();
    return {};
  }
  base::Result<base::Bytes> Enrol(std::string_view) override { return CutLine(); }
  base::Result<std::string> Renew(std::string_view asked) override {
    return Small([&] {
      return server::Enrolments(*life_.province_, life_.cast_.authority(), life_.province_clock_,
                                life_.machines_)
          .Renew(desk_.certificate(), asked);
    });
  }
  base::Result<base::Bytes> Register(std::string_view said) override {
    crypto::CertificateInfo shown;
    shown.subject_cn = desk_.replica();
    shown.ou = SimCast::kUnit;
    shown.fingerprint_hex = desk_.certificate();
    return Small([&] {
      return server::Registrations(*life_.province_, life_.cast_.authority().province,
                                   life_.cast_.receipt_seed(), life_.province_clock_,
                                   life_.machines_)
          .Exchange(shown, said);
    });
  }

 private:
  /// One small document each way.
  template <class Ask>
  base::Result<std::string> Small(const Ask& ask) {
    if (!life_.LineIsUp() || portal_) return CutLine();
    ++life_.depth_;
    base::Result<std::string> told = CutLine();
    if (!CutHere()) told = ask();
    if (!told && told.error().reason.starts_with("store.")) {
      life_.spoiled_ = true;
      told = CutLine();
    }
    if (half_open_ || CutHere()) told = CutLine();
    --life_.depth_;
    return told;
  }
  bool CutHere() {
    ++life_.sends_;
    life_.Pass(static_cast<std::int64_t>(
        life_.Below(static_cast<std::uint64_t>(life_.plan_.weather.slow_ms) + 1)));
    return life_.sends_ == life_.cut_at_send_ || !life_.LineIsUp() || life_.broken() ||
           desk_.disk.stopped() || life_.province_disk_.stopped();
  }

  class Up : public protocol::ByteSource {
   public:
    Up(Line& line, protocol::ByteSource& from) : line_(line), from_(from) {}
    base::Result<std::size_t> Read(char* into, std::size_t size) override {
      std::size_t most = std::min(size, kPiece);
      if (line_.cut_request_) most = std::min(most, *line_.cut_request_ - sent.size());
      if (most == 0 || line_.CutHere()) return CutLine();
      auto got = from_.Read(into, most);
      if (!got) {
        failed = got.error();
        return CutLine();
      }
      sent.append(into, *got);
      return got;
    }
    std::string sent;
    std::optional<base::Error> failed;

   private:
    Line& line_;
    protocol::ByteSource& from_;
  };

  class Down : public protocol::ByteSink {
   public:
    Down(Line& line, protocol::ByteSink& to) : line_(line), to_(to) {}
    base::Status Write(std::string_view octets) override {
      while (!octets.empty()) {
        std::size_t most = std::min(octets.size(), kPiece);
        if (line_.cut_answer_) most = std::min(most, *line_.cut_answer_ - passed_);
        if (most == 0 || line_.half_open_ || line_.CutHere()) return CutLine();
        if (const base::Status taken = to_.Write(octets.substr(0, most)); !taken) {
          failed = taken.error();
          return CutLine();
        }
        passed_ += most;
        octets.remove_prefix(most);
      }
      return {};
    }
    std::optional<base::Error> failed;

   private:
    Line& line_;
    protocol::ByteSink& to_;
    std::size_t passed_ = 0;
  };

  void Remember(const std::string& sent) {
    life_.requests_.push_back({desk_.certificate(), sent});
    if (life_.requests_.size() > kKept) life_.requests_.pop_front();
  }
  void Again(const std::string& sent) {
    CutSource source(sent, false);
    StringSink lost;
    (void)life_.reconciler_->Exchange(desk_.certificate(), source, lost);
  }

  SimLife& life_;
  SimDesk& desk_;
  std::optional<std::size_t> cut_request_, cut_answer_;
  bool half_open_ = false, repeat_ = false, portal_ = false;
};

bool SimLife::LineIsUp() const {
  constexpr std::int64_t kMinute = 60'000, kUp = 20'000;
  if (province_disk_.stopped()) return false;
  return !plan_.weather.windows || now_ms_ % kMinute < kUp;
}

/// As the program does it: an exchange, and where that finds a copy, the move and the exchange
/// again.
base::Result<engine::SyncReport> SimLife::Reconcile(SimDesk& desk, engine::Province& line,
                                                    const engine::Actor& actor) {
  engine::SyncWatch watch;
  watch.moves = moves_;
  auto report = desk.program.desk->Sync(line, actor, watch);
  if (!report || !report->forked) return report;
  HOSO_TRY(engine::MoveToOwnIdentity(*desk.program.desk, *desk.program.store, line, desk.clock,
                                     machines_, actor));
  HOSO_TRY(desk.KnowItself());
  Say("it was a copy and is now a desk of its own");
  return desk.program.desk->Sync(line, actor, watch);
}

base::Result<engine::SyncReport> SimLife::ExchangeOnce(std::size_t number, bool calm, bool lied) {
  SimDesk& desk = *desks_[number];
  const std::size_t officer = calm ? desk.sessions++ % 2 : Below(2);
  Line line(*this, number, calm);
  LyingProvince lying(
      line,
      [&](SimLiar::Messages& told) {
        if (Chance(60)) liar_.AlterAnswer(told);
      },
      [&](SimLiar::Messages& said) {
        if (Chance(40)) liar_.AlterRequest(said);
      });
  engine::Province& province = lied ? static_cast<engine::Province&>(lying) : line;
  desk.busy = true;
  auto report = Reconcile(desk, province, desk.ActorOf(officer));
  desk.busy = false;
  return report;
}

void SimLife::Exchange(std::size_t number, bool calm) {
  SimDesk& desk = *desks_[number];
  const std::string who = "desk " + std::to_string(number);
  if (desk.busy || desk.disk.stopped()) return Say(who + " can't exchange now");
  const std::uint64_t before = Troubles();
  const bool lied = !calm && Chance(plan_.weather.lies);
  const auto report = ExchangeOnce(number, calm, lied);
  Say(who + (lied ? " is lied to: " : " exchanges: ") +
      (report ? "level at " + std::to_string(report->position)
              : report.error().reason + " " + report.error().detail));
  failed_ = !report;
  if (report || report.error().kind == ErrorKind::kUnreachable) return;
  const base::Error& error = report.error();
  if (error.reason == "store.stopped") desk.disk.Stop();
  // Another officer of the desk must sign; a page of a captive portal is no frame.
  if (error.reason == "replica.reissue_officer" || error.reason.starts_with("frame.")) return;
  if (!lied && !Excused(error, before))
    Wrong(who + " could not exchange: " + error.reason + " " + error.detail);
}

void SimLife::Late() {
  if (requests_.empty() || province_disk_.stopped()) return;
  ++faults_;
  const Request request = requests_[Below(requests_.size())];
  CutSource source(request.octets, false);
  StringSink lost;
  ++depth_;
  const base::Status served = reconciler_->Exchange(request.certificate, source, lost);
  --depth_;
  Say(std::string("a request arrives late: ") + (served ? "answered" : served.error().reason));
}

}  // namespace hoso::testing
