#include "common/store/province_store.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "common/store/soci.h"
#include "tests/support/backend.h"
#include "tests/support/fakes.h"

namespace hoso::store {
namespace {

using base::Bytes;

const Bytes kOctets("\0\x01\xff'\";--\0", 10);

/// The same promises on every backend.
class ProvinceStoreTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override { address_ = testing::NewDatabase(GetParam(), folder_.path()); }
  ProvinceStore Open() {
    auto database = Database::OpenProvince(address_);
    EXPECT_TRUE(database) << database.error().reason << database.error().detail;
    return ProvinceStore(std::move(*database));
  }

  testing::TempFolder folder_;
  std::string address_;
};

TEST_P(ProvinceStoreTest, KeepsOctetsAndSurvivesReopening) {
  {
    ProvinceStore store = Open();
    ASSERT_TRUE(store.SetMeta("k", "old"));
    ASSERT_TRUE(store.SetMeta("k", kOctets));
    ASSERT_TRUE(store.SaveState("u", "id", kOctets, "d"));
    ASSERT_TRUE(store.AppendEntry("u", 5'000'000'000, "id", kOctets, "h"));
  }
  ProvinceStore store = Open();
  EXPECT_EQ(**store.Meta("k"), kOctets);
  EXPECT_FALSE(store.Meta("none")->has_value());
  EXPECT_EQ((*store.State("u", "id"))->state, kOctets);
  EXPECT_FALSE(store.State("v", "id")->has_value());
  EXPECT_EQ(store.Entries("u", 4'999'999'999, 9)->at(0), kOctets);
  EXPECT_EQ(**store.HashAt("u", 5'000'000'000), "h");
  EXPECT_FALSE(store.AppendEntry("u", 5'000'000'000, "id", "other", "h"));
}

TEST_P(ProvinceStoreTest, LocksAndMovesHeads) {
  ProvinceStore store = Open();
  EXPECT_FALSE(store.Unit("u")->has_value());
  ASSERT_TRUE(store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(UnitHead head, store.LockUnit("u", "e1"));
    EXPECT_EQ(head.epoch, "e1");
    EXPECT_EQ(head.position, 0);
    EXPECT_EQ(head.hash, "");
    head.position = 7;
    head.hash = kOctets;
    return store.SetHead("u", head);
  }));
  ASSERT_TRUE(store.database().Atomically([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const UnitHead head, store.LockUnit("u", "e2"));
    EXPECT_EQ(head.epoch, "e1");
    EXPECT_EQ(head.hash, kOctets);
    return {};
  }));
}

TEST_P(ProvinceStoreTest, WhoAsksNextDoesNotNoticeThatPostgresEndedTheLine) {
  if (GetParam() == testing::kSqlite) return;  // Has no line.
  ProvinceStore store = Open(), other = Open();
  const auto end_lines = [&] {
    int ended = 0;
    other.database().sql() << "SELECT count(pg_terminate_backend(pid, 10000)) FROM "
                              "pg_stat_activity WHERE datname = current_database() AND "
                              "pid <> pg_backend_pid()",
        soci::into(ended);
    return ended;
  };
  ASSERT_TRUE(store.SetMeta("k", "v"));
  EXPECT_EQ(end_lines(), 1);
  const auto read = store.Meta("k");
  ASSERT_TRUE(read) << read.error().reason << read.error().detail;
  EXPECT_EQ(**read, "v");
  EXPECT_EQ(end_lines(), 1);
  EXPECT_TRUE(store.database().Atomically([&] { return store.SetMeta("k", "w"); }));
}

TEST_P(ProvinceStoreTest, TransactionIsAllOrNothing) {
  ProvinceStore store = Open();
  EXPECT_FALSE(store.database().Atomically([&]() -> base::Status {
    HOSO_TRY(store.SetMeta("a", "1"));
    return base::Fail(base::ErrorKind::kRefused, "no");
  }));
  EXPECT_THROW((void)store.database().Atomically([&]() -> base::Status {
    HOSO_TRY(store.SetMeta("a", "1"));
    throw std::runtime_error("x");
  }),
               std::runtime_error);
  EXPECT_FALSE(store.Meta("a")->has_value());
  EXPECT_TRUE(store.database().Atomically([&] { return store.SetMeta("a", "2"); }));
  EXPECT_EQ(**store.Meta("a"), "2");
}

TEST_P(ProvinceStoreTest, TwoWritersTakeTurns) {
  { Open(); }
  const auto work = [&] {
    ProvinceStore store = Open();
    for (int i = 0; i < 20; ++i)
      EXPECT_TRUE(store.database().Atomically([&]() -> base::Status {
        HOSO_TRY_ASSIGN(UnitHead head, store.LockUnit("u", "e"));
        ++head.position;
        HOSO_TRY_ASSIGN(const std::int64_t number, store.NextCodeNumber("H01", "231126"));
        EXPECT_EQ(number, head.position);
        return store.SetHead("u", head);
      }));
  };
  std::thread other(work);
  work();
  other.join();
  ProvinceStore store = Open();
  EXPECT_EQ((*store.Unit("u"))->position, 40);
  EXPECT_EQ(*store.NextCodeNumber("H01", "241126"), 1);
}

TEST_P(ProvinceStoreTest, DigestFollowsOctetsOfIds) {
  ProvinceStore a = Open();
  for (const char* id : {"b-1", "ba", "b-", "a"}) ASSERT_TRUE(a.SaveState("x", id, "s", id));
  for (const char* id : {"a", "b-", "b-1", "ba"}) ASSERT_TRUE(a.SaveState("y", id, "s", id));
  EXPECT_EQ(*a.Digest("x"), *a.Digest("y"));
  ASSERT_TRUE(a.SaveState("y", "a", "s", "z"));
  EXPECT_NE(*a.Digest("x"), *a.Digest("y"));
  EXPECT_EQ(a.Digest("none")->size(), 32u);
}

TEST_P(ProvinceStoreTest, PeopleAndDevices) {
  ProvinceStore store = Open();
  ASSERT_TRUE(store.SaveUser({"u1", "Đặng Thị Ý'; DROP TABLE officer;--", "x", "CV", true}));
  ASSERT_TRUE(store.SaveUser({"u1", "Đặng Thị Ý", "x", "TP", false}));
  EXPECT_EQ((*store.FindUser("u1"))->name, "Đặng Thị Ý");
  EXPECT_FALSE((*store.FindUser("u1"))->active);
  EXPECT_EQ(store.Users()->size(), 1u);
  Device device{"r", "u", "f1", "f2", kOctets, false, 5'000'000'000, kOctets, kOctets + "s"};
  ASSERT_TRUE(store.SaveDevice(device));
  EXPECT_EQ((*store.DeviceByCertificate("f1"))->signing_key, kOctets);
  EXPECT_EQ((*store.DeviceByCertificate("f2"))->accepted_through, 5'000'000'000);
  EXPECT_EQ((*store.FindDevice("r"))->share, kOctets + "s");
  EXPECT_FALSE(store.DeviceByCertificate("")->has_value());
  device.revoked = true;
  ASSERT_TRUE(store.SaveDevice(device));
  EXPECT_TRUE((*store.FindDevice("r"))->revoked);
  EXPECT_EQ(store.Devices()->size(), 1u);
  ASSERT_TRUE(store.SaveDeviceOfficer({"r", "u1", kOctets}));
  EXPECT_EQ(store.OfficersOf("r")->at(0).signing_key, kOctets);
  for (const char* key : {"later", "later"})
    ASSERT_TRUE(store.SaveDeviceOfficer({"r", "u1", key}));  // Beside the first, and once.
  EXPECT_EQ(store.OfficersOf("r")->size(), 2u);
  ASSERT_TRUE(store.SaveEnrolment({"c", "u1", "x", 9'000'000'000'000, true, "r", kOctets}));
  EXPECT_EQ((*store.FindEnrolment("c"))->answer, kOctets);
  EXPECT_EQ((*store.FindEnrolment("c"))->expires_ms, 9'000'000'000'000);
  EXPECT_FALSE(store.FindEnrolment("d")->has_value());
}

INSTANTIATE_TEST_SUITE_P(Backends, ProvinceStoreTest, ::testing::ValuesIn(testing::Backends()),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso::store
