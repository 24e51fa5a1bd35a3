// What an enrolled desk may lie about in a batch that is otherwise in order.
#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "tests/integration/hostile_fixture.h"
#include "tests/support/real_desk.h"

namespace hoso {
namespace {

using change::Change;

constexpr const char* kDossier = "0192a000-0000-7000-8000-00000000d055";
constexpr const char* kSecret = "Nguyễn Thị Kín";  // Of an applicant: nobody may read it in a log.

class HostileBatchTest : public HostileTest {
 protected:
  Change Make(change::Body body, const std::string& author = "u-1") {
    return {{desk_.request.replica, static_cast<std::int64_t>(sent_.size()) + 1},
            author,
            kDossier,
            {1'795'397'400'000, 0, -1},
            std::move(body),
            {}};
  }
  static change::Create Received(const std::string& unit) {
    return {unit,
            "1.013225",
            "",
            "nha-o-rieng-le",
            "2026-11-23T08:30",
            "",
            false,
            {{"applicant.name", kSecret}},
            {"c1"}};
  }
  /// Sends octets as the desk's next change and gives the verdict's reason, or the refusal.
  std::string Send(const Bytes& octets) {
    const std::string refused = After(protocol::EncodeFrame(Signed({octets}, sent_)));
    if (!refused.empty()) return "refused " + refused;
    sent_.push_back(octets);
    const auto rows = Must(store_->Entries("06994", Position() - 1, 1));
    const auto entry = Must(change::DecodeEntry(rows.at(0)));
    EXPECT_EQ(entry.change, octets);
    return entry.verdict.reason;
  }
  std::string Send(const Change& change) { return Send(change::Encode(change)); }

