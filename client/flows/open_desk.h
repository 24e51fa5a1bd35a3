#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/flows/desk_folder.h"
#include "client/flows/tools.h"
#include "common/catalog/catalog.h"
#include "common/store/desk_store.h"
#include "sync/engine/desk.h"

namespace hoso::flows {

/// A desk that one officer has unlocked: what every other flow works on. It keeps the keys in
/// memory until it is destroyed, which is how a desk is locked. Thread: the one that made it.
class OpenDesk {
 public:
  /// The officers of the folder's desk, in the order in which they joined.
  static base::Result<std::vector<std::string>> Officers(const DeskFolder& folder);

  /// `officer` may be empty where there is only one; else kUsage "officer.choose" with their ids.
  /// KeySlots::OpenSlot's errors for the PIN: a wrong try is counted on disk before this returns.
  /// kBusy "desk.in_use" while a backup is being put back; base::CheckLocal's and
  /// Database::OpenEncrypted's errors.
  static base::Result<std::unique_ptr<OpenDesk>> Unlock(const DeskFolder& folder,
                                                        const std::string& officer,
                                                        const std::string& pin, const Tools& tools);
  /// A second connection with the same keys, for another thread.
  base::Result<std::unique_ptr<OpenDesk>> Again() const;

  const DeskFolder& folder() const { return folder_; }
  const Tools& tools() const { return tools_; }
  const catalog::Catalog& catalogue() const { return *catalogue_; }
  store::DeskStore& store() { return store_; }
  engine::Desk& desk() { return *desk_; }
  const std::string& officer() const { return officer_; }
  /// Records an act of this officer; Desk::Record's errors.
  base::Status Record(const std::string& dossier, change::Body body);
  engine::Actor actor() const { return {officer_, &signing_seed_}; }
  /// What the province last said of an officer; an empty name if it never did.
  base::Result<protocol::Person> PersonOf(const std::string& user);
  /// The version a dossier was accepted under; the one in force if that is not known here.
  const catalog::Procedure* ProcedureOf(const change::DossierState& state) const;
  /// Local time now, to the minute.
  domain::LocalTime Now() const { return domain::LocalFromUtcMs(tools_.clock.NowMs()); }

 private:
  OpenDesk(const DeskFolder& folder, const Tools& tools, base::FileLock lock,
           store::DeskStore store, std::string officer);
  static base::Result<std::unique_ptr<OpenDesk>> Open(const DeskFolder& folder, const Tools& tools,
                                                      const std::string& officer,
                                                      const crypto::Unlocked& keys,
                                                      const OpenDesk* like);
  base::Status ReadCatalogue(const OpenDesk* like);

  DeskFolder folder_;
  Tools tools_;
  base::FileLock lock_;
  store::DeskStore store_;
  std::shared_ptr<const catalog::Catalog> catalogue_;  // Never changed: connections share it.
  std::optional<base::Bytes> packed_;                  // What it was read from.
  std::unique_ptr<engine::Desk> desk_;
  std::string officer_;
  crypto::Secret signing_seed_, database_key_;
};

/// Opens one officer's slot and counts a wrong try on disk. Same errors as OpenDesk::Unlock.
base::Result<crypto::Unlocked> TryPin(const DeskFolder& folder, const std::string& officer,
                                      const std::string& pin, const Tools& tools);
/// Same keys under the new PIN; on any error the old one stays good.
base::Status ChangePin(const DeskFolder& folder, const std::string& officer,
                       const std::string& old_pin, const std::string& new_pin, const Tools& tools);
/// The only officer, or the one named. kNotFound "slot.missing", kUsage "officer.choose".
base::Result<std::string> ChooseOfficer(const DeskFolder& folder, const std::string& officer);

}  // namespace hoso::flows
