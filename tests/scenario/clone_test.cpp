#include <gtest/gtest.h>

#include "common/crypto/certificate.h"
#include "common/crypto/sign.h"
#include "sync/engine/identity.h"
#include "sync/server/enrolment.h"
#include "sync/server/registrations.h"
#include "tests/support/sim_world.h"

// A desk's file is copied to a second PC, and both go on.

namespace hoso::testing {
namespace {

enum Desk : std::size_t { kMc, kCv };

/// The line of one desk, which can also ask for certificates.
class WithRenewal : public engine::Province {
 public:
  WithRenewal(SimWorld& world, const server::Authority& authority, std::string replica,
              std::string certificate)
      : world_(world),
        authority_(authority),
        certificate_(std::move(certificate)),
        line_(world.reconciler(), certificate_) {
    shown_.subject_cn = std::move(replica);
    shown_.ou = SimWorld::kUnit;
    shown_.fingerprint_hex = certificate_;
  }
  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override {
    return line_.Exchange(request, answer);
  }
  base::Result<base::Bytes> Enrol(std::string_view request) override {
    return line_.Enrol(request);
  }
  base::Result<std::string> Renew(std::string_view asked) override {
    auto told =
        server::Enrolments(world_.province_store(), authority_, world_.clock(), world_.random())
            .Renew(certificate_, asked);
    if (lose_answer) return base::Fail(base::ErrorKind::kUnreachable, "net.cut");
    return told;
  }
  base::Result<base::Bytes> Register(std::string_view registrations) override {
    return server::Registrations(world_.province_store(), "22", world_.receipt_seed(),
                                 world_.clock(), world_.random())
        .Exchange(shown_, registrations);
  }
  bool lose_answer = false;

