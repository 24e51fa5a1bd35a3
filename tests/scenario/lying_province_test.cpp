// A province that lies: somebody between the desk and the true one who holds its certificate but
// not the key of its receipts, or a true one whose database was tampered with. Each lie is refused
// with its reason, takes nothing from the desk and confirms nothing; the next honest exchange ends
// level.
#include <gtest/gtest.h>

#include <utility>

#include "common/crypto/hash.h"
#include "tests/support/lying_province.h"
#include "tests/support/sim_world.h"

namespace hoso::testing {
namespace {

using protocol::Done;
using protocol::Entries;
using protocol::Message;
using protocol::Part;
using protocol::Receipt;
using protocol::Welcome;
using Answer = LyingProvince::Answer;

const catalog::Catalog& Catalogue() {
  static const catalog::Catalog catalogue = catalog::LoadDefault().value();
  return catalogue;
}

/// Two desks with work on both sides: desk 0 has three changes to send and two to fetch.
struct Lied : SimWorld {
  Lied() : SimWorld(23) {
    AddDesk("MC");
    AddDesk("CV");
    first = Receive(0, "Nguyễn Văn An");
    SyncAll();
    old_answer = AnswerNow();
    EXPECT_TRUE(Write(1, first, "summary", "của bàn kia"));
    EXPECT_TRUE(Act(1, first, change::AddNote{"ghi chú"}));
    EXPECT_TRUE(Sync(1));
    EXPECT_TRUE(Write(0, first, "summary", "của bàn này"));
    EXPECT_TRUE(Act(0, first, change::AddNote{"ghi chú"}));
    Receive(0, "Trần Thị Bình");
  }

  /// What an honest province answers desk 0 to an exchange with nothing to send.
  Answer AnswerNow() {
    MemoryProvince line = Line(0);
    StringSink answer;
    CutSource request(protocol::EncodeFrame(protocol::Hello{
                          1, desk_store(0).Meta("replica")->value(), kUnit, "", 0, "", "", ""}) +
                          protocol::EncodeFrame(protocol::Over{}),
                      false);
    EXPECT_TRUE(line.Exchange(request, answer));
    return Messages(answer.text);
  }

  struct Told {
    base::Result<engine::SyncReport> report;
    int exchanges;
  };
  /// Desk 0 exchanges with a liar. Safe: nothing shown is lost, nothing waiting is dropped, and
  /// nothing of the lie is in the desk's log.
  Told Lie(LyingProvince::Lie lie) {
    MemoryProvince honest = Line(0);
    LyingProvince liar(honest, std::move(lie));
    const std::string shown = What();
    const std::string digest = DigestOf(0);
    engine::Desk desk(desk_store(0), Catalogue(), clock());
    auto report = desk.Sync(liar, {member(0).user, &member(0).seed});
    EXPECT_EQ(What(), shown);
    EXPECT_EQ(DigestOf(0), digest);
    EXPECT_EQ(*desk_store(0).OutboxCount(), 3);
    return {std::move(report), liar.exchanges()};
  }
  void ExpectRefused(const std::string& reason, LyingProvince::Lie lie) {
    const Told told = Lie(std::move(lie));
    ASSERT_FALSE(told.report) << reason;
    EXPECT_EQ(told.report.error().reason, reason);
    EXPECT_LE(told.exchanges, 16);
  }
  void ExpectWhole() {
    SyncAll();
    EXPECT_EQ(Broken(), "");
  }

  std::string first;
  Answer old_answer;

