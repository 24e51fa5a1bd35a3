#pragma once

#include <sys/types.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hoso::testing {

/// What the real hosoxa-server said and how it ended.
struct ServerRan {
  int exit = -1;
  std::string out, error;
  nlohmann::json json;  // Of `out`; discarded if that is not one document.
};
ServerRan RunServer(const std::vector<std::string>& words);

/// `hosoxa-server run` as a process of its own; killed with the object.
class ServerProcess {
 public:
  /// Comes back when it is ready, or when it ended without.
  explicit ServerProcess(const std::string& data, const std::string& listen = "127.0.0.1:0");
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  bool ready() const { return port_ != 0; }
  int port() const { return port_; }
  std::string Url() const { return "https://127.0.0.1:" + std::to_string(port_); }
  /// Sends the signal and waits for the end: the exit code, or minus the signal that killed it.
  int End(int signal);

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  int port_ = 0;
};

}  // namespace hoso::testing
