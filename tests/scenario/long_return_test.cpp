#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sync/engine/other_log.h"
#include "sync/engine/receipt_proof.h"
#include "tests/support/backed_up_world.h"
#include "tests/support/lying_province.h"

// The province is put back from a backup so old, or the line is so poor, that neither what is given
// back nor the log that follows goes in one piece.

namespace hoso::testing {
namespace {

enum Desk : std::size_t { kMc, kCv, kTp };

struct World : BackedUpWorld {
  explicit World(bool told) : BackedUpWorld(43, {"MC", "CV", "TP"}), told_(told) {}

  /// Some forty changes of two desks, with receipts in between; then the province falls back.
  void LoseMuch() {
    TakeSmallPieces(1500, {900, 100'000});
    for (int i = 0; i < 20; ++i) {
      Note(kMc, "trước " + std::to_string(i));
      Note(kCv, "cũng trước " + std::to_string(i));
      Exchange({kMc, kCv});
    }
    Exchange({kMc, kCv, kTp});
    before = Octets();
    RestoreProvince(told_);
  }
  /// And somebody else is faster than who still has it all.
  void LoseMuchToAnother() {
    LoseMuch();
    newcomer = AddDesk("MC");
    TakeSmallPieces(1500, {900, 100'000});
    other = Receive(newcomer, "Trần Thị Bình");
    Exchange({newcomer});
  }
  std::vector<base::Bytes> Octets() { return *province_store().Entries(kUnit, 0, 100'000); }
  std::size_t NotesAt(std::size_t desk) { return Shown(desk, id).notes.size(); }
  std::int64_t Aside(std::size_t desk) {
    return engine::OtherLog(desk_store(desk)).Head()->position;
  }
  std::int64_t Given(std::size_t desk) {
    const auto given = *engine::OtherLog(desk_store(desk)).Given();
    return given ? given->through : 0;
  }
  /// Over a line that lets little of each request and each answer through.
  bool SyncPoorly(std::size_t desk) {
    MemoryProvince::Faults faults;
    faults.cut_request = 2500;
    faults.cut_answer = 1800;
    return static_cast<bool>(Sync(desk, faults));
  }
  void ExpectLevel(std::size_t notes = 40) {
    SyncAll();
    EXPECT_EQ(Broken(), "");
    EXPECT_EQ(NotesAt(kTp), notes);
    for (const std::size_t desk : {kMc, kCv, kTp}) {
      EXPECT_EQ(Aside(desk), 0);
      EXPECT_EQ(Given(desk), 0);
    }
  }
  /// This desk gives back all of it, in pieces, and every entry stands where it stood.
  void ExpectBackFrom(std::size_t desk) {
    const auto report = Sync(desk);
    ASSERT_TRUE(report) << report.error().reason;
    EXPECT_EQ(report->returned, static_cast<std::int64_t>(before.size()) - 2);
    EXPECT_GT(report->round_trips, 5);
    EXPECT_EQ(Octets(), before);
    ExpectLevel();
  }
  std::vector<base::Bytes> before;
  std::size_t newcomer = 0;
  std::string other;

 private:
  const bool told_;
};

struct LongReturn : World, ::testing::TestWithParam<bool> {
  LongReturn() : World(GetParam()) {}
};

// Told: by `hosoxa-server restore`. Untold: a database server that fell back by itself.
INSTANTIATE_TEST_SUITE_P(ToldOrNot, LongReturn, ::testing::Bool());

TEST_P(LongReturn, ComesBackPieceByPiece) {
  LoseMuch();
  ExpectBackFrom(kCv);
}

TEST_P(LongReturn, WhatCameInOneAnswerGoesBackInPiecesToo) {
  LoseMuch();
  const auto proof = engine::ProveReceipts(desk_store(kTp));
  ASSERT_TRUE(proof);
  EXPECT_EQ(proof->position, static_cast<std::int64_t>(before.size()));
  ExpectBackFrom(kTp);  // All of it came in one answer.
}

TEST_P(LongReturn, ComesBackPieceByPieceWhereAnotherWasFaster) {
  LoseMuchToAnother();
  const auto report = Sync(kCv);
  ASSERT_TRUE(report) << report.error().reason << " " << report.error().detail;
  EXPECT_EQ(report->returned, static_cast<std::int64_t>(before.size()) - 2);  // Nothing twice.
  EXPECT_EQ(Octets().size(), before.size() + 1);
  EXPECT_FALSE(Shown(kCv, other).code.empty());
  // The next has no need to write anything new, only to read.
  const std::string epoch = (*province_store().Unit(kUnit))->epoch;
  ASSERT_TRUE(Sync(kMc));
  EXPECT_EQ((*province_store().Unit(kUnit))->epoch, epoch);
  EXPECT_EQ(Octets().size(), before.size() + 1);
  ExpectLevel();
}

TEST_P(LongReturn, ALogOfManyAnswersIsReadInOneExchange) {
  LoseMuchToAnother();
  ASSERT_TRUE(Sync(kMc));
  TakeSmallPieces(100'000, {300, 300});
  const auto report = Sync(kCv);
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_GT(report->round_trips, 15);
  ExpectLevel();
}

TEST_P(LongReturn, APoorLineBringsItOnBitByBit) {
  LoseMuchToAnother();
  ASSERT_TRUE(Sync(kMc));  // All of it is to be read.
  const std::int64_t head = desk_store(kCv).Head()->position;
  std::int64_t given = 0, aside = 0;
  int tries = 1;
  for (; tries < 400 && !SyncPoorly(kCv); ++tries) {
    EXPECT_EQ(desk_store(kCv).Head()->position, head);  // Nothing of its own goes until then,
    EXPECT_EQ(NotesAt(kCv), 40u);
    EXPECT_GE(Given(kCv), given);  // and nothing of what was brought.
    EXPECT_GE(Aside(kCv), aside);
    given = Given(kCv);
    aside = Aside(kCv);
    if (tries == 3) {
      Note(newcomer, "giữa chừng");  // Others go on, and the epoch may be another one.
      Exchange({newcomer});
    }
  }
  EXPECT_GT(tries, 3);
  EXPECT_LT(tries, 100);
  EXPECT_GT(given, 0);
  EXPECT_GT(aside, 0);
  EXPECT_EQ(Octets().size(), before.size() + 2);
  ExpectLevel(41);
}

TEST_P(LongReturn, SeveralOverPoorLinesAtOnce) {
  LoseMuchToAnother();
  std::vector<std::size_t> waiting{kTp, kMc, kCv, newcomer};
  for (int round = 0; round < 200 && !waiting.empty(); ++round) {
    if (round == 2)  // And people go on working.
      for (const std::size_t desk : waiting) Note(desk, "giữa chừng");
    std::erase_if(waiting, [&](std::size_t desk) { return SyncPoorly(desk) && round > 2; });
  }
  EXPECT_TRUE(waiting.empty());
  SyncAll();
  EXPECT_EQ(Broken(), "");
  EXPECT_EQ(NotesAt(newcomer), 44u);
  EXPECT_EQ(Octets().size(), before.size() + 5);
}

TEST_P(LongReturn, TheProvinceFallsBackOnceMoreInTheMiddle) {
  for (const bool kept : {false, true})
    for (int tries = 1; tries < 16; tries += 4) {
      SCOPED_TRACE(std::to_string(kept) + " " + std::to_string(tries));
      World world(GetParam());
      world.LoseMuchToAnother();
      if (kept) world.BackUpProvince();  // Back to after the newcomer came, or to before.
      for (int i = 0; i < tries; ++i) (void)world.SyncPoorly(kCv);
      world.RestoreProvince(GetParam());
      ASSERT_TRUE(world.Sync(kCv));
      EXPECT_EQ(world.DigestOf(kCv), world.DigestOfProvince());  // Once is enough.
      world.ExpectLevel();
    }
}

TEST_P(LongReturn, ADeskPutBackFromACopyOfThatTimeReadsOn) {
  LoseMuchToAnother();
  ASSERT_TRUE(Sync(kMc));
  for (int i = 0; i < 3; ++i) ASSERT_FALSE(SyncPoorly(kCv)) << i;
  BackUpDesk(kCv);
  ASSERT_TRUE(Sync(kCv));
  Note(kCv, "sau đó");
  ASSERT_TRUE(Sync(kCv));
  ASSERT_TRUE(Sync(kMc));
  RestoreDesk(kCv, GetParam());
  ASSERT_GT(Aside(kCv), 0);
  SyncAll();
  EXPECT_EQ(Broken(), "");
  EXPECT_EQ(NotesAt(kCv), 41u);
  EXPECT_EQ(Aside(kCv), 0);
}

/// A line that is there for so many exchanges.
class ShortLine : public engine::Province {
 public:
  ShortLine(engine::Province& line, int exchanges) : line_(line), left_(exchanges) {}
  base::Status Exchange(protocol::ByteSource& request, protocol::ByteSink& answer) override {
    return left_-- > 0 ? line_.Exchange(request, answer) : Cut();
  }
  base::Result<base::Bytes> Enrol(std::string_view) override { return Cut(); }
  base::Result<std::string> Renew(std::string_view) override { return Cut(); }
  base::Result<base::Bytes> Register(std::string_view said) override {
    return line_.Register(said);
  }

 private:
  static base::Error Cut() { return base::Fail(base::ErrorKind::kUnreachable, "net.cut"); }
  engine::Province& line_;
  int left_;
};

TEST_P(LongReturn, WhatLiesAsideAndIsNotThereAnyMoreIsThrownAway) {
  for (const int tries : {1, 2, 3}) {
    World world(GetParam());
    world.LoseMuchToAnother();
    ASSERT_TRUE(world.Sync(kMc));
    for (int i = 0; i < tries; ++i) ASSERT_FALSE(world.SyncPoorly(kCv));
    ASSERT_GT(world.Aside(kCv), 0);
    world.RestoreProvince(GetParam());
    world.Receive(world.newcomer, "Lê Văn Cường");
    world.Exchange({world.newcomer});
    ASSERT_TRUE(world.Sync(kCv)) << tries;
    EXPECT_EQ(world.DigestOf(kCv), world.DigestOfProvince());
    world.ExpectLevel();
  }
}

TEST_P(LongReturn, WhatLiesAsideIsOfNoUseWhereTheLogsAreTheSameAgain) {
  LoseMuchToAnother();
  ASSERT_TRUE(Sync(kMc));
  for (int i = 0; i < 3; ++i) ASSERT_FALSE(SyncPoorly(kCv)) << i;
  ASSERT_GT(Aside(kCv), 0);
  ASSERT_TRUE(desk_store(kCv).SetMeta("given_receipt", ""));  // As if it had had nothing to give.
  RestoreProvince(GetParam());
  ASSERT_TRUE(Sync(kTp));  // Gives back the log that the other desk has, too.
  ASSERT_EQ(Octets(), before);
  const auto report = Sync(kCv);
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_EQ(Aside(kCv), 0);
  EXPECT_EQ(DigestOf(kCv), DigestOfProvince());
  ExpectLevel();
}

TEST_P(LongReturn, WhatWasGivenBackAndIsLostAgainWhileReadingOnIsGivenBackAgain) {
  LoseMuchToAnother();
  {
    MemoryProvince line = Line(kMc);
    ShortLine few(line, 4);
    ASSERT_FALSE(program(kMc).desk->Sync(few, {member(kMc).user, &member(kMc).seed}));
  }
  ASSERT_GT(Given(kMc), 2);
  BackUpProvince();  // With a part of what was lost.
  ASSERT_TRUE(Sync(kMc));
  for (int i = 0; i < 2; ++i) ASSERT_FALSE(SyncPoorly(kCv));
  ASSERT_GT(Aside(kCv), 0);
  RestoreProvince(GetParam());
  ASSERT_LT(Aside(kCv), (*province_store().Unit(kUnit))->position);  // It can read on,
  ASSERT_TRUE(Sync(kCv));                                            // and misses something.
  EXPECT_EQ(DigestOf(kCv), DigestOfProvince());
  ExpectLevel();
}

TEST_P(LongReturn, WhatWasKeptFromTheProvinceIsGivenBackOnceMore) {
  LoseMuchToAnother();
  MemoryProvince line = Line(kCv);
  const auto swallow = [](LyingProvince::Answer& said) {
    std::erase_if(said, [](const protocol::Message& message) {
      return std::holds_alternative<protocol::Returned>(message) ||
             std::holds_alternative<protocol::Receipt>(message);
    });
  };
  const auto cut = [](LyingProvince::Answer& told) {
    if (std::holds_alternative<protocol::Done>(told.back())) told.pop_back();
  };
  LyingProvince thief(line, cut, swallow);
  ASSERT_FALSE(program(kCv).desk->Sync(thief, {member(kCv).user, &member(kCv).seed}));
  ASSERT_GT(Given(kCv), 0);  // So it believes.
  const auto report = Sync(kCv);
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_EQ(Octets().size(), before.size() + 1);
  ExpectLevel();
}

TEST_P(LongReturn, APieceThatNeverCameIsMissed) {
  LoseMuchToAnother();
  MemoryProvince line = Line(kCv);
  int pieces = 0;
  const auto swallow_second = [&](LyingProvince::Answer& said) {
    const auto returned = [](const protocol::Message& message) {
      return std::holds_alternative<protocol::Returned>(message);
    };
    if (std::none_of(said.begin(), said.end(), returned) || ++pieces != 2) return;
    said = {said.front(), said.back()};  // The Hello, Over, and between them nothing.
  };
  LyingProvince thief(
      line, [](LyingProvince::Answer&) {}, swallow_second);
  ASSERT_FALSE(program(kCv).desk->Sync(thief, {member(kCv).user, &member(kCv).seed}));
  ASSERT_EQ(pieces, 2);
  ASSERT_GT(Given(kCv), 0);  // So it believes.
  const auto report = Sync(kCv);
  ASSERT_TRUE(report) << report.error().reason;
  EXPECT_EQ(Octets().size(), before.size() + 1);
  EXPECT_EQ(Audited(), "");  // Nobody's changes stand in another order than they were made in.
  ExpectLevel();
}

/// What a desk could say for itself where more than one piece is given back.
struct Teller : World {
  Teller() : World(false) {
    LoseMuchToAnother();
    store::DeskStore& desk = desk_store(kCv);
    hello.replica = **desk.Meta("replica");
    hello.unit = kUnit;
    hello.position = 2;
    hello.log_hash = **desk.HashAt(2);
    EXPECT_TRUE(desk.ForEachReceipt([&](const base::Bytes& octets) {
      protocol::Receipt receipt = *protocol::DecodeReceipt(octets);
      if (receipt.position == 6) first = receipt;
      if (receipt.position == 10) second = receipt;
    }));
    const protocol::Message told = Ask({Entries(3, 6), first});
    EXPECT_EQ(Refusal(told), "");
    taken = answered;
  }
  protocol::Returned Entries(std::int64_t from, std::int64_t to) {
    return {from, *desk_store(kCv).Entries(from - 1, to - from + 1)};
  }
  /// Asks with the Hello, what is said and Over; the first message of the answer.
  protocol::Message Ask(const std::vector<protocol::Message>& said) {
    hello.epoch = (*province_store().Unit(kUnit))->epoch;
    std::string request = protocol::EncodeFrame(hello);
    for (const protocol::Message& message : said) request += protocol::EncodeFrame(message);
    CutSource source(request + protocol::EncodeFrame(protocol::Over{}), false);
    StringSink answer;
    MemoryProvince line = Line(kCv);
    EXPECT_TRUE(line.Exchange(source, answer));
    CutSource told(answer.text, false);
    protocol::FrameReader reader(told);
    const protocol::Message first_told = *reader.Next();
    entries_from = 0;
    while (std::holds_alternative<protocol::Welcome>(first_told)) {
      const protocol::Message next = *reader.Next();
      if (const auto* receipt = std::get_if<protocol::Receipt>(&next)) answered = *receipt;
      if (const auto* entries = std::get_if<protocol::Entries>(&next); entries && !entries_from)
        entries_from = entries->first;
      if (std::holds_alternative<protocol::Done>(next)) break;
    }
    return first_told;
  }
  static std::string Refusal(const protocol::Message& told) {
    const auto* refused = std::get_if<protocol::Refused>(&told);
    return refused == nullptr ? "" : refused->reason;
  }
  protocol::Hello hello;
  protocol::Receipt first, second, taken, answered;
  std::int64_t entries_from = 0;
};

TEST(LongReturnByALiar, NoFurtherPieceIsTakenThatTheProvinceDidNotSign) {
  Teller desk;
  const protocol::Returned rest = desk.Entries(7, 10);
  const std::vector<base::Bytes> log = desk.Octets();
  const auto altered = [](protocol::Receipt receipt) {
    receipt.signature[5] = static_cast<char>(receipt.signature[5] ^ 1);
    return receipt;
  };
  const auto refusal = [&](const std::vector<protocol::Message>& said) {
    return Teller::Refusal(desk.Ask(said));
  };
  EXPECT_EQ(refusal({altered(desk.taken), desk.first, rest, desk.second}), "return.unproven");
  EXPECT_EQ(refusal({desk.taken, altered(desk.first), rest, desk.second}), "return.unproven");
  EXPECT_EQ(refusal({desk.taken, desk.first, rest, altered(desk.second)}), "return.unproven");
  EXPECT_EQ(refusal({desk.taken, desk.second, rest, desk.second}), "message.malformed");
  EXPECT_EQ(refusal({desk.taken, rest, desk.second}), "message.malformed");
  // A true receipt, but for a log that is not this one any more.
  EXPECT_EQ(refusal({desk.second, desk.first, rest, desk.second}), "return.lost");
  EXPECT_EQ(refusal({desk.taken, desk.first, desk.first, rest, desk.second}), "message.unexpected");
  EXPECT_EQ(refusal({desk.taken, desk.first, protocol::Returned{7, {}}, desk.second}),
            "message.unexpected");
  EXPECT_EQ(desk.Octets(), log);

  EXPECT_EQ(refusal({desk.taken, desk.first, rest, desk.second}), "");
  EXPECT_EQ(desk.Octets().size(), log.size() + 4);
  EXPECT_EQ(desk.entries_from, desk.taken.position + 1);  // What it has need not come again.
  EXPECT_EQ(refusal({desk.taken, desk.first, rest, desk.second, desk.Entries(11, 14), desk.second}),
            "message.unexpected");
  EXPECT_EQ(desk.Octets().size(), log.size() + 4);  // The first of them it had already.
  EXPECT_EQ(desk.Audited(), "");
  desk.ExpectLevel();
}

}  // namespace
}  // namespace hoso::testing
