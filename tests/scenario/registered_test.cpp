#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "common/crypto/sign.h"
#include "sync/protocol/registration.h"
#include "sync/server/registrations.h"
#include "tests/support/backed_up_world.h"

// The province is put back from a backup that is older than a desk, an officer or his key.

namespace hoso::testing {
namespace {

using protocol::Registration;

enum Desk : std::size_t { kMc, kCv, kLate };

struct World : BackedUpWorld {
  World() : BackedUpWorld(43, {"MC", "CV"}) {}
  std::string ReplicaOf(std::size_t desk) { return *desk_store(desk).Meta("replica").value(); }
};

struct Registered : World, ::testing::TestWithParam<bool> {
  void PutBack() { RestoreProvince(GetParam()); }
};

// Told: by `hosoxa-server restore`. Untold: a database server that fell back by itself.
INSTANTIATE_TEST_SUITE_P(ToldOrNot, Registered, ::testing::Bool());

TEST_P(Registered, ADeskOfAfterTheBackupIsKnownAgainWhoeverComesFirst) {
  AddDesk("TP");
  ASSERT_TRUE(Step(kCv, id, "propose"));
  SyncAll();
  ASSERT_TRUE(Decide(kLate, id, change::Decision::kApprove));
  SyncAll();
  for (const bool first : {true, false}) {
    Note(kLate, first ? "chưa gửi" : "lần nữa");
    PutBack();
    ASSERT_FALSE(province_store().FindDevice(ReplicaOf(kLate)).value());
    if (first) {
      Exchange({kLate, kMc, kCv});
    } else {
      Exchange({kMc, kCv, kLate});
    }
    SyncAll();
    EXPECT_EQ(Broken(), "");
    EXPECT_EQ(Audited(), "");
    EXPECT_EQ(Shown(kMc, id).stage, "reviewed");
    EXPECT_TRUE(Shown(kMc, id).set_aside.empty());
    EXPECT_EQ(Shown(kMc, id).notes.size(), first ? 1u : 2u);
  }
}

TEST_P(Registered, SoIsAnOfficersKeyOfAfterTheBackup) {
  AddDesk("TP");
  ASSERT_TRUE(Step(kCv, id, "propose"));
  SyncAll();
  BackUpProvince();
  const crypto::Secret fresh = crypto::MakeSeed(random());
  ASSERT_TRUE(province_store().database().Atomically([&] {
    return province_store().SaveDeviceOfficer(
        {ReplicaOf(kLate), member(kLate).user, crypto::PublicKey(fresh)});
  }));
  SimWorld::Program program = AnotherProgram(kLate);
  const engine::Actor actor{member(kLate).user, &fresh};
  const auto exchange = [&] {
    MemoryProvince line = Line(kLate);
    const auto report = program.desk->Sync(line, actor);
    ASSERT_TRUE(report) << report.error().reason;
  };
  exchange();
  ASSERT_TRUE(program.desk->Record(
      actor, id,
      change::Decide{change::Decision::kApprove, change::ContentDigest(Shown(kLate, id)),
                     program.store->Head().value().position, ""}));
  Note(kMc, "đã gửi");  // Where nobody tells, a log that is shorter does.
  Exchange({kMc});
  PutBack();
  Exchange({kMc});
  exchange();
  SyncAll();
  EXPECT_EQ(Shown(kMc, id).stage, "reviewed");
  EXPECT_EQ(Audited(), "");
}

TEST_P(Registered, AProvinceThatIsOlderThanThatAnswersAsBefore) {
  AddDesk("TP");
  SyncAll();
  Note(kLate, "một");
  PutBack();
  MemoryProvince line = Line(kLate);
  line.registers = nullptr;
  const auto refused =
      AnotherProgram(kLate).desk->Sync(line, {member(kLate).user, &member(kLate).seed});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "device.unknown");
  EXPECT_EQ(desk_store(kLate).OutboxCount().value(), 1);
  Exchange({kLate});
  EXPECT_EQ(desk_store(kLate).OutboxCount().value(), 0);
}

/// A line that is gone when a new desk has learned the epoch and brought its first work.
class TwoRequests : public engine::Province {
 public:
  explicit TwoRequests(engine::Province& line) : line_(line) {}
  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override {
    return left_-- <= 0 ? Cut() : line_.Exchange(request, answer);
  }
  base::Result<base::Bytes> Enrol(std::string_view) override { return Cut(); }
  base::Result<std::string> Renew(std::string_view) override { return Cut(); }
  base::Result<base::Bytes> Register(std::string_view said) override {
    return left_ <= 0 ? Cut() : line_.Register(said);
  }

