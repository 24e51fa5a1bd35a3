#pragma once

#include <functional>
#include <memory>
#include <string>

#include "common/catalog/load.h"
#include "common/crypto/random.h"
#include "sync/engine/desk.h"
#include "sync/protocol/messages.h"
#include "sync/transport/https_province.h"
#include "tests/support/fakes.h"

namespace hoso::testing {

/// A desk of one officer that reaches a real server over HTTPS.
class RealDesk {
 public:
  /// Enrols with the code; `key` of the database is of no matter here.
  explicit RealDesk(const protocol::EnrolmentFile& code);

  /// Records the receiving of a dossier; returns its id.
  std::string Receive(const std::string& applicant);
  void Act(const std::string& dossier, change::Body body);  // With the officer's signature.
  change::DossierState Shown(const std::string& dossier);
  void Note(const std::string& dossier, const std::string& text);
  /// Notes of `size` octets that don't compress.
  void NoteMuch(const std::string& dossier, int notes, std::size_t size);
  void SetServer(const std::string& url);
  void SetPatience(int seconds) { patience_s_ = seconds; }  // With a silent line.

  void Renew();  // A new certificate; used from now on.
  base::Result<engine::SyncReport> Sync();
  /// The same, with `work` done once when about so many octets of the request have been written;
  /// true from it: go on, false: the line is cut.
  base::Result<engine::SyncReport> SyncWith(std::size_t after, std::function<bool()> work);

  std::int64_t Unsent();
  std::string Meta(const std::string& key);
  engine::Desk::Digest Digest();
  const std::string& replica() const { return replica_; }

 private:
  std::unique_ptr<transport::HttpsProvince> Line(const std::string& certificate,
                                                 std::string_view key) const;

  TempFolder folder_;
  base::SystemClock clock_;
  crypto::SystemRandom random_;
  catalog::Catalog catalogue_;
  protocol::EnrolmentFile code_;
  int patience_s_ = 30;
  std::string replica_, certificate_;
  crypto::Secret key_, device_seed_, officer_seed_;
  std::unique_ptr<store::DeskStore> store_;
  std::unique_ptr<engine::Desk> desk_;
};

}  // namespace hoso::testing
