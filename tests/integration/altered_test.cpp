// Somebody on the line who alters what passes, or says again what he heard: nothing of it is taken,
// and the officer is told of the line, not of his certificate.
#include "tests/integration/tls_fixture.h"
#include "tests/support/real_desk.h"
#include "tests/support/wan.h"

namespace hoso {
namespace {

class AlteredTest : public TlsTest {
 protected:
  void SetUp() override {
    TlsTest::SetUp();
    wan_.SetServer(server_->port());
    desk_ = std::make_unique<testing::RealDesk>(Code());
    desk_->SetServer("https://127.0.0.1:" + std::to_string(wan_.port()));
    dossier_ = desk_->Receive("Nguyễn Văn An");
    ASSERT_TRUE(desk_->Sync());
  }
  /// Exchanges in such weather, then in a calm; what the desk was told in the first.
  std::string SyncIn(const testing::Wan::Weather& weather, const std::string& note) {
    desk_->Note(dossier_, note);
    wan_.SetWeather(weather);
    desk_->SetPatience(2);  // A length that was altered: both ends wait for the other.
    const auto done = desk_->Sync();
    wan_.SetWeather({});
    desk_->SetPatience(30);
    EXPECT_TRUE(desk_->Sync());
    EXPECT_EQ(desk_->Unsent(), 0);
    return done ? "" : done.error().reason;
  }
  std::int64_t LogLength() { return (*Must(store_->Unit("06994"))).position; }

  testing::Wan wan_{7};
  std::unique_ptr<testing::RealDesk> desk_;
  std::string dossier_;
};

INSTANTIATE_TEST_SUITE_P(Backends, AlteredTest, ::testing::ValuesIn(testing::Backends()),
                         [](const auto& backend) { return backend.param; });

TEST_P(AlteredTest, WhatIsAlteredOnTheWayIsNotTakenAndIsCalledSo) {
  testing::Wan::Weather weather;
  weather.altered_percent = 40;
  int altered = 0;
  const std::int64_t before = LogLength();
  constexpr int kTimes = 12;
  for (int i = 0; i < kTimes; ++i) {
    const std::string told = SyncIn(weather, "lần " + std::to_string(i));
    EXPECT_NE(told, "tls.refused");
    EXPECT_NE(told, "tls.untrusted");
    altered += told == "net.altered" ? 1 : 0;
  }
  EXPECT_GT(altered, 0);
  EXPECT_EQ(LogLength(), before + kTimes);
}

TEST_P(AlteredTest, WhatIsSaidTwiceOrAgainLaterIsTakenOnce) {
  testing::Wan::Weather twice, later;
  twice.repeated_percent = 30;
  later.replays = true;
  const std::int64_t before = LogLength();
  constexpr int kTimes = 5;
  for (int i = 0; i < kTimes; ++i) {
    EXPECT_NE(SyncIn(twice, "hai lần"), "tls.refused");
    SyncIn(later, "lần nữa");
  }
  EXPECT_EQ(LogLength(), before + 2 * kTimes);
}

}  // namespace
}  // namespace hoso
