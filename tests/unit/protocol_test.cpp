#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "common/change/cbor.h"
#include "sync/protocol/message_codec.h"
#include "sync/protocol/messages.h"

namespace hoso::protocol {
namespace {

class Memory : public ByteSource {
 public:
  explicit Memory(std::string bytes) : bytes_(std::move(bytes)) {}
  base::Result<std::size_t> Read(char* into, std::size_t size) override {
    const std::size_t n = std::min(size, bytes_.size() - at_);
    std::memcpy(into, bytes_.data() + at_, n);
    at_ += n;
    return n;
  }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

base::Result<Message> ReadBack(const std::string& bytes) {
  Memory memory(bytes);
  return FrameReader(memory).Next();
}

std::vector<Message> OneOfEach() {
  return {Hello{1, "r", "06994", "e", 7, "hash", "c", "d"},
          Batch{3, {"one", std::string("t\0wo", 4)}, "chain", "signature"},
          Over{},
          Welcome{"e", 4, 1'800'000'000'000},
          Receipt{"06994", "r", "e", 4, "chain", 9, "hash", 1, "signature"},
          Entries{5, {"entry"}},
          Part{"catalogue", "id", 0, 3, "abc"},
          Done{9, "hash", true},
          Refused{"device.revoked", ""},
          Behind{"e", {{9, "hash"}, {0, ""}}},
          Returned{5, {"entry"}}};
}

TEST(Frame, EveryMessageComesBackTheSame) {
  for (const Message& message : OneOfEach()) {
    const auto read = ReadBack(EncodeFrame(message));
    ASSERT_TRUE(read.has_value()) << message.index();
    EXPECT_EQ(*read, message);
  }
}

TEST(Frame, ACutAnywhereIsACutLineAndNeverAMessage) {
  for (const Message& message : OneOfEach()) {
    const std::string whole = EncodeFrame(message);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto read = ReadBack(whole.substr(0, size));
      ASSERT_FALSE(read.has_value());
      EXPECT_EQ(read.error().kind, base::ErrorKind::kUnreachable);
    }
  }
}

TEST(Frame, DamagedOctetsNeverCrashAndAreMostlyNoticed) {
  for (const Message& message : OneOfEach()) {
    const std::string whole = EncodeFrame(message);
    for (std::size_t at = 0; at < whole.size(); ++at)
      for (int bit = 0; bit < 8; ++bit) {
        std::string damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
        (void)ReadBack(damaged);  // What survives is caught by hash or signature.
      }
  }
}

TEST(Frame, ANumberBeyond63BitsIsRefusedNotReadAsNegative) {
  std::string body("\xa1\x63pos\x1b\x7f\xff\xff\xff\xff\xff\xff\xff", 14);
  EXPECT_TRUE(change::FromCbor(body, body.size()).has_value());
  body[6] = '\xff';
  EXPECT_FALSE(change::FromCbor(body, body.size()).has_value());
}

TEST(Frame, RefusesALengthBeforeTakingMemoryForIt) {
  const auto read = ReadBack(std::string("\x01\xff\xff\xff\xff", 5));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().reason, "frame.too_big");
}

TEST(Frame, RefusesABombByItsDeclaredSize) {
  // A zstd frame of 64 MB of zeros: magic, descriptor with an 8-octet content size, RLE blocks.
  std::string bomb("\x28\xb5\x2f\xfd\xe0", 5);
  bomb += std::string("\x00\x00\x00\x04\x00\x00\x00\x00", 8);
  bomb += std::string("\x03\x00\x00\x00", 4);
  std::string frame("\x02\x00\x00\x00", 4);
  frame += static_cast<char>(bomb.size());
  const auto read = ReadBack(frame + bomb);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().reason, "frame.too_big");
}

TEST(Frame, RefusesMoreChangesThanABatchMayHold) {
  Batch batch{1, {}, "c", "s"};
  batch.changes.assign(kMaxBatchChanges + 1, "x");
  const auto read = ReadBack(EncodeFrame(batch));
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().reason, "message.malformed");
}

TEST(Message, WhatIsNoListIsNotReadAsOneOfOne) {
  const auto binary = nlohmann::json::binary({'n', 'o'});
  for (const auto& no_list : {binary, nlohmann::json(nullptr), nlohmann::json::object()}) {
    EXPECT_FALSE(FromJson(Message(Entries{}).index(), {{"first", 5}, {"entries", no_list}}));
    EXPECT_FALSE(FromJson(Message(Returned{}).index(), {{"first", 5}, {"entries", no_list}}));
    EXPECT_FALSE(FromJson(Message(Behind{}).index(), {{"epoch", "e"}, {"points", no_list}}));
    EXPECT_FALSE(DecodeDirectory(change::ToCbor(no_list)));
  }
}

TEST(EnrolAnswer, RoundTripsAndRefusesAShareOfAnotherSize) {
  EnrolAnswer answer{"u-1", "Vũ A", "MC", "06994", "22", "CERT", "r", "x", base::Bytes(32, 's'),
                     "said"};
  const auto read = DecodeEnrolAnswer(EncodeEnrolAnswer(answer));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->desk_share, answer.desk_share);
  EXPECT_EQ(read->recovery_key, "x");
  EXPECT_EQ(read->registrations, "said");
  for (const std::size_t size : {0u, 31u, 33u}) {
    answer.desk_share.resize(size);
    EXPECT_EQ(DecodeEnrolAnswer(EncodeEnrolAnswer(answer)).error().reason, "message.malformed");
  }
}

TEST(EnrolmentFile, RoundTripsAndRefusesOtherFiles) {
  const EnrolmentFile file{"https://127.0.0.1:8443", "22", "06994", "u-1", "CA", "CERT", "KEY"};
  const auto read = DecodeEnrolmentFile(EncodeEnrolmentFile(file));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->server, file.server);
  EXPECT_EQ(read->key, file.key);
  for (const char* other : {"", "{}", "[1]", "not json", R"({"hosoxa":"enrolment"})"})
    EXPECT_EQ(DecodeEnrolmentFile(other).error().reason, "enrol.file_malformed");
}

}  // namespace
}  // namespace hoso::protocol
