#pragma once

#include <zstd.h>

#include <string>
#include <vector>

#include "common/change/entry.h"
#include "tests/integration/tls_fixture.h"
#include "tests/support/journal_book.h"

namespace hoso {

using base::Bytes;

inline Bytes Framed(char kind, const Bytes& body) {
  Bytes out(1, kind);
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(body.size() >> shift & 255);
  return out + body;
}

inline Bytes Zstd(const Bytes& plain) {
  Bytes out(ZSTD_compressBound(plain.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), plain.data(), plain.size(), 3));
  return out;
}

/// An enrolled desk that sends what it likes, and what the province says and tells of it.
class HostileTest : public TlsTest {
 protected:
  void SetUp() override {
    TlsTest::SetUp();
    StartTelling({});
    certificate_ = Enrolled(desk_).certificate;
    const auto begin = [&]() -> base::Status {
      HOSO_TRY_ASSIGN(const auto head, store_->LockUnit("06994", "an epoch"));
      epoch_ = head.epoch;
      return {};
    };
    EXPECT_TRUE(store_->database().Atomically(begin));
  }
  void TearDown() override { server_.reset(); }  // Its threads write into the journal.
  void StartTelling(server::HttpServer::Options options) {
    options.listen = "127.0.0.1:0";
    options.journal = [this](const std::string& line) { journal_.Add(line); };
    Start(options);
  }

  /// How the province refuses these octets after a proper greeting.
  std::string After(const Bytes& octets) { return Told(Asking(octets)); }
  Bytes Asking(const Bytes& octets) {
    return protocol::EncodeFrame(Greeting()) + octets + protocol::EncodeFrame(protocol::Over{});
  }
  std::string Told(const Bytes& request) {
    TextEnds ends(request);
    const auto done = Line(certificate_, desk_.key.view())->Exchange(ends, ends);
    EXPECT_TRUE(done) << done.error().reason << done.error().detail;
    return ends.Refusal();
  }
  protocol::Hello Greeting() {
    protocol::Hello hello;
    hello.replica = desk_.request.replica;
    hello.unit = "06994";
    hello.epoch = epoch_;
    return hello;
  }
  /// A batch with a true chain and signature, of whatever octets, after those of `before`.
  protocol::Batch Signed(const std::vector<Bytes>& changes, const std::vector<Bytes>& before) {
    const auto first = static_cast<std::int64_t>(before.size()) + 1;
    protocol::Batch batch{first, changes, change::ChainStart(), {}};
    for (const auto* part : {&before, &changes})
      for (const Bytes& octets : *part) batch.chain = change::ChainHash(batch.chain, octets);
    Sign(batch);
    return batch;
  }
  void Sign(protocol::Batch& batch) {
    const auto last = batch.first + static_cast<std::int64_t>(batch.changes.size()) - 1;
    batch.signature = crypto::Sign(
        desk_.device_seed, protocol::BatchSigned(desk_.request.replica, epoch_, last, batch.chain));
  }
  std::int64_t Position() {
    const auto head = Must(store_->Unit("06994"));
    return head ? head->position : 0;
  }

  NewDesk desk_{random_};
  std::string certificate_, epoch_;
  testing::JournalBook journal_;
};

}  // namespace hoso
