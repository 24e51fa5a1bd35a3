#include "common/store/province_ledger.h"

#include <initializer_list>
#include <utility>

#include "common/change/change.h"
#include "common/store/guard.h"
#include "common/store/province_audit.h"
#include "common/store/soci.h"

namespace hoso::store {
namespace {

using soci::into;
using soci::use;

/// Texts one after another so that no two lists give the same octets.
std::string Joined(std::initializer_list<std::string_view> texts) {
  std::string out;
  for (const std::string_view text : texts) {
    out += std::to_string(text.size()) + ":";
    out += text;
  }
  return out;
}

LedgerRow Row(std::string name, std::string key, std::initializer_list<std::string_view> columns) {
  return {std::move(name), std::move(key), base::ToBase64(change::ChainHash("", Joined(columns)))};
}

std::string_view YesNo(bool value) {
  return value ? "1" : "0";
}

}  // namespace

LedgerRow LedgerRowOf(const User& user) {
  return Row("officer", user.id, {user.id, user.name, user.unit, user.role, YesNo(user.active)});
}

LedgerRow LedgerRowOf(const Device& device) {
  return Row("device", device.replica,
             {device.replica, device.unit, device.certificate, device.next_certificate,
              device.signing_key, YesNo(device.revoked), device.share});
}

LedgerRow LedgerRowOf(const DeviceOfficer& officer) {
  return Row("device_officer",
             officer.replica + " " + officer.user + " " + base::ToHex(officer.signing_key),
             {officer.replica, officer.user, officer.signing_key});
}

LedgerRow LedgerRowOf(const Enrolment& enrolment) {
  return Row(
      "enrolment", enrolment.certificate,
      {enrolment.certificate, enrolment.user, enrolment.unit, std::to_string(enrolment.expires_ms),
       YesNo(enrolment.used), enrolment.replica, enrolment.answer});
}

LedgerRow LedgerRowOf(const std::string& unit, const UnitHead& head) {
  return Row("unit_head", unit, {unit, head.epoch, std::to_string(head.restored_ms)});
}

LedgerRow CatalogueRow(std::string_view id) {
  return Row("meta", "catalogue_id", {id});
}

LedgerRow TakenRow(const std::string& unit, const UnitHead& head) {
  return {kTakenName, unit + " " + std::to_string(head.position), base::ToBase64(head.hash)};
}

LedgerRow ReturnedRow(const std::string& unit, std::string_view hash) {
  return {kReturnedName, unit + " " + base::ToHex(hash), ""};
}

base::Bytes LedgerHash(std::string_view previous, std::int64_t number, const LedgerRow& row) {
  return change::ChainHash(previous,
                           Joined({std::to_string(number), row.name, row.key, row.digest}));
}

base::Bytes LedgerSigned(std::int64_t number, std::string_view hash) {
  return Joined({"hosoxa ledger 1", std::to_string(number), hash});
}

base::Result<LedgerHead> ProvinceStore::LockLedger() {
  const std::string ending = database_.IsPostgres() ? " FOR UPDATE" : "";
  LedgerHead head;
  HOSO_TRY(Guarded([&] {
    soci::session& sql = database_.sql();
    sql << "INSERT INTO ledger_head (one, number, hash) VALUES (1, 0, '') "
           "ON CONFLICT (one) DO NOTHING";
    long long number = 0;
    sql << "SELECT number, hash FROM ledger_head WHERE one = 1" + ending, into(number),
        into(head.hash);
    head.number = number;
  }));
  HOSO_TRY_ASSIGN(head.hash, base::FromBase64(head.hash));
  return head;
}

base::Status ProvinceStore::Enter(const LedgerRow& row) {
  HOSO_TRY_ASSIGN(const LedgerHead head, LockLedger());
  const long long number = head.number + 1;
  const base::Bytes hash = LedgerHash(head.hash, number, row);
  const std::string hash_text = base::ToBase64(hash);
  const std::string seal = base::ToBase64(seal_ ? seal_(LedgerSigned(number, hash)) : "");
  return Guarded([&] {
    soci::session& sql = database_.sql();
    sql << "INSERT INTO ledger (number, name, key, digest, hash, seal) "
           "VALUES (:number, :name, :key, :digest, :hash, :seal)",
        use(number, "number"), use(row.name, "name"), use(row.key, "key"),
        use(row.digest, "digest"), use(hash_text, "hash"), use(seal, "seal");
    sql << "UPDATE ledger_head SET number = :number, hash = :hash WHERE one = 1",
        use(number, "number"), use(hash_text, "hash");
  });
}

base::Result<bool> ProvinceStore::HasEntered(const LedgerRow& row) {
  return Ask([&] {
    long long number = 0;
    soci::session& sql = database_.sql();
    sql << "SELECT number FROM ledger WHERE name = :name AND key = :key LIMIT 1",
        use(row.name, "name"), use(row.key, "key"), into(number);
    return sql.got_data();
  });
}

base::Status ProvinceStore::BeginLedger(const std::string& catalogue_id) {
  HOSO_TRY_ASSIGN(const LedgerHead head, LockLedger());
  if (head.number > 0) return {};
  HOSO_TRY_ASSIGN(const ProvinceRows rows, AuditReader(*this).Rows());
  if (!catalogue_id.empty()) HOSO_TRY(Enter(CatalogueRow(catalogue_id)));
  for (const auto& [unit, unit_head] : rows.units) {
    HOSO_TRY(Enter(LedgerRowOf(unit, unit_head)));
    if (unit_head.position > 0) HOSO_TRY(Enter(TakenRow(unit, unit_head)));
  }
  for (const User& user : rows.users) HOSO_TRY(Enter(LedgerRowOf(user)));
  for (const Device& device : rows.devices) HOSO_TRY(Enter(LedgerRowOf(device)));
  for (const DeviceOfficer& officer : rows.officers) HOSO_TRY(Enter(LedgerRowOf(officer)));
  for (const Enrolment& enrolment : rows.enrolments) HOSO_TRY(Enter(LedgerRowOf(enrolment)));
  return {};
}

base::Result<bool> ProvinceStore::HasBatchOf(const std::string& replica) {
  return Ask([&] {
    long long position = 0;
    soci::session& sql = database_.sql();
    sql << "SELECT position FROM batch WHERE replica = :replica LIMIT 1", use(replica, "replica"),
        into(position);
    return sql.got_data();
  });
}

base::Status ProvinceStore::SaveBatch(const BatchHead& batch) {
  const long long position = batch.position;
  const std::string signature = base::ToBase64(batch.signature);
  const std::string receipt = base::ToBase64(batch.receipt);
  return Guarded([&] {
    database_.sql() << "INSERT INTO batch (unit, position, replica, signature, receipt) "
                       "VALUES (:unit, :position, :replica, :signature, :receipt)",
        use(batch.unit, "unit"), use(position, "position"), use(batch.replica, "replica"),
        use(signature, "signature"), use(receipt, "receipt");
  });
}

}  // namespace hoso::store
