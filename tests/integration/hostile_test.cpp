// What a hostile or broken client may try on the province's door.
#include <chrono>

#include "tests/integration/hostile_fixture.h"
#include "tests/support/real_desk.h"
#include "tests/support/resident.h"

namespace hoso {
namespace {

using Clock = std::chrono::steady_clock;

/// A frame that promises `size` octets, 0: does not say, whatever it holds.
Bytes Promising(std::uint64_t size) {
  Bytes frame("\x28\xb5\x2f\xfd", 4);
  frame += static_cast<char>(size == 0 ? 0x00 : 0xe0);  // Single segment, eight octets of size.
  if (size == 0) frame += static_cast<char>(0x50);      // A window instead.
  for (int i = 0; size != 0 && i < 8; ++i) frame += static_cast<char>(size >> (8 * i) & 255);
  return frame + Bytes("\x03\x00\x00\x00", 4);  // Then an RLE block.
}

class HostileFrameTest : public HostileTest {
 protected:
  /// A batch with a true signature, its chain from the start.
  Bytes Signed(const std::vector<Bytes>& changes, std::int64_t first = 1) {
    protocol::Batch batch = HostileTest::Signed(changes, {});
    batch.first = first;
    Sign(batch);
    return protocol::EncodeFrame(batch);
  }
};

TEST_P(HostileFrameTest, MalformedFramesAreRefusedAndCostNoMemory) {
  EXPECT_EQ(After(""), "");  // Warm: what follows must not need more.
  const std::size_t before = testing::ResidentBytes();
  EXPECT_EQ(After(Framed(99, "x")), "frame.kind");
  EXPECT_EQ(After(Framed(0, "x")), "frame.kind");
  EXPECT_EQ(After(Bytes("\x02\xff\xff\xff\xff", 5)), "frame.too_big");
  EXPECT_EQ(After(Framed(2, "no zstd at all")), "frame.compression");
  EXPECT_EQ(After(Framed(2, Promising(4ull << 30))), "frame.too_big");
  EXPECT_EQ(After(Framed(2, Promising(1ull << 20))), "frame.compression");
  EXPECT_EQ(After(Framed(2, Promising(0))), "frame.compression");
  EXPECT_EQ(After(Framed(2, Zstd(Bytes((4u << 20) + 1, '\0')))), "frame.too_big");
  EXPECT_EQ(After(Framed(2, Zstd(Bytes(1u << 20, '\x81')))), "frame.encoding");  // [[[[…
  EXPECT_EQ(After(Framed(2, Zstd(Bytes("\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9)))),
            "frame.encoding");  // An array that says it has 2^64 - 1 members.
  EXPECT_EQ(After(Framed(2, Zstd(Bytes("\xa0", 1)))), "message.malformed");
  EXPECT_EQ(After(protocol::EncodeFrame(Greeting())), "message.unexpected");
  EXPECT_EQ(Told(protocol::EncodeFrame(protocol::Over{})), "message.unexpected");
  EXPECT_LT(testing::ResidentBytes(), before + (32u << 20));
  EXPECT_EQ(After(""), "");
}

TEST_P(HostileFrameTest, TooManyOrTooLargeChangesAreRefusedWhole) {
  EXPECT_EQ(After(Signed(std::vector<Bytes>(65, "x"))), "message.malformed");
  EXPECT_EQ(After(Signed({})), "message.malformed");
  // One octet more would make an entry that no desk could ever take.
  EXPECT_EQ(After(Signed({Bytes(change::kMaxChangeBytes + 1, 'x')})), "change.too_big");
  EXPECT_EQ(Position(), 0);
  EXPECT_EQ(After(Signed({Bytes(change::kMaxChangeBytes, 'x')})), "");
  EXPECT_EQ(Position(), 1);  // Octets that are no change take their place and stop nothing.
  const auto rows = Must(store_->Entries("06994", 0, 9));
  EXPECT_EQ(Must(change::DecodeEntry(rows.at(0))).verdict.reason, "change.malformed");
}

TEST_P(HostileFrameTest, ForgedSkippedAndForkedBatchesAreRefused) {
  Bytes forged = Signed({"x"});
  ASSERT_EQ(After(Signed({"x"})), "");
  EXPECT_EQ(After(Signed({"y"})), "replica.forked");  // The same number with other content.
  EXPECT_EQ(After(Signed({"z"}, 3)), "sequence.gap");
  desk_.device_seed = crypto::MakeSeed(random_);
  EXPECT_EQ(After(Signed({"x"})), "batch.signature");
  EXPECT_EQ(Position(), 1);
}

TEST_P(HostileFrameTest, MoreBatchesThanARequestMayHaveAreRefused) {
  server::HttpServer::Options options;
  options.turns.burst = std::chrono::hours(1);  // Else the desk is slowed down long before.
  StartTelling(options);
  const Bytes one = Signed({"x"});
  Bytes many;
  for (int i = 0; i < 1025; ++i) many += one;
  EXPECT_EQ(After(many), "request.too_long");
  EXPECT_EQ(Position(), 1);
}

/// A client that holds a line and says next to nothing on it.
class Loris {
 public:
  explicit Loris(std::uint16_t port) : socket_(Poco::Net::SocketAddress("127.0.0.1", port)) {}
  /// An octet of a handshake record now and then, until the server has had enough.
  bool TrickleUntilCut(std::chrono::seconds at_most) {
    const Bytes start("\x16\x03\x01\x40\x00\x01\x00\x3f\xfc\x03\x03", 11);
    std::size_t at = 0;
    for (const auto end = Clock::now() + at_most; Clock::now() < end;) {
      const char octet = at < start.size() ? start[at++] : '\0';
      if (!Sent(octet) || Ended(100)) return true;
    }
    return false;
  }
  bool Ended(int within_ms) {
    if (!socket_.poll(Poco::Timespan(0, within_ms * 1000), Poco::Net::Socket::SELECT_READ))
      return false;
    try {
      char piece[256];
      return socket_.receiveBytes(piece, sizeof piece) <= 0;
    } catch (const Poco::Exception&) {
      return true;
    }
  }

 private:
  bool Sent(char octet) {
    try {
      return socket_.sendBytes(&octet, 1) == 1;
    } catch (const Poco::Exception&) {
      return false;
    }
  }

  Poco::Net::StreamSocket socket_;
};

TEST_P(HostileFrameTest, SilentAndTricklingClientsAreCutOffAndStopNobodyElse) {
  server::HttpServer::Options options;
  options.pace = {1, 1000};
  StartTelling(options);
  Loris silent(server_->port()), trickling(server_->port());
  EXPECT_EQ(After(""), "");
  EXPECT_TRUE(trickling.TrickleUntilCut(std::chrono::seconds(30)));
  EXPECT_TRUE(silent.Ended(30'000));
  EXPECT_EQ(After(""), "");
}

TEST_P(HostileFrameTest, MoreSilentClientsThanConnectionsToTheDatabaseStopNobody) {
  std::vector<std::unique_ptr<Loris>> silent;
  for (int i = 0; i < 60; ++i) silent.push_back(std::make_unique<Loris>(server_->port()));
  EXPECT_EQ(After(""), "");
}

TEST_P(HostileFrameTest, AStateThatWasDamagedOnTheDiskIsMendedAndToldOf) {
  SaveUser({"u-2", "Lê Thị Hoa", "06994", "MC", true});
  testing::RealDesk desk(Code("u-2"));
  const std::string id = desk.Receive("Nguyễn Văn An");
  ASSERT_TRUE(desk.Sync());
  const auto stored = Must(store_->State("06994", id));
  ASSERT_TRUE(store_->database().Atomically(
      [&] { return store_->SaveState("06994", id, "hỏng", stored->digest); }));
  desk.Note(id, "sau đó");
  ASSERT_TRUE(desk.Sync());
  EXPECT_TRUE(journal_.Await("mended state.damaged 1"));
  journal_.Clear();
  desk.Note(id, "và sau nữa");
  ASSERT_TRUE(desk.Sync());
  EXPECT_EQ(journal_.Text(), "");
}

INSTANTIATE_TEST_SUITE_P(Backends, HostileFrameTest, ::testing::ValuesIn(testing::Backends()),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso
