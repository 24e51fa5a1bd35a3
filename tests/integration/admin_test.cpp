// The administrator's contract: what hosoxa-server prints, where, and how it ends.
#include <Poco/Net/ServerSocket.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/support/backend.h"
#include "tests/support/fakes.h"
#include "tests/support/server_process.h"

namespace hoso::testing {
namespace {

using nlohmann::json;

class AdminTest : public ::testing::TestWithParam<std::string> {
 protected:
  ServerRan At(std::vector<std::string> words) {
    words.insert(words.end(), {"--data", data_, "--json"});
    return RunServer(words);
  }
  json Do(std::vector<std::string> words) {
    const ServerRan ran = At(std::move(words));
    EXPECT_EQ(ran.exit, 0) << ran.error;
    EXPECT_EQ(ran.error, "");
    EXPECT_FALSE(ran.json.is_discarded()) << ran.out;
    return ran.json;
  }
  void Init() {
    Do({"init", "--province", "22", "--database", NewDatabase(GetParam(), folder_.path())});
  }
  /// One JSON document on the one side; what, why and what to do on the other.
  void ExpectFailure(const ServerRan& ran, int exit, const std::string& reason) {
    EXPECT_EQ(ran.exit, exit) << ran.error;
    ASSERT_TRUE(ran.json.is_object()) << ran.out;
    EXPECT_EQ(ran.json["error"], reason);
    EXPECT_GE(std::count(ran.error.begin(), ran.error.end(), '\n'), 3) << ran.error;
    EXPECT_THAT(ran.error, ::testing::HasSubstr("Vì: "));
  }

  TempFolder folder_;
  std::string data_ = folder_ / "province";
};

TEST_P(AdminTest, EveryCommandPrintsOneDocument) {
  Init();
  const std::string user =
      Do({"user", "add", "--unit", "06994", "--role", "TP", "--name", "Lê Thị Cúc"})["user"];
  const json listed = Do({"user", "list"})["users"];
  EXPECT_EQ(listed, json::array({{{"user", user},
                                  {"name", "Lê Thị Cúc"},
                                  {"unit", "06994"},
                                  {"role", "TP"},
                                  {"active", true}}}));
  const std::string out = folder_ / "code.hsx";
  EXPECT_EQ(Do({"enrol-code", "--user", user, "--server", "https://a:1", "--out", out})["file"],
            out);
  Do({"user", "move", user, "--unit", "06652"});
  Do({"user", "disable", user});
  EXPECT_EQ(Do({"user", "list"})["users"][0]["active"], false);
  EXPECT_EQ(Do({"device", "list"})["devices"], json::array());
  EXPECT_EQ(Do({"digest", "--unit", "06994"})["position"], 0);
  EXPECT_EQ(At({"log", "--unit", "06994"}).out, "");
  Do({"catalog", "import", std::string(HOSO_SOURCE_DIR) + "/resources/catalog"});
}

TEST_P(AdminTest, WhatIsRefusedSaysWhatWhyAndWhatToDo) {
  const auto add = [](const std::string& unit) {
    return std::vector<std::string>{"user", "add", "--unit", unit, "--role", "MC", "--name", "A"};
  };
  ExpectFailure(At({"user", "list"}), 4, "province.missing");
  Init();
  ExpectFailure(At({"init", "--province", "22"}), 4, "init.exists");
  ExpectFailure(At(add("99999")), 4, "unit.unknown");
  ExpectFailure(At(add("00004")), 4, "unit.other_province");
  ExpectFailure(At({"user", "disable", "u-none"}), 4, "user.unknown");
  ExpectFailure(At({"user", "move", "u-none", "--unit", "06652"}), 4, "user.unknown");
  ExpectFailure(At({"device", "revoke", "none"}), 4, "device.unknown");
  ExpectFailure(At({"digest", "--unit", "99999"}), 4, "unit.unknown");
  ExpectFailure(At({"log", "--unit", "99999"}), 4, "unit.unknown");
}

TEST_P(AdminTest, WhatIsNoCommandIsUsage) {
  ExpectFailure(At({}), 2, "args.command");
  ExpectFailure(At({"dance"}), 2, "args.command");
  ExpectFailure(At({"user", "list", "--colour", "red"}), 2, "args.unknown");
  ExpectFailure(At({"user", "add"}), 2, "args.missing");
  ExpectFailure(At({"run"}), 2, "args.missing");
  ExpectFailure(At({"init", "--province", "2x"}), 2, "province.code");
  ExpectFailure(At({"init", "--province", "22", "--database", "oracle"}), 2, "store.address");
  Init();
  ExpectFailure(At({"user", "add", "--unit", "06994", "--role", "XX", "--name", "A"}), 2,
                "role.unknown");
  ExpectFailure(At({"run", "--listen", "nowhere"}), 2, "listen.address");
  ExpectFailure(At({"run", "--listen", "127.0.0.1:0", "--health", "0.0.0.0:0"}), 2,
                "health.not_local");
}

TEST_P(AdminTest, ATakenPortIsBusy) {
  Init();
  const Poco::Net::ServerSocket taken(Poco::Net::SocketAddress("127.0.0.1", 0));
  ExpectFailure(At({"run", "--listen", taken.address().toString()}), 7, "listen.failed");
}

TEST_P(AdminTest, WhyItDidNotStartIsInItsLogToo) {
  const std::string log = folder_ / "server.log";
  ExpectFailure(At({"run", "--listen", "127.0.0.1:0", "--log", log}), 4, "province.missing");
  std::stringstream text;
  text << std::ifstream(log).rdbuf();
  EXPECT_THAT(text.str(), ::testing::HasSubstr("Vì: "));
}

TEST_P(AdminTest, AServiceIsStartedByWindowsAlone) {
  Init();
  ExpectFailure(At({"run", "--listen", "127.0.0.1:0", "--service"}), 2, "args.no_service");
}

TEST_P(AdminTest, AReadyServerSaysSo) {
  Init();
  EXPECT_TRUE(ServerProcess(data_).ready());
}

INSTANTIATE_TEST_SUITE_P(Backends, AdminTest, ::testing::ValuesIn(Backends()),
                         [](const auto& backend) { return backend.param; });

class AdminOfDatabase : public AdminTest {};

TEST_P(AdminOfDatabase, TheWordSqliteAloneIsAFileInTheFolder) {
  EXPECT_EQ(Do({"init", "--province", "22", "--database", "sqlite"})["database"],
            "sqlite:" + data_ + "/province.db");
  Do({"user", "list"});
}

TEST_P(AdminOfDatabase, NoPostgresIsNotReachable) {
  const std::string nowhere = "postgresql://postgres@/x?host=" + folder_.path();
  ExpectFailure(At({"init", "--province", "22", "--database", nowhere}), 5, "store.unreachable");
  EXPECT_FALSE(std::ifstream(data_ + "/ca.key").good());  // Nothing half made.
}

TEST_P(AdminOfDatabase, ADamagedFileIsDamaged) {
  Init();
  std::ofstream(folder_ / "tỉnh a.db") << std::string(8192, 'x');
  ExpectFailure(At({"user", "list"}), 6, "store.damaged");
}

INSTANTIATE_TEST_SUITE_P(Sqlite, AdminOfDatabase, ::testing::Values(kSqlite),
                         [](const auto& backend) { return backend.param; });

}  // namespace
}  // namespace hoso::testing
