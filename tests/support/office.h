#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "client/flows/tools.h"
#include "sync/server/authority.h"
#include "tests/support/fakes.h"
#include "tests/support/memory_province.h"

namespace hoso::testing {

/// What one command line gave.
struct Ran {
  int exit = 0;
  std::string out, error;
  nlohmann::json json;  // Of `out`; discarded if that is not one document.
};

/// The offices of one unit and their province in one process: real databases, real enrolment and
/// real exchange without sockets. Officers are people with a role; each sits at a desk, which is a
/// folder, and works through the terminal client's own command lines.
class Office {
 public:
  static constexpr const char* kUnit = "06994";
  static constexpr const char* kPin = "482913";

  /// `database`: the province's address; empty: SQLite in its folder.
  explicit Office(const std::string& database = "");

  /// A new user of the unit at the province; returns the id.
  std::string Hire(const std::string& role, const std::string& name = "Cán bộ");
  /// An enrolment file for that user; returns its path.
  std::string CodeFor(const std::string& user);
  /// Hires somebody and enrols a desk of that name for him.
  std::string Enrol(const std::string& desk, const std::string& role);

  /// Runs `hosoxa-cli --data DESK --pin-file ... --json` with these words.
  Ran At(const std::string& desk, std::vector<std::string> words, const std::string& pin = kPin);
  /// The same where nothing else than success is expected.
  nlohmann::json Do(const std::string& desk, std::vector<std::string> words,
                    const std::string& pin = kPin);
  Ran Run(const std::vector<std::string>& words);
  flows::Tools Tools();

  /// A dossier received at that desk; returns its id.
  std::string Receive(const std::string& desk, const std::string& applicant = "Nguyễn Văn An");
  void SyncAll(const std::vector<std::string>& desks);  // Twice round.
  nlohmann::json ProvinceDigest();
  void SaveUser(const store::User& user);

  store::ProvinceStore& province() { return *store_; }
  const server::Authority& authority() const { return *authority_; }
  std::string Folder(const std::string& desk) const { return folder_ / desk; }
  FakeClock& clock() { return clock_; }
  std::string PinFile(const std::string& pin);

  bool online = true;
  std::string refuses;            // Exchanges and renewals, for this reason.
  int lose_answers = 0;           // So many answers get lost after the province has done its part.
  int lose_renewals = 0;          // The same of /v1/renew alone.
  MemoryProvince::Faults faults;  // Of every exchange.
  int connections = 0;
  config::Layers keeper;
  std::shared_ptr<const events::EventLog> events;  // Null: nothing is written down.
  std::string catalogue;  // What the province distributes, packed; empty: the built-in set.

 private:
  friend class OfficeProvince;
  TempFolder folder_;
  FakeClock clock_;
  SeededRandom random_{7};
  std::unique_ptr<server::Authority> authority_;
  std::unique_ptr<store::ProvinceStore> store_;
};

}  // namespace hoso::testing