 private:
  static base::Error Cut() { return base::Fail(base::ErrorKind::kUnreachable, "net.cut"); }
  engine::Province& line_;
  int left_ = 2;
};

TEST_P(Registered, WhatANewDeskWasToldIsSafeComesBackThoughItsLineBrokeRightAfter) {
  AddDesk("MC");
  const std::string first = Receive(kLate, "Trần Thị Bình");
  MemoryProvince line = Line(kLate);
  TwoRequests short_line(line);
  (void)AnotherProgram(kLate).desk->Sync(short_line, {member(kLate).user, &member(kLate).seed});
  ASSERT_EQ(desk_store(kLate).OutboxCount().value(), 0);
  PutBack();
  Exchange({kLate, kMc, kCv});
  SyncAll();
  EXPECT_EQ(Broken(), "");
  EXPECT_FALSE(Shown(kMc, first).code.empty());
}

struct Said : World, ::testing::Test {
  Said() {
    AddDesk("TP");
    SyncAll();
    said = protocol::DecodeRegistrations(desk_store(kLate).Meta("registrations").value().value())
               .value();
    shown.subject_cn = ReplicaOf(kLate);
    shown.ou = kUnit;
    shown.fingerprint_hex = "certificate-2";
    RestoreProvince(true);
  }
  std::string Refusal(const std::vector<Registration>& with) {
    server::Registrations registrations(province_store(), "22", receipt_seed(), clock(), random());
    const auto told = registrations.Exchange(shown, protocol::EncodeRegistrations(with));
    return told ? "" : told.error().reason;
  }
  std::vector<Registration> said;
  crypto::CertificateInfo shown;
};

TEST_F(Said, NothingIsTakenBackThatTheProvinceDidNotSayOfThisDesk) {
  ASSERT_EQ(said.size(), 1u);
  const std::vector<std::pair<const char*, std::function<void(Registration&)>>> lies = {
      {"role", [](Registration& r) { r.person.role = "LD"; }},
      {"unit of the officer", [](Registration& r) { r.person.unit = "00001"; }},
      {"active", [](Registration& r) { r.person.active = !r.person.active; }},
      {"officer", [](Registration& r) { r.person.id = "u-MC0"; }},
      {"key", [](Registration& r) { r.officer_key[0] ^= 1; }},
      {"desk's key", [](Registration& r) { r.device_key[0] ^= 1; }},
      {"share", [](Registration& r) { r.share[20] ^= 1; }},
      {"desk", [&](Registration& r) { r.replica = ReplicaOf(kMc); }},
      {"unit", [](Registration& r) { r.unit = "00001"; }},
      {"province", [](Registration& r) { r.province = "23"; }},
      {"signed by another", [&](Registration& r) {
         r.signature = crypto::Sign(crypto::MakeSeed(random()), protocol::RegistrationSigned(r));
       }}};
  for (const auto& [what, lie] : lies) {
    auto with = said;
    lie(with[0]);
    EXPECT_EQ(Refusal(with), "device.unknown") << what;
  }
  EXPECT_EQ(Refusal({}), "device.unknown");
  const crypto::CertificateInfo own = shown;
  shown.subject_cn = ReplicaOf(kMc);
  EXPECT_EQ(Refusal(said), "device.unknown");
  shown = own;
  shown.ou = "00001";
  EXPECT_EQ(Refusal(said), "device.unknown");
  shown = own;
  EXPECT_EQ(province_store().Devices().value().size(), 2u);
  EXPECT_EQ(province_store().Users().value().size(), 2u);
  // A damaged one does not keep the others from it.
  auto with = said;
  with.insert(with.begin(), said[0]);
  with[0].person.role = "LD";
  EXPECT_EQ(Refusal(with), "");
  EXPECT_EQ(province_store().FindUser(member(kLate).user).value()->role, "TP");
}

TEST_F(Said, WhatIsThereStaysAsItIs) {
  ASSERT_EQ(Refusal(said), "");
  auto device = province_store().FindDevice(ReplicaOf(kLate)).value().value();
  store::User user = province_store().FindUser(member(kLate).user).value().value();
  user.role = "CV";
  user.active = false;
  ASSERT_TRUE(
      province_store().database().Atomically([&] { return province_store().SaveUser(user); }));
  EXPECT_EQ(Refusal(said), "");
  EXPECT_FALSE(province_store().FindUser(user.id).value()->active);
  EXPECT_EQ(province_store().FindUser(user.id).value()->role, "CV");
  EXPECT_EQ(province_store().OfficersOf(device.replica).value().size(), 1u);

  shown.fingerprint_hex = "asked again";  // Nothing has come with the one in force.
  EXPECT_EQ(Refusal(said), "");
  device.certificate = shown.fingerprint_hex;
  ASSERT_TRUE(province_store().database().Atomically([&] {
    return province_store().SaveBatch({kUnit, 1, device.replica, "", ""});
  }));
  shown.fingerprint_hex = "another";  // Its row names the one in force.
  EXPECT_EQ(Refusal(said), "device.unknown");
  shown.fingerprint_hex = device.certificate;
  device.revoked = true;
  ASSERT_TRUE(
      province_store().database().Atomically([&] { return province_store().SaveDevice(device); }));
  EXPECT_EQ(Refusal(said), "device.revoked");
}

}  // namespace
}  // namespace hoso::testing
