#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/base/bytes.h"
#include "common/base/result.h"
#include "common/store/database.h"

namespace hoso::store {

struct User {
  std::string id, name, unit, role;  // Role as text: MC, CV, ...
  bool active = true;
};

struct UnitHead {
  std::string epoch;
  std::int64_t position = 0;
  base::Bytes hash;
  std::int64_t restored_ms = 0;  // When this epoch began after a loss of entries; 0: it did not.
};

/// One installed desk. `certificate` is the fingerprint of the only certificate that speaks for it.
struct Device {
  std::string replica, unit, certificate, next_certificate;  // next: renewed, not yet used.
  base::Bytes signing_key;                                   // Ed25519 public.
  bool revoked = false;
  std::int64_t accepted_through = 0;  // Last sequence accepted from it.
  base::Bytes chain;                  // Its chain there.
  base::Bytes share{};                // Half of what opens its database; only the province has it.
};

/// A key of an officer's own on a device: who may author changes there. Whoever enrols again has
/// a new key beside the earlier ones, which may have signed what is still unsent.
struct DeviceOfficer {
  std::string replica, user;
  base::Bytes signing_key;
};

struct Enrolment {
  std::string certificate;  // Fingerprint of the bootstrap certificate.
  std::string user, unit;
  std::int64_t expires_ms = 0;
  bool used = false;
  std::string replica;  // Of the desk that used it: the same desk may ask again.
  base::Bytes answer;   // What it was told, so that a lost answer can be repeated.
};

/// What vouches for a batch: the desk's signature over its chain (protocol::BatchSigned) and the
/// province's own receipt of that moment.
struct BatchHead {
  std::string unit;
  std::int64_t position = 0;  // Of the log after it.
  std::string replica;
  base::Bytes signature, receipt;
};

struct LedgerRow;  // common/store/province_ledger.h
struct LedgerHead {
  std::int64_t number = 0;
  base::Bytes hash;
};

/// The province's tables; the same SQL on SQLite and PostgreSQL. Writes belong in
/// database().Atomically. Thread: the database's.
class ProvinceStore {
 public:
  explicit ProvinceStore(Database database);

  Database& database() { return database_; }

  /// Who signs the lines of the ledger; without one they are chained only, as in tests.
  using Seal = std::function<base::Bytes(std::string_view)>;
  void SealWith(Seal seal) { seal_ = std::move(seal); }
  /// Enters what is there already, if the ledger is empty: the database is older than it.
  base::Status BeginLedger(const std::string& catalogue_id);
  /// One line. All that the ledger knows is entered by the Saves below; this is for the rest.
  base::Status Enter(const LedgerRow& row);
  base::Result<bool> HasEntered(const LedgerRow& row);  // One of its name and key.

  /// When the database was put back from a backup, in milliseconds; absent if it never was.
  static constexpr const char* kRestoredMeta = "restored_ms";
  base::Result<std::optional<base::Bytes>> Meta(const std::string& key);
  base::Status SetMeta(const std::string& key, std::string_view value);

  /// Makes the unit's row if missing (with `epoch`, and as put back when the database was: its log
  /// may have begun after the backup), locks it until the transaction ends.
  base::Result<UnitHead> LockUnit(const std::string& unit, const std::string& epoch);
  base::Result<std::optional<UnitHead>> Unit(const std::string& unit);  // No lock.
  base::Result<std::vector<std::string>> Units();                       // That have a log.
  base::Status SetHead(const std::string& unit, const UnitHead& head);
  base::Status AppendEntry(const std::string& unit, std::int64_t position,
                           const std::string& dossier, std::string_view entry,
                           std::string_view hash);
  base::Result<std::vector<base::Bytes>> Entries(const std::string& unit, std::int64_t after,
                                                 std::int64_t limit);
  base::Result<std::optional<base::Bytes>> HashAt(const std::string& unit, std::int64_t position);

  struct StoredState {
    base::Bytes state, digest;
  };
  base::Result<std::optional<StoredState>> State(const std::string& unit, const std::string& id);
  /// The entries of one dossier, in their order.
  base::Result<std::vector<base::Bytes>> EntriesOf(const std::string& unit, const std::string& id);
  base::Status SaveState(const std::string& unit, const std::string& id, std::string_view state,
                         std::string_view digest);
  base::Result<base::Bytes> Digest(const std::string& unit);  // As DeskStore::ConfirmedDigest.
  base::Result<std::int64_t> NextCodeNumber(const std::string& org, const std::string& day);
  /// The next number will be beyond `number`, which may have been given.
  base::Status RaiseCodeNumber(const std::string& org, const std::string& day, std::int64_t number);

  base::Status SaveUser(const User& user);
  base::Result<std::optional<User>> FindUser(const std::string& id);
  base::Result<std::vector<User>> Users();

  base::Status SaveDevice(const Device& device);
  base::Status SaveAccepted(const Device& device);  // How far it has come; nothing else of it.
  base::Status SaveBatch(const BatchHead& batch);
  /// Whether the desk itself ever brought something; others give its changes back without one.
  base::Result<bool> HasBatchOf(const std::string& replica);
  base::Result<std::optional<Device>> FindDevice(const std::string& replica);
  /// By its certificate or its renewed one.
  base::Result<std::optional<Device>> DeviceByCertificate(const std::string& fingerprint);
  base::Result<std::vector<Device>> Devices();
  base::Status SaveDeviceOfficer(const DeviceOfficer& officer);
  base::Result<std::vector<DeviceOfficer>> OfficersOf(const std::string& replica);  // All keys.

  base::Status SaveEnrolment(const Enrolment& enrolment);
  base::Result<std::optional<Enrolment>> FindEnrolment(const std::string& fingerprint);

 private:
  template <class Prepare>
  base::Result<std::vector<base::Bytes>> ReadEntries(const Prepare& prepare);
  base::Result<std::optional<UnitHead>> ReadHead(const std::string& unit, bool lock);
  base::Result<LedgerHead> LockLedger();

  Database database_;
  Seal seal_;
};

}  // namespace hoso::store
