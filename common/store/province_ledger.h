#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "common/store/province_store.h"

namespace hoso::store {

// The ledger: rows that no log explains (officers, desks, keys, enrolments, epochs, the catalogue)
// can't be folded from anything, so every writing of one leaves a line with its digest. Lines are
// chained and signed by the province, so that a row altered, put back or taken away shows.

/// One row as the ledger knows it. `name` is the table's, `key` says which row, `digest` what it
/// holds, in base64. Columns that each batch moves (a desk's numbers) are not in it.
struct LedgerRow {
  std::string name, key, digest;
  friend auto operator<=>(const LedgerRow&, const LedgerRow&) = default;
};
LedgerRow LedgerRowOf(const User& user);
LedgerRow LedgerRowOf(const Device& device);
LedgerRow LedgerRowOf(const DeviceOfficer& officer);
LedgerRow LedgerRowOf(const Enrolment& enrolment);
LedgerRow LedgerRowOf(const std::string& unit, const UnitHead& head);  // Its epoch.
LedgerRow CatalogueRow(std::string_view id);
/// Says that a unit's log was taken as it stands up to there: what is older than the ledger, or was
/// put back from elsewhere, has no batches that vouch for it.
LedgerRow TakenRow(const std::string& unit, const UnitHead& head);
inline constexpr const char* kTakenName = "taken";
/// Says that all of a log that was lost is in the unit's log again, up to where its hash was this.
LedgerRow ReturnedRow(const std::string& unit, std::string_view hash);
inline constexpr const char* kReturnedName = "returned";

struct LedgerLine {
  std::int64_t number = 0;  // From 1, dense.
  LedgerRow row;
  base::Bytes hash;  // SHA-256(previous ‖ number and row); the first follows nothing.
  base::Bytes seal;  // Ed25519 by the province over LedgerSigned.
};
base::Bytes LedgerHash(std::string_view previous, std::int64_t number, const LedgerRow& row);
base::Bytes LedgerSigned(std::int64_t number, std::string_view hash);

}  // namespace hoso::store