 private:
  std::string What() {
    std::string all;
    for (const std::string& id : dossiers()) all += change::StateDigest(Shown(0, id));
    return all;
  }
};

/// The last entry of the answer, changed.
template <class Change>
LyingProvince::Lie Edited(const Change& change) {
  return [change](Answer& answer) {
    base::Bytes& octets = In<Entries>(answer).entries.back();
    auto entry = change::DecodeEntry(octets).value();
    change(entry);
    octets = change::EncodeEntry(entry);
  };
}

TEST(LyingProvince, ARewrittenHistoryIsRefused) {
  Lied desk;
  const auto set_aside = Edited([](change::Entry& entry) {
    entry.verdict = {change::Outcome::kSetAside, "right.step"};
  });
  desk.ExpectRefused("log.mismatch", set_aside);
  desk.ExpectRefused("log.mismatch",
                     Edited([](change::Entry& entry) { entry.author_role = "LD"; }));
  desk.ExpectRefused("log.mismatch", Edited([](change::Entry& entry) { entry.province_ms = 1; }));
  desk.ExpectRefused("log.mismatch", Edited([](change::Entry& entry) { entry.code = "H22.9.9"; }));
  desk.ExpectRefused("log.mismatch", Edited([](change::Entry& entry) {
                       auto change = change::Decode(entry.change).value();
                       change.author = "ai-do";
                       entry.change = change::Encode(change);
                     }));
  // The end of the answer fits the lie too: the receipt does not.
  desk.ExpectRefused("log.mismatch", [&](Answer& answer) {
    set_aside(answer);
    In<Done>(answer).log_hash = base::Bytes(32, 'x');
  });
  desk.ExpectWhole();
}

void Drop(Answer& answer) {
  std::erase_if(answer, [](const Message& m) { return std::holds_alternative<Entries>(m); });
}

TEST(LyingProvince, WithheldEntriesAreNoticed) {
  Lied desk;
  desk.ExpectRefused("log.unsigned",
                     [](Answer& answer) { In<Entries>(answer).entries.pop_back(); });
  desk.ExpectRefused("log.mismatch", Drop);
  // An end that fits what was told.
  desk.ExpectRefused("log.mismatch", [&](Answer& answer) {
    Drop(answer);
    const auto head = desk.desk_store(0).Head().value();
    In<Done>(answer) = {head.position, head.hash, false};
  });
  desk.ExpectRefused("log.withheld", [](Answer& answer) {
    Drop(answer);
    In<Done>(answer).more = true;  // Ask again, and again.
  });
  desk.ExpectWhole();
}

TEST(LyingProvince, EntriesOutOfOrderAreRefused) {
  Lied desk;
  desk.ExpectRefused("log.unsigned", [](Answer& answer) { ++In<Entries>(answer).first; });
  desk.ExpectRefused("log.gap", [](Answer& answer) {
    auto& entries = In<Entries>(answer);
    ++entries.first;
    entries.entries.erase(entries.entries.begin());
  });
  desk.ExpectRefused("log.position", [](Answer& answer) {
    auto& entries = In<Entries>(answer).entries;
    std::swap(entries.front(), entries.back());
  });
  desk.ExpectRefused("log.unsigned", [](Answer& answer) {
    auto& entries = In<Entries>(answer).entries;
    entries.push_back(entries.back());
  });
  desk.ExpectRefused("log.unsigned", [](Answer& answer) { In<Entries>(answer).entries.clear(); });
  desk.ExpectRefused("log.mismatch",  // Kept unread if it were signed for.
                     [](Answer& answer) { In<Entries>(answer).entries.back() = "x"; });
  desk.ExpectRefused("log.unsigned", [](Answer& answer) {
    std::erase_if(answer, [](const Message& m) { return std::holds_alternative<Receipt>(m); });
  });
  desk.ExpectRefused("message.unexpected", [](Answer& answer) {  // Nothing at all is signed.
    Drop(answer);
    std::erase_if(answer, [](const Message& m) { return std::holds_alternative<Receipt>(m); });
  });
  desk.ExpectRefused("message.unexpected",
                     [](Answer& answer) { answer.erase(answer.begin()); });  // No greeting.
  desk.ExpectRefused("message.unexpected", [](Answer& answer) {              // Two.
    answer.insert(answer.begin(), In<Welcome>(answer));
  });
  desk.ExpectWhole();
}

/// A log of several frames, each of which the province signs for: a lie in the second leaves the
/// first, and none of itself.
TEST(LyingProvince, EveryFrameOfALongLogIsProvenByItself) {
  SimWorld world(31);
  world.AddDesk("MC");
  world.AddDesk("MC");
  const std::string id = world.Receive(1, "Nguyễn Văn An");
  for (int i = 0; i < 6; ++i)
    ASSERT_TRUE(world.Act(1, id, change::AddNote{std::string(60'000, static_cast<char>('a' + i))}));
  ASSERT_TRUE(world.Sync(1));
  ASSERT_TRUE(world.Act(0, world.Receive(0, "Trần Thị Bình"), change::AddNote{"ghi chú"}));
  MemoryProvince honest = world.Line(0);
  int frames = 0;
  LyingProvince liar(honest, [&](Answer& answer) {
    for (Message& message : answer)
      if (auto* entries = std::get_if<Entries>(&message); entries && ++frames == 2) {
        auto entry = change::DecodeEntry(entries->entries.front()).value();
        entry.province_ms += 1;
        entries->entries.front() = change::EncodeEntry(entry);
      }
  });
  const catalog::Catalog catalogue = catalog::LoadDefault().value();
  engine::Desk desk(world.desk_store(0), catalogue, world.clock());
  const auto report = desk.Sync(liar);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().reason, "log.mismatch");
  EXPECT_GE(frames, 2);
  const auto head = world.desk_store(0).Head().value();
  EXPECT_GT(head.position, 0);
  EXPECT_EQ(head.hash, world.province_store().HashAt(SimWorld::kUnit, head.position).value());
  EXPECT_EQ(*world.desk_store(0).OutboxCount(), 2);
  world.SyncAll();
  EXPECT_EQ(world.Broken(), "");
}

TEST(LyingProvince, AReceiptWithAnythingElseIsRefused) {
  Lied desk;
  const std::vector<std::function<void(Receipt&)>> changes{
      [](Receipt& r) { r.signature[5] = static_cast<char>(r.signature[5] ^ 1); },
      [](Receipt& r) { r.signature.clear(); },
      [](Receipt& r) { r.accepted_through += 1; },
      [](Receipt& r) { r.accepted_through = INT64_MAX; },
      [](Receipt& r) { r.chain = base::Bytes(32, 'x'); },
      [](Receipt& r) { r.log_hash = base::Bytes(32, 'x'); },
      [](Receipt& r) { r.position += 1; },
      [](Receipt& r) { r.epoch = "e"; },
      [](Receipt& r) { r.unit = "00004"; },
      [](Receipt& r) { r.replica = base::Bytes(36, '0'); },
      [](Receipt& r) { r.province_ms = 0; }};
  for (const auto& change : changes)
    desk.ExpectRefused("receipt.signature", [&](Answer& answer) { change(In<Receipt>(answer)); });
  desk.ExpectWhole();
}

/// A true answer of an earlier day, whole: its receipt is signed, and it takes nothing back.
TEST(LyingProvince, AnOldAnswerIsNotTakenForTheAnswer) {
  Lied desk;
  const auto told = desk.Lie([&](Answer& answer) { answer = desk.old_answer; });
  ASSERT_FALSE(told.report);
  EXPECT_EQ(told.report.error().reason, "sync.no_progress");
  EXPECT_LE(told.exchanges, 16);
  desk.ExpectWhole();
}

TEST(LyingProvince, AnotherUnitsLogIsRefused) {
  Lied desk;
  // Entries of the right positions, as another unit's log could have them.
  desk.ExpectRefused("log.mismatch", Edited([](change::Entry& entry) {
                       auto change = change::Decode(entry.change).value();
                       change.id.replica = "0192a000-0000-7000-8000-0000000000ff";
                       entry.change = change::Encode(change);
                     }));
  desk.ExpectWhole();
}

TEST(LyingProvince, AWelcomeThatClaimsTooMuchConfirmsNothing) {
  Lied desk;
  desk.ExpectRefused("log.unsigned", [](Answer& answer) {
    In<Welcome>(answer).accepted_through = 1'000'000;
    In<Entries>(answer).entries.pop_back();
  });
  desk.ExpectWhole();
}

/// A frame of the answer before its end, so that a lie behind it is met with everything in place.
void AddPart(Answer& answer, const Part& part) {
  answer.insert(answer.begin() + 2, part);
}

/// A desk's very first exchange: it has nothing yet to compare with.
TEST(LyingProvince, AnEpochThatNobodySignedIsNotKept) {
  for (const char* epoch : {"", "khác"}) {
    SimWorld world(29);
    world.AddDesk("MC");
    world.Receive(0, "Nguyễn Văn An");
    MemoryProvince honest = world.Line(0);
    LyingProvince liar(honest, [&](Answer& answer) { In<Welcome>(answer).epoch = epoch; });
    engine::Desk desk(world.desk_store(0), Catalogue(), world.clock());
    const auto report = desk.Sync(liar, {world.member(0).user, &world.member(0).seed});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().reason, "receipt.other");
    world.SyncAll();
    EXPECT_EQ(world.Broken(), "");
  }
}

TEST(LyingProvince, ADeskThatIsOnlyToldItIsACopyStaysWhoItIs) {
  Lied office;
  const std::string replica = **office.desk_store(0).Meta("replica");
  MemoryProvince honest = office.Line(0);
  bool said = false;
  LyingProvince liar(honest, [&](Answer& answer) {
    if (!std::exchange(said, true)) answer = {protocol::Refused{"replica.forked", ""}};
  });
  engine::Desk desk(office.desk_store(0), Catalogue(), office.clock());
  engine::SyncWatch watch;
  watch.moves = true;
  const auto report = desk.Sync(liar, {office.member(0).user, &office.member(0).seed}, watch);
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_FALSE(report->forked);
  EXPECT_EQ(report->reissued, 0);
  EXPECT_EQ(**office.desk_store(0).Meta("replica"), replica);
  EXPECT_EQ(*office.desk_store(0).OutboxCount(), 0);
  office.ExpectWhole();
}

TEST(LyingProvince, PartsThatDoNotFitAreRefused) {
  Lied desk;
  const auto expect = [&](const std::string& reason, const Part& part) {
    desk.ExpectRefused(reason, [&](Answer& answer) { AddPart(answer, part); });
  };
  expect("part.misplaced", {"password", "id", 0, 3, "abc"});
  expect("part.misplaced", {"catalogue", "id", 1, 3, "abc"});
  expect("part.misplaced", {"catalogue", "id", 0, 2, "abc"});
  expect("part.misplaced", {"catalogue", "id", 0, -1, "abc"});
  expect("part.misplaced", {"catalogue", "id", 0, 1ll << 40, "abc"});
  expect("part.hash", {"directory", std::string(64, '0'), 0, 3, "abc"});
  expect("part.misplaced", {"", "", 0, 0, ""});
  expect("part.hash", {"catalogue", std::string(64, '0'), 0, 3, "abc"});
  desk.ExpectWhole();
}

TEST(LyingProvince, AListOfUsersThatCannotBeReadLeavesTheOldOneInForce) {
  Lied desk;
  const base::Bytes people = desk.desk_store(0).Meta("directory")->value();
  desk.ExpectRefused("log.unsigned", [](Answer& answer) {
    const base::Bytes junk = "không phải danh sách";
    AddPart(answer, {"directory", base::ToHex(crypto::Sha256(junk)), 0,
                     static_cast<std::int64_t>(junk.size()), junk});
    In<Entries>(answer).entries.pop_back();
  });
  EXPECT_EQ(desk.desk_store(0).Meta("directory")->value(), people);
  EXPECT_TRUE(desk.Act(0, desk.first, change::AddNote{"vẫn làm việc được"}));
  desk.ExpectWhole();
}

/// Octets that are no honest frames.
class Babbler : public engine::Province {
 public:
  explicit Babbler(std::string octets, bool endless = false)
      : octets_(std::move(octets)), endless_(endless) {}
  base::Status Exchange(protocol::ByteSource&, protocol::ByteSink& answer) override {
    do {
      HOSO_TRY(answer.Write(octets_));
      told_ += octets_.size();
    } while (endless_);
    return {};
  }
  base::Result<base::Bytes> Enrol(std::string_view) override { return base::Bytes(); }
  base::Result<std::string> Renew(std::string_view) override { return std::string(); }
  base::Result<base::Bytes> Register(std::string_view) override { return base::Bytes(); }
  std::size_t told() const { return told_; }

 private:
  std::string octets_;
  bool endless_;
  std::size_t told_ = 0;
};

TEST(LyingProvince, WhatIsNoAnswerIsRefused) {
  Lied world;
  engine::Desk desk(world.desk_store(0), catalog::LoadDefault().value(), world.clock());
  const auto told = [&](const std::string& octets) {
    Babbler babbler(octets);
    const auto report = desk.Sync(babbler);
    return report ? "" : report.error().reason;
  };
  EXPECT_EQ(told("<html>Đăng nhập để dùng mạng</html>"), "frame.too_big");
  EXPECT_EQ(told(std::string("\x04\xff\xff\xff\xff", 5)), "frame.too_big");
  EXPECT_EQ(told(std::string("\x63\x00\x00\x00\x01x", 6)), "frame.kind");
  EXPECT_EQ(told(std::string("\x04\x00\x00\x00\x01x", 6)), "frame.compression");
  EXPECT_EQ(told(std::string("\x04\x00\x00", 3)), "net.cut");
  EXPECT_EQ(told(""), "net.cut");
  world.ExpectWhole();
}

TEST(LyingProvince, AnAnswerWithoutEndIsEndedByTheDesk) {
  Lied world;
  const catalog::Catalog catalogue = catalog::LoadDefault().value();
  engine::Desk desk(world.desk_store(0), catalogue, world.clock());
  // The true beginning of an answer, then what the desk has already, again and again.
  Answer answer = world.AnswerNow();
  SeededRandom random(5);
  Entries known{1, {base::Bytes(900'000, '\0')}};
  random.Fill({reinterpret_cast<std::uint8_t*>(known.entries[0].data()), known.entries[0].size()});
  struct Endless : Babbler {
    using Babbler::Babbler;
    base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& sink) override {
      HOSO_TRY(sink.Write(begin));
      return Babbler::Exchange(request, sink);
    }
    std::string begin;
  };
  const std::string again = protocol::EncodeFrame(known);
  Endless endless(again, true);
  endless.begin = Octets({In<Welcome>(answer), In<Receipt>(answer), In<Receipt>(world.old_answer)});
  const auto report = desk.Sync(endless);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().reason, "answer.too_long");
  EXPECT_LE(endless.told(), protocol::kMaxAnswerBytes + again.size());
  world.ExpectWhole();
}

}  // namespace
}  // namespace hoso::testing
