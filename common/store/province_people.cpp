#include "common/store/guard.h"
#include "common/store/province_ledger.h"
#include "common/store/province_octets.h"
#include "common/store/province_store.h"
#include "common/store/soci.h"

namespace hoso::store {
namespace {

using soci::into;
using soci::use;

/// The users a condition leaves; `value` is its :value, if it has one.
std::vector<User> ReadUsers(soci::session& sql, const std::string& rest, const std::string* value) {
  User user;
  long long active = 0;
  soci::statement query(sql);
  for (std::string* text : {&user.id, &user.name, &user.unit, &user.role})
    query.exchange(into(*text));
  query.exchange(into(active));
  if (value != nullptr) query.exchange(use(*value, "value"));
  query.alloc();
  query.prepare("SELECT id, name, unit, role, active FROM officer " + rest);
  query.define_and_bind();
  query.execute();
  std::vector<User> users;
  while (query.fetch()) {
    user.active = active != 0;
    users.push_back(user);
  }
  return users;
}

/// The same for devices; octets still in base64.
std::vector<Device> ReadDevices(soci::session& sql, const std::string& rest,
                                const std::string* value) {
  Device device;
  long long revoked = 0, accepted = 0;
  soci::statement query(sql);
  for (std::string* text :
       {&device.replica, &device.unit, &device.certificate, &device.next_certificate,
        &device.signing_key, &device.chain, &device.share})
    query.exchange(into(*text));
  query.exchange(into(revoked));
  query.exchange(into(accepted));
  if (value != nullptr) query.exchange(use(*value, "value"));
  query.alloc();
  query.prepare(
      "SELECT replica, unit, certificate, next_certificate, signing_key, chain, share, revoked, "
      "accepted_through FROM device " +
      rest);
  query.define_and_bind();
  query.execute();
  std::vector<Device> devices;
  while (query.fetch()) {
    device.revoked = revoked != 0;
    device.accepted_through = accepted;
    devices.push_back(device);
  }
  return devices;
}

base::Result<std::vector<Device>> WithOctets(base::Result<std::vector<Device>> read) {
  if (!read) return read;
  for (Device& device : *read) {
    HOSO_TRY_ASSIGN(device.signing_key, base::FromBase64(device.signing_key));
    HOSO_TRY_ASSIGN(device.chain, base::FromBase64(device.chain));
    HOSO_TRY_ASSIGN(device.share, base::FromBase64(device.share));
  }
  return read;
}

template <class T>
std::optional<T> FirstOf(const std::vector<T>& list) {
  return list.empty() ? std::nullopt : std::optional(list.front());
}

}  // namespace

base::Status ProvinceStore::SaveUser(const User& user) {
  const long long active = user.active ? 1 : 0;
  HOSO_TRY(Guarded([&] {
    database_.sql() << "INSERT INTO officer (id, name, unit, role, active) "
                       "VALUES (:id, :name, :unit, :role, :active) ON CONFLICT (id) DO UPDATE SET "
                       "name = excluded.name, unit = excluded.unit, role = excluded.role, "
                       "active = excluded.active",
        use(user.id, "id"), use(user.name, "name"), use(user.unit, "unit"), use(user.role, "role"),
        use(active, "active");
  }));
  return Enter(LedgerRowOf(user));
}

base::Result<std::optional<User>> ProvinceStore::FindUser(const std::string& id) {
  return Ask([&] { return FirstOf(ReadUsers(database_.sql(), "WHERE id = :value", &id)); });
}

base::Result<std::vector<User>> ProvinceStore::Users() {
  return Ask([&] { return ReadUsers(database_.sql(), "ORDER BY id", nullptr); });
}

base::Status ProvinceStore::SaveDevice(const Device& device) {
  const long long revoked = device.revoked ? 1 : 0, accepted = device.accepted_through;
  const std::string key = base::ToBase64(device.signing_key);
  const std::string chain = base::ToBase64(device.chain);
  const std::string share = base::ToBase64(device.share);
  HOSO_TRY(Guarded([&] {
    database_.sql()
        << "INSERT INTO device (replica, unit, certificate, next_certificate, signing_key, "
           "revoked, accepted_through, chain, share) VALUES (:replica, :unit, :certificate, :next, "
           ":key, :revoked, :accepted, :chain, :share) ON CONFLICT (replica) DO UPDATE SET "
           "unit = excluded.unit, certificate = excluded.certificate, "
           "next_certificate = excluded.next_certificate, signing_key = excluded.signing_key, "
           "revoked = excluded.revoked, accepted_through = excluded.accepted_through, "
           "chain = excluded.chain, share = excluded.share",
        use(device.replica, "replica"), use(device.unit, "unit"),
        use(device.certificate, "certificate"), use(device.next_certificate, "next"),
        use(key, "key"), use(revoked, "revoked"), use(accepted, "accepted"), use(chain, "chain"),
        use(share, "share");
  }));
  return Enter(LedgerRowOf(device));
}

base::Status ProvinceStore::SaveAccepted(const Device& device) {
  const long long accepted = device.accepted_through;
  const std::string chain = base::ToBase64(device.chain);
  return Guarded([&] {
    database_.sql() << "UPDATE device SET accepted_through = :accepted, chain = :chain "
                       "WHERE replica = :replica",
        use(accepted, "accepted"), use(chain, "chain"), use(device.replica, "replica");
  });
}

base::Result<std::optional<Device>> ProvinceStore::FindDevice(const std::string& replica) {
  HOSO_TRY_ASSIGN(const std::vector<Device> found, WithOctets(Ask([&] {
                    return ReadDevices(database_.sql(), "WHERE replica = :value", &replica);
                  })));
  return FirstOf(found);
}

base::Result<std::optional<Device>> ProvinceStore::DeviceByCertificate(
    const std::string& fingerprint) {
  if (fingerprint.empty()) return std::optional<Device>();  // "" stands for "none" in the table.
  for (const char* rest : {"WHERE certificate = :value", "WHERE next_certificate = :value"}) {
    HOSO_TRY_ASSIGN(
        const std::vector<Device> found,
        WithOctets(Ask([&] { return ReadDevices(database_.sql(), rest, &fingerprint); })));
    if (!found.empty()) return FirstOf(found);
  }
  return std::optional<Device>();
}

base::Result<std::vector<Device>> ProvinceStore::Devices() {
  return WithOctets(Ask([&] { return ReadDevices(database_.sql(), "ORDER BY replica", nullptr); }));
}

base::Status ProvinceStore::SaveDeviceOfficer(const DeviceOfficer& officer) {
  const std::string key = base::ToBase64(officer.signing_key);
  HOSO_TRY(Guarded([&] {
    database_.sql() << "INSERT INTO device_officer (replica, officer, signing_key) "
                       "VALUES (:replica, :officer, :key) "
                       "ON CONFLICT (replica, officer, signing_key) DO NOTHING",
        use(officer.replica, "replica"), use(officer.user, "officer"), use(key, "key");
  }));
  return Enter(LedgerRowOf(officer));
}

base::Result<std::vector<DeviceOfficer>> ProvinceStore::OfficersOf(const std::string& replica) {
  HOSO_TRY_ASSIGN(std::vector<DeviceOfficer> officers, Ask([&] {
                    std::vector<DeviceOfficer> read;
                    DeviceOfficer officer;
                    soci::statement query =
                        (database_.sql().prepare
                             << "SELECT replica, officer, signing_key FROM device_officer "
                                "WHERE replica = :replica ORDER BY officer, signing_key",
                         use(replica, "replica"), into(officer.replica), into(officer.user),
                         into(officer.signing_key));
                    query.execute();
                    while (query.fetch()) read.push_back(officer);
                    return read;
                  }));
  for (DeviceOfficer& officer : officers) {
    HOSO_TRY_ASSIGN(officer.signing_key, base::FromBase64(officer.signing_key));
  }
  return officers;
}

base::Status ProvinceStore::SaveEnrolment(const Enrolment& enrolment) {
  const long long expires = enrolment.expires_ms, used = enrolment.used ? 1 : 0;
  const std::string answer = base::ToBase64(enrolment.answer);
  HOSO_TRY(Guarded([&] {
    database_.sql()
        << "INSERT INTO enrolment (certificate, officer, unit, expires_ms, used, replica, answer) "
           "VALUES (:certificate, :officer, :unit, :expires, :used, :replica, :answer) "
           "ON CONFLICT (certificate) DO UPDATE SET officer = excluded.officer, "
           "unit = excluded.unit, expires_ms = excluded.expires_ms, used = excluded.used, "
           "replica = excluded.replica, answer = excluded.answer",
        use(enrolment.certificate, "certificate"), use(enrolment.user, "officer"),
        use(enrolment.unit, "unit"), use(expires, "expires"), use(used, "used"),
        use(enrolment.replica, "replica"), use(answer, "answer");
  }));
  return Enter(LedgerRowOf(enrolment));
}

base::Result<std::optional<Enrolment>> ProvinceStore::FindEnrolment(
    const std::string& fingerprint) {
  HOSO_TRY_ASSIGN(std::optional<Enrolment> found, Ask([&]() -> std::optional<Enrolment> {
                    Enrolment read;
                    long long expires = 0, used = 0;
                    soci::session& sql = database_.sql();
                    sql << "SELECT certificate, officer, unit, expires_ms, used, replica, answer "
                           "FROM enrolment WHERE certificate = :certificate",
                        use(fingerprint, "certificate"), into(read.certificate), into(read.user),
                        into(read.unit), into(expires), into(used), into(read.replica),
                        into(read.answer);
                    if (!sql.got_data()) return std::nullopt;
                    read.expires_ms = expires;
                    read.used = used != 0;
                    return read;
                  }));
  if (found) {
    HOSO_TRY_ASSIGN(found->answer, base::FromBase64(found->answer));
  }
  return found;
}

}  // namespace hoso::store
