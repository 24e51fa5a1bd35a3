#include "tests/support/postgres.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace hoso::testing {

namespace fs = std::filesystem;

// The port only names the socket's file; the folder makes it unique.
constexpr const char* kPort = "54329";

TemporaryPostgres::TemporaryPostgres() {
  std::error_code error;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", error))
    if (fs::exists(version.path() / "bin/initdb")) bin_ = (version.path() / "bin").string();
  if (bin_.empty()) return;
  std::string name = (fs::temp_directory_path() / "hoso-pg-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return;
  folder_ = name;
  // The server refuses to run as root.
  if (::geteuid() == 0 && std::system(("chown postgres " + folder_).c_str()) != 0) return;
  running_ =
      Run("initdb -D " + folder_ + "/data -U postgres -A trust -E UTF8 --no-sync") && Start();
}

bool TemporaryPostgres::Start() const {
  return Run("pg_ctl -D " + folder_ + "/data -w -l " + folder_ + "/log -o \"-F -p " + kPort +
             " -k " + folder_ + " -c listen_addresses=''\" start");
}

void TemporaryPostgres::Crash() {
  Run("pg_ctl -D " + folder_ + "/data -m immediate -w stop");
  running_ = Start();
}

TemporaryPostgres::~TemporaryPostgres() {
  if (running_) Run("pg_ctl -D " + folder_ + "/data -m immediate -w stop");
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

bool TemporaryPostgres::Run(const std::string& command) const {
  const std::string user = ::geteuid() == 0 ? "runuser -u postgres -- " : "";
  const std::string line = "cd / && " + user + bin_ + "/" + command + " >/dev/null 2>&1 </dev/null";
  return std::system(line.c_str()) == 0;
}

std::string TemporaryPostgres::Address(const std::string& database) const {
  return "postgresql://postgres@/" + database + "?host=" + folder_ + "&port=" + kPort;
}

std::string TemporaryPostgres::NewDatabase() {
  const std::string name = "test" + std::to_string(++made_);
  Run("createdb -U postgres -h " + folder_ + " -p " + kPort + " " + name);
  return Address(name);
}

}  // namespace hoso::testing
