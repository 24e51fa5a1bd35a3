#include "sync/server/audit.h"

#include <algorithm>

#include "common/crypto/hash.h"
#include "sync/server/audit_unit.h"
#include "sync/server/authority.h"
#include "sync/server/lender.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

/// The catalogue in force; its row names what lies beside it.
base::Result<std::shared_ptr<const Published>> CatalogueOf(store::ProvinceStore& store) {
  const auto packed = store.Meta(kCatalogueMeta), id = store.Meta(kCatalogueIdMeta);
  for (const auto* column : {&packed, &id})
    if (!*column) return AsBreak(column->error(), "bảng meta");
  if (!*packed || !*id || base::ToHex(crypto::Sha256(**packed)) != **id)
    return Fail(ErrorKind::kDamaged, "audit.catalogue", "bảng meta");
  return Unpacked(**packed);
}

bool WasRestored(const store::ProvinceRows& rows) {
  return std::any_of(rows.units.begin(), rows.units.end(),
                     [](const auto& unit) { return unit.second.restored_ms != 0; });
}

/// After a loss numbers go on beyond any that may have been given. Codes are given by all units of
/// an organisation, so they are compared when all were walked.
base::Status CheckCodes(store::AuditReader& reader, CodesGiven given, bool restored) {
  HOSO_TRY_ASSIGN(const auto rows, reader.Codes());
  for (const store::CodeRow& row : rows) {
    const auto found = given.find({row.org, row.day});
    const bool fits = found == given.end() ? restored
                      : restored           ? found->second <= row.number
                                           : found->second == row.number;
    if (!fits) return Fail(ErrorKind::kDamaged, "audit.code", row.org + "-" + row.day);
    if (found != given.end()) given.erase(found);
  }
  if (given.empty()) return {};
  const auto& [org, day] = given.begin()->first;
  return Fail(ErrorKind::kDamaged, "audit.code", org + "-" + day);
}

base::Result<ProvinceAudit> Verify(store::ProvinceStore& store, std::string_view receipt_key,
                                   const std::string& unit) {
  store::AuditReader reader(store);
  ProvinceAudit audit;
  HOSO_TRY_ASSIGN(const LedgerView ledger, ReadLedger(reader, receipt_key));
  audit.ledger = ledger.lines;
  const auto rows = reader.Rows();
  if (!rows) return AsBreak(rows.error(), "danh sách máy và cán bộ");
  HOSO_TRY_ASSIGN(const auto published, CatalogueOf(store));
  HOSO_TRY(CompareRows(ledger, *rows, published->id));
  HOSO_TRY_ASSIGN(const auto units, reader.Units());
  CodesGiven codes;
  for (const std::string& one : units) {
    if (!unit.empty() && one != unit) continue;
    UnitAuditor auditor(reader, *rows, published->transitions, receipt_key, one);
    HOSO_TRY_ASSIGN(UnitAudit whole, auditor.Verify(ledger, codes));
    audit.units.push_back(std::move(whole));
  }
  audit.codes = static_cast<std::int64_t>(codes.size());
  if (unit.empty()) HOSO_TRY(CheckCodes(reader, std::move(codes), WasRestored(*rows)));
  const auto broken = reader.StorageBreak();
  if (!broken) return AsBreak(broken.error(), "tệp cơ sở dữ liệu");
  if (!broken->empty()) return Fail(ErrorKind::kDamaged, "audit.storage", *broken);
  return audit;
}

}  // namespace

base::Result<ProvinceAudit> VerifyProvince(store::ProvinceStore& store,
                                           std::string_view receipt_key, const std::string& unit) {
  ProvinceAudit audit;
  HOSO_TRY(store.database().Reading([&]() -> base::Status {
    HOSO_TRY_ASSIGN(audit, Verify(store, receipt_key, unit));
    return {};
  }));
  return audit;
}

}  // namespace hoso::server
