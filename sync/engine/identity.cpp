#include "sync/engine/identity.h"

#include "common/crypto/certificate.h"
#include "common/crypto/sign.h"
#include "sync/engine/enrolment.h"
#include "sync/engine/registration.h"
#include "sync/engine/rejoin.h"
#include "sync/protocol/move.h"

namespace hoso::engine {
namespace {

using base::ErrorKind;
using base::Fail;

constexpr const char* kReplica = "next_replica";
constexpr const char* kSeed = "next_device_seed";
constexpr const char* kTlsKey = "next_certificate_key";
constexpr const char* kMovedFrom = "moved_from";

/// The identity that was begun, or a new one, without its certificate.
base::Result<Identity> Begin(store::DeskStore& store, const base::Clock& clock,
                             base::Random& random) {
  Identity next;
  HOSO_TRY_ASSIGN(auto replica, store.Meta(kReplica));
  if (replica && !replica->empty()) {
    HOSO_TRY_ASSIGN(auto seed, store.Meta(kSeed));
    HOSO_TRY_ASSIGN(auto key, store.Meta(kTlsKey));
    if (!seed || !key) return Fail(ErrorKind::kDamaged, "desk.not_enrolled");
    return Identity{*std::move(replica), crypto::Secret(*std::move(seed)),
                    crypto::Secret(*std::move(key)), "", ""};
  }
  next.replica = base::MakeUuid7(clock.NowMs(), random);
  next.device_seed = crypto::MakeSeed(random);
  HOSO_TRY_ASSIGN(next.tls_key, crypto::MakeKeyPem());
  HOSO_TRY(store.database().Atomically([&]() -> base::Status {
    HOSO_TRY(store.SetMeta(kReplica, next.replica));
    HOSO_TRY(store.SetMeta(kSeed, next.device_seed.view()));
    return store.SetMeta(kTlsKey, next.tls_key.view());
  }));
  return next;
}

base::Status ForgetBegun(store::DeskStore& store) {
  for (const char* key : {kReplica, kSeed, kTlsKey}) HOSO_TRY(store.SetMeta(key, ""));
  return {};
}

base::Status Ask(Identity& next, Province& province) {
  HOSO_TRY_ASSIGN(std::string csr, crypto::MakeCsr(next.tls_key, next.replica));
  HOSO_TRY_ASSIGN(const base::Bytes told,
                  province.Renew(protocol::EncodeMoveRequest(
                      {next.replica, std::move(csr), crypto::PublicKey(next.device_seed)})));
  HOSO_TRY_ASSIGN(auto answer, protocol::DecodeMoveAnswer(told));
  next.certificate = std::move(answer.certificate);
  next.registrations = std::move(answer.registrations);
  return crypto::ParseCertificate(next.certificate).has_value()
             ? base::Status()
             : Fail(ErrorKind::kDamaged, "certificate.damaged");
}

}  // namespace

base::Result<bool> HasMovedFrom(store::DeskStore& store, const std::string& replica) {
  HOSO_TRY_ASSIGN(const auto before, store.Meta(kMovedFrom));
  return before && !replica.empty() && *before == replica;
}

base::Status CarryIdentity(store::DeskStore& from, store::DeskStore& into) {
  for (const char* key : {"replica", "device_seed", "certificate", "certificate_key", kMovedFrom}) {
    HOSO_TRY_ASSIGN(const auto value, from.Meta(key));
    HOSO_TRY(into.SetMeta(key, value.value_or("")));
  }
  HOSO_TRY(into.ForEachWaiting(0, [&](const store::OutboxRow& row) -> base::Status {
    return into.RemoveFromOutbox(row.sequence);
  }));
  return into.SetLastOwn({0, "", {}, change::ChainStart(), 0});
}

base::Result<std::int64_t> Desk::TakeIdentity(const Identity& next, const Actor& present) {
  std::int64_t issued = 0;
  Rejoin rejoin(store_);
  HOSO_TRY(rejoin.Together([&]() -> base::Status {
    HOSO_TRY_ASSIGN(const auto receipts, store_.Receipts(1));
    if (receipts.empty()) return Fail(ErrorKind::kDamaged, "replica.chain");
    HOSO_TRY_ASSIGN(const protocol::Receipt receipt, protocol::DecodeReceipt(receipts.front()));
    HOSO_TRY_ASSIGN(auto others, AtWork());
    HOSO_TRY_ASSIGN(const auto dossiers,
                    rejoin.IssueUnder(next.replica, receipt, {present, std::move(others)}));
    issued = rejoin.issued();
    HOSO_TRY(store_.SetMeta(kMovedFrom, receipt.replica));
    HOSO_TRY(store_.SetMeta("replica", next.replica));
    HOSO_TRY(store_.SetMeta("device_seed", next.device_seed.view()));
    HOSO_TRY(SaveCertificate(store_, next.certificate, next.tls_key));
    HOSO_TRY(KeepSaid(store_, next.registrations));
    HOSO_TRY(ForgetBegun(store_));
    return RefreshAll(dossiers);
  }));
  return issued;
}

base::Result<std::int64_t> MoveToOwnIdentity(Desk& desk, store::DeskStore& store,
                                             Province& province, const base::Clock& clock,
                                             base::Random& random, const Actor& present) {
  HOSO_TRY_ASSIGN(Identity next, Begin(store, clock, random));
  base::Status asked = Ask(next, province);
  // This desk was copied once more after it had begun, and that copy has taken the name.
  if (!asked && asked.error().reason == "device.exists") {
    HOSO_TRY(store.database().Atomically([&] { return ForgetBegun(store); }));
    HOSO_TRY_ASSIGN(next, Begin(store, clock, random));
    asked = Ask(next, province);
  }
  HOSO_TRY(asked);
  return desk.TakeIdentity(next, present);
}

}  // namespace hoso::engine
