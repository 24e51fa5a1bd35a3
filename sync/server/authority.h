#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/base/file_lock.h"
#include "common/base/ids.h"
#include "sync/server/enrolment.h"

namespace hoso::server {

/// Makes a province in `folder` (0700): its CA, receipt and recovery keys, its database with the
/// catalogue that comes with the program. Empty `database`: SQLite in the folder.
/// kRefused "init.exists" over an existing one: keys are never overwritten.
base::Result<Authority> InitAuthority(const std::string& folder, const std::string& province,
                                      const std::string& database, const base::Clock& clock,
                                      base::Random& random);
/// What the folder says of itself: which province, and where its database is.
base::Status WriteAbout(const std::string& folder, const std::string& province,
                        const std::string& address);
/// kNotFound "province.missing" when the folder holds none.
base::Result<Authority> LoadAuthority(const std::string& folder);

/// What the server shows: made new at every start and never written down.
struct ServerIdentity {
  std::string certificate;  // PEM
  crypto::Secret key;       // PEM
};
base::Result<ServerIdentity> IssueServer(const Authority& authority, const base::Clock& clock,
                                         base::Random& random);
std::string ServerName(const std::string& province);  // "province-<code>"

/// The province's catalogue set, packed, in the database, so that every process sees it.
inline constexpr const char* kCatalogueMeta = "catalogue";
inline constexpr const char* kCatalogueIdMeta = "catalogue_id";
base::Status SaveCatalogue(store::ProvinceStore& store, const base::Bytes& packed);
/// The set in force, packed. kDamaged "catalogue.missing", or "catalogue.damaged" when it is not
/// what was put there: no desk may get it.
base::Result<base::Bytes> SavedCatalogue(store::ProvinceStore& store);

base::Result<store::ProvinceStore> OpenStore(const Authority& authority);
/// Keeps others out of a province's folder: servers are there together, kShared, a restore alone.
/// kBusy "folder.in_use".
base::Result<base::FileLock> UseFolder(const std::string& folder, base::FileLock::Mode mode);
/// Signs lines of the ledger with a copy of the key, for stores that outlive the authority.
store::ProvinceStore::Seal SealOf(const crypto::Secret& receipt_seed);

}  // namespace hoso::server
