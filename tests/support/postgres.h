#pragma once

#include <string>

namespace hoso::testing {

/// A PostgreSQL cluster of its own in a temporary folder, on a socket only; gone with the object.
class TemporaryPostgres {
 public:
  TemporaryPostgres();
  ~TemporaryPostgres();
  TemporaryPostgres(const TemporaryPostgres&) = delete;
  TemporaryPostgres& operator=(const TemporaryPostgres&) = delete;

  bool running() const { return running_; }  // False where PostgreSQL is not installed.
  std::string Address(const std::string& database = "postgres") const;
  /// A new empty database in the cluster; returns its address.
  std::string NewDatabase();
  /// Ends as after a kill of its processes, and starts again.
  void Crash();

 private:
  bool Run(const std::string& command) const;
  bool Start() const;

  std::string bin_, folder_;
  int made_ = 0;
  bool running_ = false;
};

}  // namespace hoso::testing
