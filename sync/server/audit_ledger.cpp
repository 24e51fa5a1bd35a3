#include "sync/server/audit_ledger.h"

#include "common/base/number.h"
#include "common/crypto/sign.h"

namespace hoso::server {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr std::int64_t kPage = 256;

base::Error AtLine(const char* what, std::int64_t number) {
  return Fail(ErrorKind::kDamaged, what, "dòng " + std::to_string(number));
}

base::Error AtRow(const char* what, const std::pair<std::string, std::string>& row) {
  return Fail(ErrorKind::kDamaged, what, "bảng " + row.first + ", " + row.second);
}

base::Status CheckLine(const store::LedgerLine& line, std::int64_t number,
                       std::string_view previous, std::string_view receipt_key) {
  if (line.number != number) return AtLine("audit.ledger_gap", number);
  if (line.hash != store::LedgerHash(previous, number, line.row))
    return AtLine("audit.ledger_hash", number);
  if (!crypto::Verify(receipt_key, store::LedgerSigned(number, line.hash), line.seal))
    return AtLine("audit.ledger_seal", number);
  return {};
}

}  // namespace

base::Error AsBreak(const base::Error& error, const std::string& where) {
  return error.reason == "base64" ? Fail(ErrorKind::kDamaged, "audit.octets", where) : error;
}

std::map<std::int64_t, std::string> LedgerView::Taken(const std::string& unit) const {
  std::map<std::int64_t, std::string> taken;
  for (const auto& [row, digest] : rows) {
    if (row.first != store::kTakenName || !row.second.starts_with(unit + " ")) continue;
    taken[base::ToNumber(std::string_view(row.second).substr(unit.size() + 1)).value_or(0)] =
        digest;
  }
  return taken;
}

base::Result<LedgerView> ReadLedger(store::AuditReader& reader, std::string_view receipt_key) {
  LedgerView view;
  base::Bytes hash;
  for (;;) {
    const auto lines = reader.Ledger(view.lines, kPage);
    if (!lines) return AsBreak(lines.error(), "sổ quản trị");
    for (const store::LedgerLine& line : *lines) {
      HOSO_TRY(CheckLine(line, view.lines + 1, hash, receipt_key));
      view.lines = line.number;
      hash = line.hash;
      view.rows[{line.row.name, line.row.key}] = line.row.digest;
    }
    if (lines->empty()) break;
  }
  const auto end = reader.LedgerEnd();
  if (!end) return AsBreak(end.error(), "sổ quản trị");
  if (!*end || (*end)->number != view.lines || (*end)->hash != hash || view.lines == 0)
    return AtLine("audit.ledger_end", view.lines);
  return view;
}

base::Status CompareRows(const LedgerView& ledger, const store::ProvinceRows& rows,
                         const std::string& catalogue_id) {
  std::map<std::pair<std::string, std::string>, std::string> there;
  const auto add = [&](const store::LedgerRow& row) { there[{row.name, row.key}] = row.digest; };
  add(store::CatalogueRow(catalogue_id));
  for (const auto& [unit, head] : rows.units) add(store::LedgerRowOf(unit, head));
  for (const auto& user : rows.users) add(store::LedgerRowOf(user));
  for (const auto& device : rows.devices) add(store::LedgerRowOf(device));
  for (const auto& officer : rows.officers) add(store::LedgerRowOf(officer));
  for (const auto& enrolment : rows.enrolments) add(store::LedgerRowOf(enrolment));
  for (const auto& [row, digest] : there) {
    const auto known = ledger.rows.find(row);
    if (known == ledger.rows.end()) return AtRow("audit.row_extra", row);
    if (known->second != digest) return AtRow("audit.row_altered", row);
  }
  for (const auto& [row, digest] : ledger.rows)
    if (row.first != store::kTakenName && row.first != store::kReturnedName && !there.contains(row))
      return AtRow("audit.row_missing", row);
  return {};
}

}  // namespace hoso::server