 private:
  SimWorld& world_;
  const server::Authority& authority_;
  std::string certificate_;
  MemoryProvince line_;
  crypto::CertificateInfo shown_;
};

struct Cloned : SimWorld, ::testing::Test {
  Cloned() : SimWorld(31) {
    for (const char* role : {"MC", "CV"}) AddDesk(role);
    crypto::Secret key = crypto::MakeKeyPem().value();
    crypto::CaParams params;
    params.common_name = "HoSoXa province-22";
    params.serial_hex = crypto::MakeSerialHex(random());
    params.valid_from_s = clock().NowMs() / 1000 - 24 * 3600;
    params.valid_days = 365;
    authority.ca_certificate = crypto::MakeCa(key, params).value();
    authority.ca_key = std::move(key);
    authority.province = "22";
    authority.receipt_seed = crypto::Secret(base::Bytes(receipt_seed().view()));
    id = Receive(kMc, "Nguyễn Văn An");
    (void)Step(kMc, id, "transfer");
    SyncAll();
    copy = CloneDesk(kCv);
  }
  std::string Meta(std::size_t desk, const char* key) {
    return desk_store(desk).Meta(key).value().value_or("");
  }
  std::string CertificateOf(std::size_t desk) {
    const std::string pem = Meta(desk, "certificate");
    if (!pem.empty()) return crypto::ParseCertificate(pem)->fingerprint_hex;
    return desk == kMc ? "certificate-0" : "certificate-1";  // As SimWorld names them.
  }
  WithRenewal LineOf(std::size_t desk) {
    return {*this, authority, Meta(desk, "replica"), CertificateOf(desk)};
  }
  /// As flows do it: an exchange, and where it finds a copy, the move and the exchange again.
  engine::SyncReport Reconcile(std::size_t desk) {
    engine::SyncWatch watch;
    watch.moves = true;
    Program program = AnotherProgram(desk);
    const engine::Actor actor{member(desk).user, &member(desk).seed};
    WithRenewal line = LineOf(desk);
    auto report = program.desk->Sync(line, actor, watch).value();
    if (!report.forked) return report;
    const auto issued =
        engine::MoveToOwnIdentity(*program.desk, *program.store, line, clock(), random(), actor);
    EXPECT_TRUE(issued) << issued.error().reason;
    WithRenewal again = LineOf(desk);
    report = program.desk->Sync(again, actor, watch).value();
    EXPECT_FALSE(report.forked);
    report.moved = true;
    report.reissued += *issued;
    return report;
  }
  /// The desk asks for a name of its own, and the answer gets lost.
  void MoveWithLostAnswer(std::size_t desk) {
    engine::SyncWatch watch;
    watch.moves = true;
    Program program = AnotherProgram(desk);
    WithRenewal line = LineOf(desk);
    line.lose_answer = true;
    ASSERT_TRUE(program.desk->Sync(line, {}, watch)->forked);
    ASSERT_FALSE(
        engine::MoveToOwnIdentity(*program.desk, *program.store, line, clock(), random(), {}));
  }
  std::multiset<std::string> Notes(std::size_t desk) {
    std::multiset<std::string> out;
    for (const change::Note& note : Shown(desk, id).notes) out.insert(note.text);
    return out;
  }
  void Note(std::size_t desk, const std::string& text) {
    ASSERT_TRUE(Act(desk, id, change::AddNote{text}));
  }
  void ExpectLevel() {
    for (int round = 0; round < 2; ++round)
      for (const std::size_t desk : {std::size_t{kMc}, std::size_t{kCv}, copy})
        EXPECT_EQ(Reconcile(desk).reissued, 0);
    for (const std::size_t desk : {std::size_t{kMc}, std::size_t{kCv}, copy}) {
      EXPECT_EQ(DigestOf(desk), DigestOfProvince());
      EXPECT_EQ(desk_store(desk).OutboxCount().value(), 0);
    }
  }
  server::Authority authority;
  std::string id;
  std::size_t copy = 0;
};

TEST_F(Cloned, TheSecondToComeGetsANameOfItsOwnAndNothingIsLost) {
  Note(kCv, "máy thứ nhất");
  Note(copy, "máy thứ hai");
  ASSERT_TRUE(Write(copy, id, "parcel.number", "1"));
  ASSERT_TRUE(Write(copy, id, "parcel.number", "2"));
  EXPECT_FALSE(Reconcile(kCv).moved);
  const engine::SyncReport report = Reconcile(copy);
  EXPECT_TRUE(report.moved);
  EXPECT_EQ(report.reissued, 3);
  EXPECT_NE(Meta(copy, "replica"), Meta(kCv, "replica"));
  EXPECT_NE(Meta(copy, "device_seed"), Meta(kCv, "device_seed"));
  for (int i = 0; i < 3; ++i) {  // From now on they are two desks.
    Note(kCv, "một");
    Note(copy, "hai");
    for (const std::size_t desk : {copy, std::size_t{kCv}}) {
      const engine::SyncReport again = Reconcile(desk);
      EXPECT_FALSE(again.moved);
      EXPECT_EQ(again.reissued, 0);
    }
  }
  ExpectLevel();
  EXPECT_EQ(Notes(kMc), (std::multiset<std::string>{"máy thứ nhất", "máy thứ hai", "một", "một",
                                                    "một", "hai", "hai", "hai"}));
  // The second write saw the first one, under whatever number.
  EXPECT_EQ(Shown(kMc, id).Get("field.parcel.number"), "2");
  EXPECT_EQ(Shown(kMc, id).OpenConflicts(), 0);
}

TEST_F(Cloned, AnAnswerThatGetsLostWhileMovingIsToldAgain) {
  Note(kCv, "một");
  Note(copy, "hai");
  Reconcile(kCv);
  MoveWithLostAnswer(copy);
  Note(copy, "ba");  // Work goes on in between.
  EXPECT_TRUE(Reconcile(copy).moved);
  EXPECT_EQ(province_store().Devices()->size(), 3u);
  ExpectLevel();
  EXPECT_EQ(Notes(kMc), (std::multiset<std::string>{"một", "hai", "ba"}));
}

TEST_F(Cloned, ACopyOfACopyBringsWhatBothWaitedWithOnlyOnce) {
  Note(copy, "bản sao");
  const std::size_t copy_of_copy = CloneDesk(copy);
  Note(copy_of_copy, "bản sao của bản sao");
  Note(kCv, "máy đầu");
  Reconcile(kCv);
  EXPECT_TRUE(Reconcile(copy).moved);
  EXPECT_TRUE(Reconcile(copy_of_copy).moved);
  ExpectLevel();
  EXPECT_EQ(Notes(kMc), (std::multiset<std::string>{"máy đầu", "bản sao", "bản sao của bản sao"}));
}

TEST_F(Cloned, ACopyPutBackFromBeforeItHadItsNameBringsNothingTwice) {
  Note(kCv, "máy đầu");
  Note(copy, "bản sao");
  ASSERT_TRUE(Write(copy, id, "parcel.number", "1"));
  ASSERT_TRUE(Write(copy, id, "parcel.number", "2"));
  BackUpDesk(copy);
  Reconcile(kCv);
  EXPECT_TRUE(Reconcile(copy).moved);
  const std::size_t changes = Log().size();
  for (const bool told : {true, false}) {
    RestoreDesk(copy, told);
    Reconcile(copy);
    ExpectLevel();
    EXPECT_EQ(Log().size(), changes);
    EXPECT_EQ(Notes(kMc), (std::multiset<std::string>{"máy đầu", "bản sao"}));
  }
}

TEST_F(Cloned, WhatAnOfficerDidNotSignIsNotSignedInHisName) {
  ASSERT_TRUE(Write(kMc, id, "summary", "nhà hai tầng"));
  ASSERT_TRUE(Write(kCv, id, "summary", "nhà ba tầng"));
  SyncAll();
  const auto state = Shown(kCv, id);
  ASSERT_EQ(state.OpenConflicts(), 1u);
  copy = CloneDesk(kCv);
  const change::Register& place = state.registers.at("field.summary");
  auto made = Act(copy, id,
                  change::Resolve{"field.summary",
                                  place.began,
                                  {place.held.id, place.rivals[0].id},
                                  place.rivals[0].id,
                                  {}});
  ASSERT_TRUE(made);
  auto row = desk_store(copy).OutboxAt(made->id.sequence).value().value();
  made->signature = crypto::Sign(crypto::MakeSeed(random()), change::SignedPart(*made));
  row.change = change::Encode(*made);
  ASSERT_TRUE(desk_store(copy).RemoveFromOutbox(row.sequence));
  ASSERT_TRUE(desk_store(copy).AppendOutbox(row));
  Note(kCv, "máy đầu");
  Reconcile(kCv);
  EXPECT_TRUE(Reconcile(copy).moved);
  ExpectLevel();
  const auto after = Shown(kMc, id);
  EXPECT_EQ(after.OpenConflicts(), 1u);
  ASSERT_EQ(after.set_aside.size(), 1u);
  EXPECT_EQ(after.set_aside[0].reason, "right.signature");
}

TEST_F(Cloned, ACopyMadeWhileMovingFindsANameOfItsOwnToo) {
  Note(kCv, "máy đầu");
  Note(copy, "bản sao");
  Reconcile(kCv);
  MoveWithLostAnswer(copy);
  const std::size_t copy_of_copy = CloneDesk(copy);
  Note(copy_of_copy, "bản sao của bản sao");
  EXPECT_TRUE(Reconcile(copy).moved);
  EXPECT_TRUE(Reconcile(copy_of_copy).moved);
  EXPECT_NE(Meta(copy, "replica"), Meta(copy_of_copy, "replica"));
  ExpectLevel();
  EXPECT_EQ(Notes(kMc), (std::multiset<std::string>{"máy đầu", "bản sao", "bản sao của bản sao"}));
}

TEST_F(Cloned, ACopyWithoutWorkOfItsOwnOnlyCatchesUp) {
  Note(kCv, "một");
  Reconcile(kCv);
  EXPECT_FALSE(Reconcile(copy).moved);
  EXPECT_EQ(Meta(copy, "replica"), Meta(kCv, "replica"));
  ExpectLevel();
}

TEST_F(Cloned, ACopyThatWasAboutToMoveKeepsItsWorkWhenTheProvinceIsLost) {
  for (const bool told : {false, true}) {
    SCOPED_TRACE(told);
    const std::size_t third = CloneDesk(kCv);
    copy = CloneDesk(kCv);
    BackUpProvince();
    const std::multiset<std::string> before = Notes(kMc);
    Note(kCv, "máy thứ nhất");
    Note(copy, "máy thứ hai");
    Note(third, "máy thứ ba");
    Reconcile(kCv);
    Reconcile(kMc);
    {
      engine::SyncWatch watch;
      watch.moves = true;
      WithRenewal line = LineOf(copy);
      ASSERT_TRUE(AnotherProgram(copy).desk->Sync(line, {}, watch)->forked);
    }
    RestoreProvince(told);
    Reconcile(third);
    Reconcile(kMc);  // Gives back what now bears the number of the third's.
    for (const std::size_t desk : {copy, std::size_t{kCv}, third, std::size_t{kMc}})
      Reconcile(desk);
    ExpectLevel();
    EXPECT_EQ(Notes(kMc).size(), before.size() + 3);
    for (const auto& aside : Shown(kMc, id).set_aside)  // It was issued again.
      EXPECT_EQ(aside.reason, change::kNumberTaken);
  }
}

/// It asked twice for its name; the province put back knows the certificate of the first answer
/// only.
TEST_F(Cloned, ACopyThatGotItsNameOnlyWhenItAskedAgainIsKnownAfterALoss) {
  for (const bool others_first : {false, true}) {
    SCOPED_TRACE(others_first);
    copy = CloneDesk(kCv);
    Note(kCv, "máy thứ nhất");
    Note(copy, "máy thứ hai");
    Reconcile(kCv);
    MoveWithLostAnswer(copy);
    const std::multiset<std::string> before = Notes(kMc);
    BackUpProvince();
    EXPECT_TRUE(Reconcile(copy).moved);
    Reconcile(kMc);
    RestoreProvince(false);
    if (others_first) Reconcile(kMc);
    Note(copy, "sau đó");
    Reconcile(copy);
    ExpectLevel();
    EXPECT_EQ(Notes(kMc).size(), before.size() + 3);
  }
}

/// What waits under the new name is nowhere else: the desk must never be a stranger under it.
TEST_F(Cloned, ACopyWhoseLineBrokeRightAfterItGotItsNameIsKnownAfterALoss) {
  for (const bool told : {false, true}) {
    SCOPED_TRACE(told);
    copy = CloneDesk(kCv);
    const std::multiset<std::string> before = Notes(kMc);
    Note(kCv, "máy thứ nhất");
    Note(copy, "máy thứ hai");
    Reconcile(kCv);
    BackUpProvince();
    {
      engine::SyncWatch watch;
      watch.moves = true;
      Program program = AnotherProgram(copy);
      WithRenewal line = LineOf(copy);
      ASSERT_TRUE(program.desk->Sync(line, {}, watch)->forked);
      ASSERT_TRUE(
          engine::MoveToOwnIdentity(*program.desk, *program.store, line, clock(), random(), {}));
    }
    RestoreProvince(told);
    Reconcile(copy);
    ExpectLevel();
    EXPECT_EQ(Notes(kMc).size(), before.size() + 2);
  }
}

TEST_F(Cloned, WhoseDeskWasRevokedIsRefused) {
  Note(kCv, "một");
  Note(copy, "hai");
  Reconcile(kCv);
  engine::SyncWatch watch;
  watch.moves = true;
  Program program = AnotherProgram(copy);
  WithRenewal line = LineOf(copy);
  ASSERT_TRUE(program.desk->Sync(line, {}, watch)->forked);
  auto device = **province_store().FindDevice(Meta(copy, "replica"));
  device.revoked = true;
  ASSERT_TRUE(province_store().SaveDevice(device));
  const auto moved =
      engine::MoveToOwnIdentity(*program.desk, *program.store, line, clock(), random(), {});
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().reason, "device.revoked");
  EXPECT_EQ(program.store->OutboxCount().value(), 1);
}

}  // namespace
}  // namespace hoso::testing