  std::vector<Bytes> sent_;
};

TEST_P(HostileBatchTest, EachLieIsRefusedOrSetAsideWithItsReason) {
  EXPECT_EQ(Send(Make(Received("00004"))), "create.other_unit");
  EXPECT_EQ(Send(Make(Received("06994"), "u-2")), "right.unknown_author");
  EXPECT_EQ(Send(Make(Received("06994"))), "");
  EXPECT_EQ(Send(Make(Received("06994"))), "create.duplicate");
  Change other = Make(change::AddNote{"x"});
  other.id.replica = "0192a000-0000-7000-8000-0000000000ff";
  EXPECT_EQ(Send(other), "refused change.not_yours");
  other = Make(change::AddNote{"x"});
  other.id.sequence += 1;
  EXPECT_EQ(Send(other), "refused change.not_yours");

  Change decided = Make(change::Decide{change::Decision::kApprove, std::string(64, '0'), 1, "x"});
  EXPECT_EQ(Send(decided), "right.role");
  SaveUser({"u-1", "Trần Văn Bình", "06994", "TP", true});
  decided.id.sequence += 1;
  EXPECT_EQ(Send(decided), "right.signature");
  decided.id.sequence += 1;
  decided.signature = crypto::Sign(desk_.device_seed, change::SignedPart(decided));  // Another's.
  EXPECT_EQ(Send(decided), "right.signature");
  SaveUser({"u-1", "Trần Văn Bình", "06994", "MC", true});
}

TEST_P(HostileBatchTest, NobodyDecidesOnHisOwnProposalWhateverHeIsByThen) {
  const auto become = [&](const std::string& role) {
    SaveUser({"u-1", "Trần Văn Bình", "06994", role, true});
  };
  EXPECT_EQ(Send(Make(Received("06994"))), "");
  EXPECT_EQ(Send(Make(change::Step{"transfer", "", ""})), "");
  become("CV");
  EXPECT_EQ(Send(Make(change::Step{"propose", "", ""})), "");
  become("TP");
  const auto state = Must(change::DecodeState(Must(store_->State("06994", kDossier))->state));
  Change decided = Make(change::Decide{change::Decision::kApprove, change::ContentDigest(state),
                                       Position(), "của tôi"});
  decided.signature = crypto::Sign(desk_.officer_seed, change::SignedPart(decided));
  EXPECT_EQ(Send(decided), "decide.own_dossier");
}

TEST_P(HostileBatchTest, WhatIsNoChangeTakesItsPlaceAndStopsNothing) {
  const Bytes note = change::Encode(Make(change::AddNote{"xyz"}));
  Bytes not_utf8 = note;
  not_utf8[not_utf8.find("xyz")] = '\xff';
  EXPECT_EQ(Send(not_utf8), "change.malformed");
  EXPECT_EQ(Send(Bytes(200'000, '\x81')), "change.malformed");  // [[[[…
  EXPECT_EQ(Send(Bytes("\xbb\xff\xff\xff\xff\xff\xff\xff\xff", 9)), "change.malformed");
  EXPECT_EQ(Send(Bytes(1, '\0')), "change.malformed");
  EXPECT_EQ(Send(""), "change.malformed");
  EXPECT_EQ(Send(Make(Received("06994"))), "");
}

TEST_P(HostileBatchTest, ABatchAgainIsTakenOnceAndAGapNotAtAll) {
  const Bytes one = change::Encode(Make(Received("06994")));
  EXPECT_EQ(Send(one), "");
  const Bytes again = protocol::EncodeFrame(Signed({one}, {}));
  EXPECT_EQ(After(again), "");
  EXPECT_EQ(After(again + again), "");
  EXPECT_EQ(After(protocol::EncodeFrame(Signed({"z"}, {one, one}))), "sequence.gap");
  EXPECT_EQ(After(protocol::EncodeFrame(Signed({"z"}, {"an earlier life"}))), "replica.forked");
  protocol::Batch wrong = Signed({"z"}, {one});
  wrong.chain[3] = static_cast<char>(wrong.chain[3] ^ 1);
  EXPECT_EQ(After(protocol::EncodeFrame(wrong)), "batch.signature");
  EXPECT_EQ(Position(), 1);
}

TEST_P(HostileBatchTest, EveryFlippedOctetOfABatchIsRefused) {
  const Bytes change = change::Encode(Make(Received("06994")));
  const protocol::Batch batch = Signed({change}, {});
  const Bytes body = change::ToCbor(protocol::ToJson(batch));
  const auto line = Line(certificate_, desk_.key.view());
  const auto told = [&](const Bytes& frame) {
    TextEnds ends(Asking(frame));
    const auto done = line->Exchange(ends, ends);
    return done ? ends.Refusal() : done.error().reason;
  };
  for (std::size_t at = 0; at < body.size(); ++at) {
    Bytes flipped = body;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    ASSERT_NE(told(Framed(2, Zstd(flipped))), "") << at;
  }
  EXPECT_EQ(Position(), 0);
  // On the line, a few octets say how the rest is packed: what is taken is what was meant.
  const Bytes frame = protocol::EncodeFrame(batch);
  for (std::size_t at = 0; at < frame.size(); ++at) {
    Bytes flipped = frame;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    (void)told(flipped);
  }
  ASSERT_LE(Position(), 1);
  for (const Bytes& row : Must(store_->Entries("06994", 0, 9)))
    EXPECT_EQ(Must(change::DecodeEntry(row)).change, change);
}

TEST_P(HostileBatchTest, AnHonestDeskBesideIsUntouchedAndTheJournalNamesNobody) {
  SaveUser({"u-2", "Lê Thị Cúc", "06994", "MC", true});
  testing::RealDesk honest(Code("u-2"));
  const std::string dossier = honest.Receive("Phạm Văn Dũng");
  ASSERT_TRUE(honest.Sync());
  EXPECT_EQ(Send(Make(Received("06994"))), "");
  EXPECT_EQ(Send(Make(Received("06994"), "u-2")), "right.unknown_author");
  Change other = Make(change::AddNote{kSecret});
  other.id.sequence += 1;
  EXPECT_EQ(Send(other), "refused change.not_yours");
  EXPECT_EQ(After(Framed(2, kSecret)), "frame.compression");
  EXPECT_EQ(Reason(Line(certificate_, desk_.key.view())->Enrol(kSecret)), "certificate.wrong_use");
  honest.Note(dossier, "vẫn làm việc");
  ASSERT_TRUE(honest.Sync());
  EXPECT_EQ(honest.Unsent(), 0);
  EXPECT_EQ(honest.Digest().sha256, base::ToHex(Must(store_->Digest("06994"))));

  EXPECT_TRUE(journal_.Await("certificate.wrong_use")) << journal_.Text();
  const std::string told = journal_.Text();
  for (const char* reason : {"/v1/exchange change.not_yours ", "/v1/exchange frame.compression ",
                             "/v1/enrol certificate.wrong_use "})
    EXPECT_NE(told.find(reason), std::string::npos) << told;
  for (const std::string& personal :
       {std::string(kSecret), std::string("Kín"), std::string("Phạm"), std::string("Trần"),
        std::string("u-1"), std::string("u-2"), desk_.request.replica, std::string(kDossier),
        std::string("127.0.0.1")})
    EXPECT_EQ(told.find(personal), std::string::npos) << personal << "\n" << told;
}

INSTANTIATE_TEST_SUITE_P(Backends, HostileBatchTest, ::testing::ValuesIn(testing::Backends()),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso
