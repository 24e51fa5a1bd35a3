#include "client/flows/sync_flow.h"

#include <utility>

#include "client/flows/device_info.h"
#include "client/flows/dossier_view.h"
#include "client/flows/settings.h"
#include "client/flows/sync_outcome.h"
#include "client/flows/tell.h"
#include "client/flows/way.h"
#include "common/crypto/certificate.h"
#include "common/crypto/sign.h"
#include "sync/engine/enrolment.h"
#include "sync/engine/identity.h"
#include "sync/engine/receipts.h"

namespace hoso::flows {
namespace {

using base::ErrorKind;
using base::Fail;
using events::Id;

constexpr std::int64_t kDayS = 24 * 3600;

base::Result<std::string> Need(store::DeskStore& store, const char* key) {
  HOSO_TRY_ASSIGN(const auto value, store.Meta(key));
  if (!value) return Fail(ErrorKind::kDamaged, "desk.not_enrolled", key);
  return *value;
}

/// True when a new certificate has been taken and the line must be made anew.
base::Result<bool> RenewIfDue(OpenDesk& open, engine::Province& province,
                              const std::string& certificate_pem) {
  HOSO_TRY_ASSIGN(const auto info, crypto::ParseCertificate(certificate_pem));
  const std::int64_t left_s = info.not_after_s - open.tools().clock.NowMs() / 1000;
  if (left_s > kRenewBeforeDays * kDayS) return false;
  HOSO_TRY_ASSIGN(const std::string replica, Need(open.store(), "replica"));
  HOSO_TRY_ASSIGN(const crypto::Secret key, crypto::MakeKeyPem());
  HOSO_TRY_ASSIGN(const std::string csr, crypto::MakeCsr(key, replica));
  HOSO_TRY_ASSIGN(const std::string pem, province.Renew(csr));
  HOSO_TRY(open.store().database().Atomically(
      [&] { return engine::SaveCertificate(open.store(), pem, key); }));
  return true;
}

/// A renewal that failed is tried again next time; the certificate that is there still holds. That
/// the line is cut, the exchange itself will tell.
bool Renewed(OpenDesk& open, engine::Province& province, const std::string& certificate_pem) {
  const auto renewed = RenewIfDue(open, province, certificate_pem);
  if (renewed && *renewed) Tell(open.tools(), open.folder(), {Id::kRenewed});
  if (!renewed && renewed.error().kind != ErrorKind::kUnreachable)
    Tell(open.tools(), open.folder(), {Id::kRenewalFailed, ReasonOf(renewed.error())});
  return renewed && *renewed;
}

/// The key file names the desk too, for officers who join. Written again where a crash kept it from
/// being written when the desk moved.
base::Status NameKeys(OpenDesk& open) {
  HOSO_TRY_ASSIGN(const std::string replica, Need(open.store(), "replica"));
  HOSO_TRY_ASSIGN(const std::string seed, Need(open.store(), "device_seed"));
  const std::string info =
      DeviceInfo{replica, crypto::PublicKey(crypto::Secret(std::string(seed)))}.ToText();
  HOSO_TRY_ASSIGN(const base::FileLock lock, open.folder().LockKeys());
  HOSO_TRY_ASSIGN(crypto::KeySlots slots, open.folder().ReadKeys());
  if (slots.device_info == info) return {};
  slots.device_info = info;
  return open.folder().WriteKeys(slots);
}

base::Result<engine::SyncReport> Exchange(OpenDesk& open, const engine::SyncWatch& watch) {
  HOSO_TRY_ASSIGN(const auto moved_from, open.store().Meta("moved_from"));
  if (moved_from) HOSO_TRY(NameKeys(open));
  HOSO_TRY_ASSIGN(Connection connection, ConnectionOf(open, watch.stop));
  const std::string certificate = connection.certificate_pem;
  auto province = open.tools().connect(std::move(connection));
  if (Renewed(open, *province, certificate)) {
    HOSO_TRY_ASSIGN(connection, ConnectionOf(open, watch.stop));
    province = open.tools().connect(std::move(connection));
  }
  engine::SyncWatch watching = watch;
  watching.moves = true;
  HOSO_TRY_ASSIGN(engine::SyncReport report, open.desk().Sync(*province, open.actor(), watching));
  if (!report.forked) return report;
  const auto moved = engine::MoveToOwnIdentity(
      open.desk(), open.store(), *province, open.tools().clock, open.tools().random, open.actor());
  // A province that can't do that yet takes it for a broken request: then as before.
  if (!moved && moved.error().reason == "csr.damaged")
    return open.desk().Sync(*province, open.actor(), watch);
  if (!moved) return moved.error();
  HOSO_TRY(NameKeys(open));
  HOSO_TRY_ASSIGN(connection, ConnectionOf(open, watch.stop));
  province = open.tools().connect(std::move(connection));
  HOSO_TRY_ASSIGN(report, open.desk().Sync(*province, open.actor(), watch));
  report.reissued += *moved;
  report.moved = true;
  return report;
}

void TellDone(OpenDesk& open, const engine::SyncReport& report, bool failed_before) {
  const auto tell = [&](const events::Event& event) { Tell(open.tools(), open.folder(), event); };
  if (failed_before) tell({Id::kExchangeRecovered});
  tell({Id::kExchanged, "", {{"sent", report.sent}, {"received", report.received}}});
  if (report.set_aside > 0) tell({Id::kSetAside, "", {{"count", report.set_aside}}});
  if (report.conflicts > 0) tell({Id::kConflicts, "", {{"count", report.conflicts}}});
  if (report.moved) tell({Id::kCopyRenamed});
}

/// Days without a network are one warning, not one at each try.
void TellFailed(OpenDesk& open, const base::Error& error, const std::string& reason_before) {
  if (error.reason == "sync.stopped") return;
  Id id = error.reason == "device.revoked" ? Id::kRevoked : Id::kExchangeFailed;
  if (error.reason == reason_before) id = Id::kExchangeStillFailing;
  Tell(open.tools(), open.folder(), {id, ReasonOf(error)});
}

}  // namespace

base::Result<Connection> ConnectionOf(OpenDesk& open, std::stop_token stop) {
  store::DeskStore& store = open.store();
  Connection connection;
  HOSO_TRY_ASSIGN(connection.url, Need(store, "server"));
  HOSO_TRY_ASSIGN(connection.province, Need(store, "province"));
  HOSO_TRY_ASSIGN(connection.ca_pem, Need(store, "ca"));
  HOSO_TRY_ASSIGN(connection.certificate_pem, Need(store, "certificate"));
  HOSO_TRY_ASSIGN(std::string key, Need(store, "certificate_key"));
  connection.key_pem = crypto::Secret(std::move(key));
  connection.stop = std::move(stop);
  return Directed(std::move(connection), open.folder(), open.tools());
}

base::Result<engine::SyncReport> Synchronise(OpenDesk& open, const engine::SyncWatch& watch) {
  HOSO_TRY_ASSIGN(const base::FileLock running, open.folder().LockSync());
  const auto last = LastOutcome(open);
  const auto failed = last && *last ? (*last)->error : std::nullopt;
  auto result = Exchange(open, watch);
  if (result)
    TellDone(open, *result, failed && failed->reason != "sync.stopped");
  else
    TellFailed(open, result.error(), failed ? failed->reason : "");
  // The word of it is for reading only; the exchange itself is what counts.
  (void)KeepOutcome(open, result).has_value();
  return result;
}

base::Result<std::vector<ReceiptView>> Receipts(OpenDesk& open, std::int64_t limit) {
  HOSO_TRY_ASSIGN(const auto held, engine::HeldReceipts(open.store(), limit));
  std::vector<ReceiptView> views;
  for (const engine::HeldReceipt& one : held)
    views.push_back({LocalText(one.receipt.province_ms), one.receipt.epoch, one.receipt.unit,
                     one.receipt.replica, one.receipt.accepted_through, one.receipt.position,
                     base::ToHex(one.receipt.chain), base::ToHex(one.receipt.log_hash), one.valid});
  return views;
}

}  // namespace hoso::flows
